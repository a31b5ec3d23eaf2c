"""What no server passes on, or no database stores."""

import json

from django.test import TestCase


class BadInputTests(TestCase):
    def post(self, path, value, **headers):
        return self.client.post(path, json.dumps(value), content_type="application/json", headers=headers)

    def test_a_wrong_length(self):
        response = self.client.post("/api/users", b"{}", content_type="application/json", CONTENT_LENGTH="abc")
        self.assertEqual(response.status_code, 400)
        self.assertEqual(response.json(), {"errors": {"body": ["is not JSON"]}})

    def test_every_error_has_the_same_shape(self):
        for path in ("/api/users", "/api/user", "/api/articles/x", "/api/nothing", "/api"):
            response = self.post(path, {})
            self.assertEqual(list(response.json()), ["errors"])


class SessionTests(TestCase):
    def test_a_session_key_that_postgresql_refuses(self):
        self.client.cookies["sessionid"] = "a" * 12 + "\0"
        self.assertEqual(self.client.get("/").status_code, 200)
