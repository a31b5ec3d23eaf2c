from secrets import token_hex

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Count, Exists, OuterRef, Prefetch, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from conduit_django.validators import validate_line, validate_text

RECENT_USES = 500
"""Uses of tags that are read to find the latest tags: grouping all of them would take longer and longer."""


class TimeStampedModel(models.Model):
    """``auto_now_add`` and ``auto_now`` would give a new object two different times."""

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def save(self, **kwargs):
        self.updated_at = self.created_at if self._state.adding else timezone.now()
        super().save(**kwargs)


class TagQuerySet(models.QuerySet):
    def in_use(self):
        """Keep the tags that an article has."""
        return self.filter(Exists(Tagging.objects.filter(tag=OuterRef("pk"))))

    def recent_names(self, number):
        """Return the names of the tags that were used last, the latest first."""
        uses = Tagging.objects.order_by("-pk").values_list("tag__name", flat=True)[:RECENT_USES]
        return list(dict.fromkeys(uses))[:number]


class Tag(models.Model):
    name = models.CharField(max_length=50, unique=True, validators=[validate_line])

    objects = TagQuerySet.as_manager()

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("articles:tag", args=[self.name])


class ArticleQuerySet(models.QuerySet):
    def with_tags(self):
        """Load the tags of all articles with one more statement, in their order."""
        return self.prefetch_related(Prefetch("tags", Tag.objects.order_by("taggings__position")))

    def for_viewer(self, viewer):
        """Load the authors and tags, and annotate what the viewer sees.

        ``favorites_count`` is the number of users who like the article; ``favorited`` says whether the viewer is one of
        them, ``author_followed`` whether they follow the author.
        """
        favorites = Article.favorited_by.through.objects.filter(article=OuterRef("pk"))
        # Count("favorited_by") would join all favorites and group by every column.
        count = favorites.order_by().values("article").annotate(count=Count("*")).values("count")
        favorited = author_followed = Value(False)
        if viewer.is_authenticated:
            favorited = Exists(favorites.filter(user=viewer))
            author_followed = Exists(User.follows.through.objects.filter(from_user=viewer, to_user=OuterRef("author")))
        return (
            self.select_related("author")
            .with_tags()
            .annotate(
                favorites_count=Coalesce(Subquery(count), 0), favorited=favorited, author_followed=author_followed
            )
        )

    def feed(self, viewer):
        """Keep the articles by the users whom the viewer follows."""
        return self.filter(author__followers=viewer)


class Article(TimeStampedModel):
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="articles")
    slug = models.SlugField(max_length=255, unique=True, allow_unicode=True, editable=False)
    title = models.CharField(max_length=200, validators=[validate_line])
    description = models.CharField(max_length=500, validators=[validate_line])
    body = models.TextField(max_length=100_000, validators=[validate_text])
    tags = models.ManyToManyField(Tag, through="Tagging", related_name="articles", blank=True)
    favorited_by = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="favorites", blank=True, editable=False
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="article_newest"),
            models.Index(fields=["author", "-created_at", "-id"], name="article_author_newest"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("articles:article", args=[self.slug])

    @property
    def tag_list(self):
        """The names of the tags, in their order if the article was loaded ``with_tags``."""
        return [tag.name for tag in self.tags.all()]

    @classmethod
    def from_db(cls, db, field_names, values, **kwargs):
        article = super().from_db(db, field_names, values, **kwargs)
        article._slugged_title = article.__dict__.get("title")
        return article

    def save(self, **kwargs):
        """Save. A new article, and one whose title now gives another slug, gets the first slug that is free.

        The database decides which one is, because another request may take a slug between a check and the save.
        """
        if not (self._state.adding or self.has_new_slug()):
            return super().save(**kwargs)
        for slug in slug_candidates(self.title):
            self.slug = slug
            try:
                with transaction.atomic():
                    super().save(**kwargs)
            except IntegrityError:
                if not Article.objects.filter(slug=slug).exists():
                    raise
            else:
                self._slugged_title = self.title
                return None
        raise IntegrityError(f"No free slug for {self.title!r}")

    def has_new_slug(self):
        """Whether the title was loaded, and now gives another slug."""
        return self._slugged_title is not None and make_slug(self.title) != make_slug(self._slugged_title)

    def set_tags(self, names):
        """Replace the tags. ``tags.set()`` would not keep their order."""
        names = list(dict.fromkeys(names))
        Tag.objects.bulk_create([Tag(name=name) for name in sorted(names)], ignore_conflicts=True)
        tags = Tag.objects.in_bulk(names, field_name="name")
        self.taggings.all().delete()
        Tagging.objects.bulk_create(
            Tagging(article=self, tag=tags[name], position=position) for position, name in enumerate(names)
        )

    def lock(self):
        """Lock the row until the transaction ends, so that it cannot be deleted meanwhile.

        :raises Article.DoesNotExist: it was deleted before.
        """
        self.refresh_from_db(from_queryset=Article.objects.select_for_update())
        self._slugged_title = self.title


def make_slug(title):
    return slugify(title, allow_unicode=True)[: Article._meta.get_field("title").max_length].strip("-_") or "article"


def slug_candidates(title):
    """Yield slugs to try. ``/api/articles/feed`` is not an article."""
    slug = make_slug(title)
    if slug != "feed":
        yield slug
    for _ in range(5):
        yield f"{slug}-{token_hex(4)}"


class Tagging(models.Model):
    """A tag of an article. Authors choose the order of their tags."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["article", "tag"], name="tag_once_per_article")]

    def __str__(self):
        return self.tag.name


class CommentQuerySet(models.QuerySet):
    def for_viewer(self, viewer):
        """Load the authors, and annotate ``author_followed``: whether the viewer follows the author."""
        followed = Value(False)
        if viewer.is_authenticated:
            followed = Exists(User.follows.through.objects.filter(from_user=viewer, to_user=OuterRef("author")))
        return self.select_related("author").annotate(author_followed=followed)


class Comment(TimeStampedModel):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="comments")
    body = models.TextField(max_length=10_000, validators=[validate_text])

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.body[:50]

    def get_absolute_url(self):
        return f"{self.article.get_absolute_url()}#comment-{self.pk}"
