from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from accounts.models import User

from .models import Article

LENGTH = 20


class RssFeed(Feed):
    """The newest articles."""

    title = "Conduit"
    description = "The newest articles."

    def link(self):
        return reverse("articles:home")

    def items(self):
        return self.newest()

    def newest(self, **lookups):
        return Article.objects.filter(**lookups).select_related("author").with_tags().defer("body")[:LENGTH]

    def item_title(self, article):
        return article.title

    def item_description(self, article):
        return article.description

    def item_author_name(self, article):
        return article.author.username

    def item_pubdate(self, article):
        return article.created_at

    def item_updateddate(self, article):
        return article.updated_at

    def item_categories(self, article):
        return article.tag_list


class AtomFeed(RssFeed):
    feed_type = Atom1Feed
    subtitle = RssFeed.description


class AuthorRssFeed(RssFeed):
    """The newest articles of an author."""

    def get_object(self, request, username):
        return get_object_or_404(User, username=User.normalize_username(username))

    def title(self, author):
        return f"Conduit: {author}"

    def link(self, author):
        return author.get_absolute_url()

    def items(self, author):
        return self.newest(author=author)


class AuthorAtomFeed(AuthorRssFeed):
    feed_type = Atom1Feed
    subtitle = RssFeed.description
