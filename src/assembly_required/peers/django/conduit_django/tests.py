"""What happens when the server cannot do something now, and mail that is sent after the response."""

import logging
from threading import Event, current_thread

from django.contrib.auth.hashers import check_password
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.test import TestCase, TransactionTestCase, override_settings

from accounts import hashers
from accounts.models import User
from api.models import Token
from articles.models import Article

from .mail_backends import executor

READ_ONLY = {
    "sqlite": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
    "postgresql": ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off"),
}


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


class QuietMixin:
    """For tests of errors that are logged."""

    def setUp(self):
        logging.disable(logging.CRITICAL)
        self.addCleanup(logging.disable, logging.NOTSET)


class ReadOnlyTests(QuietMixin, TransactionTestCase):
    def setUp(self):
        super().setUp()
        self.user = User.objects.create_user("ana", "ana@example.com", "password")
        self.article = Article.objects.create(author=self.user, title="Title", description="About", body="Text")
        self.headers = {"Authorization": f"Token {Token.objects.issue(self.user)}"}
        self.client.force_login(self.user)
        start, end = READ_ONLY[connection.vendor]
        execute(start)
        self.addCleanup(execute, end)

    def assert_unavailable(self, response):
        self.assertEqual(response.status_code, 503)
        self.assertGreater(int(response["Retry-After"]), 0)

    def test_reading_goes_on(self):
        for path in ("/", "/article/title", "/settings", "/api/articles", "/health"):
            self.assertEqual(self.client.get(path).status_code, 200, path)

    def test_the_api_answers_in_its_shape(self):
        new = {"article": {"title": "T", "description": "D", "body": "B"}}
        for method, path, value in [
            ("post", "/api/articles", new),
            ("put", "/api/articles/title", new),
            ("delete", "/api/articles/title", None),
            ("post", "/api/articles/title/favorite", None),
            ("put", "/api/user", {"user": {"bio": "new"}}),
        ]:
            response = getattr(self.client, method)(path, value, "application/json", headers=self.headers)
            self.assert_unavailable(response)
            self.assertEqual(response.json(), {"errors": {"request": ["not available"]}})

    def test_forms_keep_what_was_typed(self):
        account = {"username": "ana", "email": "ana@example.com", "bio": "typed", "image": "", "password": ""}
        article = {"title": "typed", "description": "D", "body": "B"}
        for path, form in [
            ("/settings", account),
            ("/editor", article),
            ("/editor/title", article),
            ("/article/title/comments", {"body": "typed"}),
        ]:
            response = self.client.post(path, form)
            self.assert_unavailable(response)
            self.assertContains(response, "typed", status_code=503)
            self.assertContains(response, "Nothing was saved", status_code=503)

    def test_registering_and_signing_in_keep_what_was_typed(self):
        self.client.cookies.clear()
        for path, form in [
            ("/register", {"username": "typed", "email": "typed@example.com", "password": "password"}),
            ("/login", {"email": "ana@example.com", "password": "password"}),
        ]:
            response = self.client.post(path, form)
            self.assert_unavailable(response)
            self.assertContains(response, form["email"], status_code=503)

    def test_a_button_gets_a_page(self):
        response = self.client.post("/article/title/favorite")
        self.assert_unavailable(response)
        self.assertContains(response, "<h1>Not available</h1>", status_code=503)

    @override_settings(DEBUG=True)
    def test_developers_see_the_error(self):
        self.client.raise_request_exception = False
        self.assertContains(self.client.post("/article/title/favorite"), "Exception Type", status_code=500)


@override_settings(PASSWORD_HASHERS=["accounts.hashers.BoundedPBKDF2PasswordHasher"])
class BusyTests(QuietMixin, TestCase):
    def setUp(self):
        super().setUp()
        User.objects.create_user("ana", "ana@example.com", "password")
        wait, hashers.WAIT = hashers.WAIT, 0.01
        self.addCleanup(setattr, hashers, "WAIT", wait)

    def occupy(self):
        """Let all passwords that may be hashed at the same time be in work until the end of the test."""
        while hashers.free.acquire(blocking=False):
            self.addCleanup(hashers.free.release)

    def test_a_turn_ends(self):
        user = User.objects.get()
        for password in ("password", "wrong") * 3:
            self.assertEqual(check_password(password, user.password), password == "password")

    def test_the_api(self):
        self.occupy()
        user = {"username": "new", "email": "ana@example.com", "password": "password"}
        for path in ("/api/users/login", "/api/users"):
            response = self.client.post(path, {"user": user}, "application/json")
            self.assertEqual(response.status_code, 503)
            self.assertEqual(response.json(), {"errors": {"request": ["not available"]}})
            self.assertTrue(response["Retry-After"])

    def test_the_site(self):
        self.occupy()
        form = {"username": "new", "email": "new@example.com", "password": "password"}
        for path in ("/login", "/register"):
            response = self.client.post(path, form)
            self.assertContains(response, "The server is busy", status_code=503)
            self.assertContains(response, "new@example.com", status_code=503)
            self.assertTrue(response["Retry-After"])

    def test_the_admin(self):
        self.occupy()
        response = self.client.post("/admin/login/", {"username": "ana@example.com", "password": "password"})
        self.assertContains(response, "<h1>Not available</h1>", status_code=503)


class SlowBackend(EmailBackend):
    """A mail server that answers when it is told to."""

    may_answer = Event()
    threads = []

    def send_messages(self, messages):
        self.may_answer.wait(10)
        self.threads.append(current_thread())
        return super().send_messages(messages)


class FailingBackend(EmailBackend):
    def send_messages(self, messages):
        raise OSError("no mail server")


def wait_for_mail():
    executor.submit(int).result(10)  # one thread does one thing after the other


@override_settings(EMAIL_BACKEND="conduit_django.mail_backends.BackgroundEmailBackend")
class BackgroundMailTests(TransactionTestCase):
    @override_settings(BACKGROUND_EMAIL_BACKEND="conduit_django.tests.SlowBackend")
    def test_a_response_does_not_wait_for_mail(self):
        User.objects.create_user("ana", "ana@example.com", "password")
        SlowBackend.may_answer.clear()
        response = self.client.post("/password/reset", {"email": "ana@example.com"})
        self.assertRedirects(response, "/password/reset/sent")
        self.assertEqual(mail.outbox, [])
        SlowBackend.may_answer.set()
        wait_for_mail()
        self.assertEqual(mail.outbox[0].to, ["ana@example.com"])
        self.assertNotEqual(SlowBackend.threads[-1], current_thread())

    @override_settings(BACKGROUND_EMAIL_BACKEND="conduit_django.tests.SlowBackend")
    def test_a_transaction_that_is_undone_sends_nothing(self):
        SlowBackend.may_answer.set()
        with transaction.atomic():
            mail.send_mail("Subject", "Text", None, ["ana@example.com"])
            transaction.set_rollback(True)
        wait_for_mail()
        self.assertEqual(mail.outbox, [])

    @override_settings(BACKGROUND_EMAIL_BACKEND="conduit_django.tests.FailingBackend")
    def test_a_mail_that_cannot_be_sent_is_logged(self):
        with self.assertLogs("conduit_django.mail_backends", "ERROR") as logged:
            mail.send_mail("Subject", "Text", None, ["ana@example.com"])
            wait_for_mail()
        self.assertIn("no mail server", logged.output[0])
