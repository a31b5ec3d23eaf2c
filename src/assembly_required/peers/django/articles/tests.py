"""The number of statements of a page does not grow with what is on it."""

from datetime import UTC, datetime

from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import TestCase
from django.urls import reverse

from accounts.models import User
from api.models import Token

from .models import Article, Comment


class NumberOfQueriesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.reader = User.objects.create_user("reader", "reader@example.com", "password")
        cls.authors = [User.objects.create_user(f"author{n}", f"author{n}@example.com", "password") for n in range(4)]
        cls.reader.follows.add(*cls.authors)
        cls.authorization = {"Authorization": f"Token {Token.objects.issue(cls.reader)}"}
        cls.publish(2)

    @classmethod
    def publish(cls, number):
        for each in range(number):
            author = cls.authors[each % len(cls.authors)]
            article = Article.objects.create(author=author, title=f"Title {each}", description="About", body="Text")
            article.set_tags(["one", f"tag {each}"])
            article.favorited_by.add(cls.reader)

    def assert_fixed(self, number, path, **kwargs):
        for _ in range(2):
            with self.assertNumQueries(number):
                response = self.client.get(path, **kwargs)
            self.assertEqual(response.status_code, 200)
            self.publish(8)

    def test_the_list_of_the_api_as_a_stranger(self):
        self.assert_fixed(3, "/api/articles")  # the number of articles, the articles, their tags

    def test_the_list_of_the_api_with_a_token_and_all_filters(self):
        path = "/api/articles?tag=one&author=author1&favorited=reader"
        self.assert_fixed(4, path, headers=self.authorization)  # and the token

    def test_the_feed_of_the_api(self):
        self.assert_fixed(4, "/api/articles/feed", headers=self.authorization)

    def test_the_home_page(self):
        self.assert_fixed(4, "/")  # and the latest tags

    def test_the_home_page_of_a_member(self):
        self.client.force_login(self.reader)
        self.assert_fixed(6, "/?feed=following")  # and the session with its user

    def test_a_profile(self):
        self.assert_fixed(4, "/profile/author1")  # and the profile

    def test_the_atom_feed(self):
        self.assert_fixed(2, "/feed.atom")

    def test_an_article_with_comments(self):
        article = Article.objects.first()
        for author in self.authors:
            Comment.objects.create(article=article, author=author, body="Text")
        with self.assertNumQueries(3):
            self.client.get(article.get_absolute_url())
        with self.assertNumQueries(2):
            self.client.get(f"/api/articles/{article.slug}/comments")


class SlugTests(TestCase):
    def setUp(self):
        self.author = User.objects.create_user("author", "author@example.com", "password")

    def publish(self, title):
        return Article.objects.create(author=self.author, title=title, description="About", body="Text")

    def test_a_new_title_gives_a_new_slug_and_another_change_does_not(self):
        self.publish("Flask")
        article = self.publish("Flask")
        slug = article.slug
        self.assertNotEqual(slug, "flask")
        article = Article.objects.get(pk=article.pk)
        article.body = "New"
        article.save()
        self.assertEqual(article.slug, slug)
        article.title = "Fla"
        article.save()
        self.assertEqual(article.slug, "fla")

    def test_an_article_without_its_title_can_be_saved(self):
        slug = self.publish("Flask").slug
        Article.objects.only("body").get().save()
        self.assertEqual(Article.objects.get().slug, slug)

    def test_no_article_has_the_url_of_the_feed(self):
        self.assertNotEqual(self.publish("Feed").slug, "feed")


class TimestampTests(TestCase):
    def test_a_whole_second_has_six_digits_too(self):
        author = User.objects.create_user("author", "author@example.com", "password")
        at = datetime(2026, 2, 18, 3, 22, 56, tzinfo=UTC)
        Article.objects.create(author=author, title="Title", description="About", body="Text", created_at=at)
        (article,) = self.client.get("/api/articles").json()["articles"]
        self.assertEqual(article["createdAt"], "2026-02-18T03:22:56.000000Z")
        self.assertEqual(article["updatedAt"], article["createdAt"])


class AdminTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.staff = User.objects.create_superuser("staff", "staff@example.com", "password")
        cls.author = User.objects.create_user("author", "author@example.com", "password")
        cls.article = Article.objects.create(author=cls.author, title="Title", description="About", body="Text")
        cls.article.set_tags(["one", "two"])
        cls.comment = Comment.objects.create(article=cls.article, author=cls.author, body="Text")
        Token.objects.issue(cls.author)

    def setUp(self):
        self.client.force_login(self.staff)

    def test_every_page_of_every_model(self):
        for model, options in admin.site._registry.items():
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            first = model._default_manager.first()
            paths = [reverse(f"{name}_changelist"), f"{reverse(f'{name}_changelist')}?q=x"]
            if first:
                paths.append(reverse(f"{name}_change", args=[first.pk]))
            if options.has_add_permission(self.client.get("/").wsgi_request):
                paths.append(reverse(f"{name}_add"))
            for path in paths:
                self.assertEqual(self.client.get(path).status_code, 200, path)

    def test_the_list_of_articles_has_a_fixed_number_of_queries(self):
        path = reverse("admin:articles_article_changelist")
        for _ in range(2):
            with self.assertNumQueries(6):
                self.client.get(path)
            Article.objects.create(author=self.author, title="Another", description="About", body="Text")

    def test_a_new_title_gives_a_new_slug(self):
        path = reverse("admin:articles_article_change", args=[self.article.pk])
        form = self.client.get(path).context["adminform"].form.initial
        tags = {"taggings-TOTAL_FORMS": 0, "taggings-INITIAL_FORMS": 0}
        self.client.post(path, {**form, "title": "New", **tags})
        self.assertEqual(Article.objects.get().slug, "new")

    def test_the_address_of_a_user_is_lower_cased(self):
        path = reverse("admin:accounts_user_add")
        password = {"usable_password": "true", "password1": "correct horse", "password2": "correct horse"}
        self.client.post(path, {"username": "new", "email": "New@Example.com", **password})
        self.assertTrue(User.objects.filter(email="new@example.com").exists())

    def test_others_are_kept_out(self):
        self.client.force_login(self.author)
        self.assertEqual(self.client.get("/admin/").status_code, 302)

    def test_moderators_delete_what_others_wrote(self):
        moderator = User.objects.create_user("moderator", "moderator@example.com", "password")
        headers = {"Authorization": f"Token {Token.objects.issue(moderator)}"}
        path = f"/api/articles/{self.article.slug}"
        self.assertEqual(self.client.delete(path, headers=headers).status_code, 403)
        moderator.user_permissions.add(Permission.objects.get(codename="delete_article"))
        self.assertEqual(self.client.delete(path, headers=headers).status_code, 204)
