from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.test import TestCase, override_settings
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from api.models import Token

from .models import User
from .views import PASSWORD_GIVEN


@override_settings(CACHES={"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}})
class AccountTests(TestCase):
    def setUp(self):
        self.user = User.objects.create_user("ana", "Ana@Example.com", "password")

    def sign_in(self, **data):
        return self.client.post("/login", {"email": "ANA@example.com", "password": "password", **data})

    def change(self, **data):
        values = {"image": "", "username": "ana", "bio": "", "email": "ana@example.com", "password": ""}
        return self.client.post("/settings", {**values, **data})

    def test_a_refused_name_is_not_shown_as_one_s_own(self):
        self.sign_in()
        for username in ("/", "", "other"):
            response = self.change(username=username, email="wrong")
            self.assertContains(response, 'href="/profile/ana"')

    def test_settings_ask_for_an_old_password_again(self):
        self.sign_in()
        self.assertEqual(self.client.get("/settings").status_code, 200)
        session = self.client.session
        session[PASSWORD_GIVEN] -= 31 * 60
        session.save()
        self.assertRedirects(self.client.get("/settings"), "/login?next=/settings")

    def test_a_new_password_ends_tokens_and_other_sessions(self):
        key = Token.objects.issue(self.user)
        other = self.client_class()
        other.force_login(self.user)
        self.sign_in()
        self.assertRedirects(self.change(password="another password"), "/profile/ana")
        self.assertEqual(self.client.get("/settings").status_code, 200)
        self.assertEqual(other.get("/settings").status_code, 302)
        self.assertEqual(self.client.get("/api/user", headers={"Authorization": f"Token {key}"}).status_code, 401)

    def test_a_mailed_reset_ends_tokens(self):
        key = Token.objects.issue(self.user)
        uid = urlsafe_base64_encode(force_bytes(self.user.pk))
        link = f"/password/reset/{uid}/{default_token_generator.make_token(self.user)}"
        page = self.client.get(link, follow=True)
        self.client.post(page.request["PATH_INFO"], {"password": "another password"})
        self.assertTrue(User.objects.get().check_password("another password"))
        self.assertEqual(self.client.get("/api/user", headers={"Authorization": f"Token {key}"}).status_code, 401)

    def test_a_changed_email_can_be_undone(self):
        self.sign_in()
        self.change(email="new@example.com")
        notice, confirmation = mail.outbox
        self.assertEqual((notice.to, confirmation.to), (["ana@example.com"], ["new@example.com"]))
        link = next(word for word in notice.body.split() if word.startswith("http"))
        self.client_class().post(link)
        self.assertEqual(User.objects.get().email, "ana@example.com")
        self.assertEqual(self.client.get("/settings").status_code, 302)
        self.assertEqual(self.client_class().post(link).status_code, 404)

    def test_an_email_is_confirmed_once(self):
        self.sign_in()
        self.client.post("/email/confirm")
        link = next(word for word in mail.outbox[0].body.split() if word.startswith("http"))
        self.client.post(link)
        self.assertTrue(User.objects.get().email_confirmed)
        self.assertEqual(self.client.post(link).status_code, 404)

    def test_a_reset_of_an_unknown_address_is_answered_alike(self):
        for email in ("ana@example.com", "nobody@example.com"):
            self.assertRedirects(self.client.post("/password/reset", {"email": email}), "/password/reset/sent")
        self.assertEqual(len(mail.outbox), 1)

    def test_sign_in_stays_on_this_site(self):
        response = self.client.post(
            "/login?next=//elsewhere.example", {"email": "ana@example.com", "password": "password"}
        )
        self.assertRedirects(response, "/")


class LimitTests(TestCase):
    def test_ten_failed_logins_of_an_account(self):
        for _ in range(10):
            response = self.client.post("/login", {"email": "limited@example.com", "password": "wrong"})
            self.assertEqual(response.status_code, 200)
        response = self.client.post("/login", {"email": "limited@example.com", "password": "wrong"})
        self.assertEqual(response.status_code, 429)
        self.assertEqual(response["Retry-After"], "300")

    def test_the_admin_has_the_same_limits(self):
        User.objects.create_superuser("staff", "staff@example.com", "password")
        for _ in range(10):
            self.client.post("/admin/login/", {"username": "Staff@example.com", "password": "wrong"})
        response = self.client.post("/admin/login/", {"username": "staff@example.com", "password": "password"})
        self.assertContains(response, "Too many attempts")

    def test_a_login_in_the_admin_is_fresh(self):
        User.objects.create_superuser("other", "other@example.com", "password")
        self.client.post("/admin/login/", {"username": "Other@example.com", "password": "password"})
        self.assertEqual(self.client.get("/settings").status_code, 200)
