"""The number of statements of a page does not grow with what is on it."""

from datetime import UTC, datetime

from django.test import TestCase

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
