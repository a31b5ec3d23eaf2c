"""The admin pages."""

import csv
import re
from html import unescape
from io import StringIO
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask_admin import Admin, AdminIndexView, BaseView, expose

from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import PASSWORD, People, unique
from assembly_required.lab.compare.statements import COUNTED, trace
from assembly_required.stack.assembly import assembled
from assembly_required.stack.slots import SLOTS
from tests.conftest import MakeApp, by_lane
from tests.site.browser import Browser, Staff, grant

ORMS = by_lane(SLOTS["orm"].names, "flask_sqlalchemy", "plain")
"""By default, one with Flask-Admin's own views of models, and one with views for any store."""
HASHES = re.compile("scrypt:|pbkdf2|argon2|password_hash")


@pytest.fixture(params=ORMS)
def app(request: pytest.FixtureRequest, make_app: MakeApp) -> Flask:
    return make_app(STACK_ORM=request.param, STACK_ADMIN="flask_admin")


@pytest.fixture
def people(app: Flask) -> People:
    return People(Client(in_process(app)))


class FlaskAdminStaff(Staff):
    """Submits forms of Flask-Admin."""

    def send(self, on: str, to: str = "", **fields: Any) -> str:
        """Submit the form of a page and return the next page."""
        page = self.get(on).text
        found = re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', page)
        assert found, on
        data = {"csrf_token": found[1], **fields}
        return unescape(self.client.post(to or on, data=data, follow_redirects=True).text)

    def rows(self, table: str, search: str = "") -> list[dict[str, str]]:
        exported = self.get(f"/admin/{table}/export/csv/?search={search}").text
        assert not HASHES.search(exported)
        return list(csv.DictReader(StringIO(exported)))


@pytest.fixture
def staff(app: Flask, people: People) -> FlaskAdminStaff:
    return FlaskAdminStaff(app, people.new("staff"))


def test_only_staff_enters(app: Flask, people: People) -> None:
    stranger, member = Browser(app), Browser(app)
    member.sign_in(people.new())
    paths = sorted({rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/admin/")})
    entered = [path for path in paths if "static" not in path]
    assert len(entered) > 20
    for path in entered:
        where = path.replace("<export_type>", "csv")
        for method in ("GET", "POST"):
            answers = [browser.client.open(where, method=method) for browser in (stranger, member)]
            assert [answer.status_code for answer in answers] in ([302, 403], [405, 405]), (method, where)
            if answers[0].status_code == 302:
                assert answers[0].headers["Location"].startswith("/login?next=/admin/")


def test_flask_admin_checks_no_view_that_does_not_check_itself() -> None:
    app = Flask(__name__)

    class Home(AdminIndexView):
        def is_accessible(self) -> bool:
            return False

    class Accounts(BaseView):
        @expose("/")
        def index(self) -> str:
            return "all accounts"

    Admin(app, index_view=Home()).add_view(Accounts(endpoint="accounts"))
    assert app.test_client().get("/admin/").status_code == 403
    assert app.test_client().get("/admin/accounts/").text == "all accounts"


def test_staff_is_shown_the_way(app: Flask, staff: FlaskAdminStaff, people: People) -> None:
    assert '<a href="/admin/">' in staff.get("/settings").text
    member = Browser(app)
    member.sign_in(people.new())
    assert "/admin/" not in member.get("/settings").text


def test_staff_that_was_remembered_gives_the_password_again(staff: FlaskAdminStaff) -> None:
    staff.sign_in(staff.person, remember="y")
    assert staff.get("/admin/").status_code == 200
    staff.forget_session()
    assert staff.user == staff.person.username
    assert staff.get("/admin/").headers["Location"] == "/login?next=/admin/"


def test_a_user_removed_from_staff_loses_access_at_once(app: Flask, staff: FlaskAdminStaff) -> None:
    with app.app_context():
        store = assembled(app).store
        found = store.find_account(staff.person.email)
        assert found
        store.revoke(found.user, "staff")
    assert staff.get("/admin/users/").status_code == 403


def test_accounts_are_made_changed_and_deleted(app: Flask, staff: FlaskAdminStaff, people: People) -> None:
    name = unique("made")
    form = {"username": name, "email": f"{name}@TEST.com", "password": PASSWORD, "bio": "b", "image": ""}
    assert "successfully created" in staff.send("/admin/users/new/", **form)
    (row,) = staff.rows("users", name)
    assert (row["Username"], row["Email"]) == (name, f"{name}@test.com")
    assert people.log_in(f"{name}@test.com").json["user"]["bio"] == "b"
    edit = f"/admin/users/edit/?id={row['Id']}"
    page = staff.get(edit).text
    assert not HASHES.search(page)
    form |= {"username": f"{name}2", "password": ""}
    assert "successfully saved" in staff.send(edit, **form)
    assert people.log_in(f"{name}@test.com").status == 200
    assert "successfully saved" in staff.send(edit, **{**form, "password": "another one 7"})
    assert people.log_in(f"{name}@test.com").status == 401
    assert people.log_in(f"{name}@test.com", "another one 7").status == 200
    assert "successfully saved" in staff.send(edit, **{**form, "email": f"{name}2@test.com"})
    assert people.log_in(f"{name}2@test.com", "another one 7").status == 200
    assert "successfully deleted" in staff.send("/admin/users/", "/admin/users/delete/", id=row["Id"])
    assert people.anyone.get(f"/profiles/{name}2").status == 404
    noted = [(row["Username"], row["Action"], row["Kind"], row["Name"]) for row in staff.rows("changes")]
    who = staff.person.username
    assert noted == [
        (who, "delete", "user", f"{name}2"), *[(who, "edit", "user", f"{name}2")] * 3,
        (who, "create", "user", name),
    ]  # fmt: skip


def test_no_rule_of_the_blog_is_broken_from_behind(staff: FlaskAdminStaff, people: People) -> None:
    taken = people.new()
    form = {"username": taken.username, "email": "x@test.com", "password": PASSWORD}
    assert "username has already been taken" in staff.send("/admin/users/new/", **form)
    page = staff.send("/admin/users/new/", username="a/b", email="x", password="short")
    assert page.count("is invalid") == 2
    assert "is too short (minimum is 8 characters)" in page
    assert "is invalid" in staff.send("/admin/users/new/", **{**form, "username": "a\0b"})
    assert "password is invalid" in staff.send(
        "/admin/users/new/", **{**form, "username": "a", "password": "pass\0word"}
    )
    assert "author not found" in staff.send(
        "/admin/articles/new/", title="T", description="D", body="B", author_name="nobody"
    )
    assert staff.rows("changes") == []


def test_articles(staff: FlaskAdminStaff, people: People) -> None:
    author = people.new()
    words = {"title": unique("Title"), "description": "D", "body": "B"}
    assert "successfully created" in staff.send("/admin/articles/new/", **words, author_name=author.username)
    (row,) = staff.rows("articles", words["title"])
    assert row["Author"] == author.username
    article = people.anyone.get(f"/articles/{row['Slug']}").json["article"]
    assert (article["title"], article["author"]["username"]) == (words["title"], author.username)
    edit = f"/admin/articles/edit/?id={row['Id']}"
    assert words["title"] in staff.get(edit).text
    assert "successfully saved" in staff.send(edit, **{**words, "body": "Better"})
    assert people.anyone.get(f"/articles/{row['Slug']}").json["article"]["body"] == "Better"
    assert "successfully deleted" in staff.send("/admin/articles/", "/admin/articles/delete/", id=row["Id"])
    assert people.anyone.get(f"/articles/{row['Slug']}").status == 404


def test_many_are_deleted_at_once(staff: FlaskAdminStaff, people: People) -> None:
    author = people.new()
    slug = author.publish()["slug"]
    ids = [str(author.comment(slug, f"number {number}")["id"]) for number in range(3)]
    page = staff.send("/admin/comments/", "/admin/comments/action/", action="delete", rowid=ids[:2])
    assert "2 records were successfully deleted" in page
    assert [row["Body"] for row in staff.rows("comments")] == ["number 2"]
    assert [row["Name"] for row in staff.rows("changes")] == [f"{id} on {slug}" for id in ids[1::-1]]


def test_a_forged_form_changes_nothing(staff: FlaskAdminStaff) -> None:
    before = staff.rows("users")
    form = {"username": "x", "email": "x@test.com", "password": PASSWORD, "id": "1", "action": "delete", "rowid": "1"}
    for path in ("users/new/", "users/edit/?id=1", "users/delete/", "users/action/", "changes/new/"):
        for token in ({}, {"csrf_token": ""}, {"csrf_token": "forged"}):
            staff.client.post(f"/admin/{path}", data={**form, **token})
            assert staff.rows("users") == before, (path, token)
            assert staff.rows("changes") == [], (path, token)


def test_lists_are_searched_filtered_and_sorted(staff: FlaskAdminStaff, people: People) -> None:
    author = people.new()
    for title in ("An apple", "A pear", "A peach"):
        author.publish(title=title)
    assert [row["Title"] for row in staff.rows("articles")] == ["A peach", "A pear", "An apple"]
    assert [row["Title"] for row in staff.rows("articles", "pea")] == ["A peach", "A pear"]
    filtered = staff.get("/admin/articles/?flt0_title_equals=A+pear").text
    assert ("A pear" in filtered, "A peach" in filtered) == (True, False)
    first, _, _ = re.findall(r"A peach|A pear|An apple", staff.get("/admin/articles/?sort=1").text)[:3]
    assert first == "A peach"
    assert staff.get("/admin/articles/details/?id=1").status_code == 200


def test_what_is_shown_is_escaped(staff: FlaskAdminStaff, people: People) -> None:
    author = people.new()
    hostile = "<script>alert(1)</script>"
    slug = author.publish(title=hostile, description=hostile, body=hostile)["slug"]
    author.comment(slug, hostile)
    for path in ("articles/", "articles/details/?id=1", "articles/edit/?id=1", "comments/", "comments/details/?id=1"):
        assert hostile not in staff.get(f"/admin/{path}").text


def test_scripts_are_known_by_a_nonce(staff: FlaskAdminStaff) -> None:
    one, other = staff.get("/admin/users/"), staff.get("/admin/users/")
    found = re.search("script-src 'self' 'nonce-([^']+)'", one.headers["Content-Security-Policy"])
    assert found
    scripts = re.findall(r"<script[^>]*>", one.text)
    assert all(f'nonce="{found[1]}"' in script or 'type="application/json"' in script for script in scripts)
    assert found[1] not in other.headers["Content-Security-Policy"]
    assert "http://" not in one.text.replace("http://localhost", "").replace("http://www.w3.org", "")


@pytest.mark.parametrize("orm", ORMS)
def test_a_list_takes_a_fixed_number_of_statements(make_app: MakeApp, orm: str) -> None:
    with trace() as seen:
        app = make_app(STACK_ORM=orm, STACK_ADMIN="flask_admin")
        people = People(Client(in_process(app)))
        staff = FlaskAdminStaff(app, people.new())

        def count(path: str) -> int:
            seen.clear()
            assert staff.get(path).status_code == 200
            return sum(statement.lstrip().upper().startswith(COUNTED) for statement in seen)

        def more(number: int) -> None:
            for _ in range(number):
                author = people.new()
                author.comment(author.publish()["slug"])

        paths = [f"/admin/{table}/" for table in ("users", "articles", "comments", "changes")]
        more(1)
        few = [count(path) for path in paths]
        more(8)
        assert [count(path) for path in paths] == few
        assert max(few) <= 5


def test_without_an_admin_there_is_none(make_app: MakeApp) -> None:
    assert make_app().test_client().get("/admin/").status_code == 404


each_kind = pytest.mark.parametrize("app", ["flask_sqlalchemy", "peewee", "plain"], indirect=True)
"""One store for each class of views."""

on_one = pytest.mark.parametrize("app", ["flask_sqlalchemy"], indirect=True)


@each_kind
def test_what_is_not_shown_cannot_be_asked_for(app: Flask, staff: FlaskAdminStaff, people: People) -> None:
    people.new().publish()
    names = [row["Username"] for row in staff.rows("users")]
    for query in ("flt0_password_hash_contains=x", "flt0_password_hash_equals=x", "sort=password_hash", "sort=99"):
        page = staff.get(f"/admin/users/?{query}").text
        assert all(name in page for name in names), query
        assert "scrypt:" not in page
    assert staff.rows("users", "scrypt") == []
    for path in (
        "users/ajax/lookup/?name=password_hash&query=s",
        "users/export/xlsx/",
        "articles/ajax/lookup/?name=author",
    ):
        assert staff.get(f"/admin/{path}").status_code in (302, 404), path
    for table in ("users", "articles", "comments"):
        assert not HASHES.search(staff.get(f"/admin/{table}/details/?id=1").text)


BAD = ["99999999999999999999", "9" * 5000, "abc", "-1", "\0", "²", "1e9", ""]


def test_no_bad_value_is_a_fault_of_ours(app: Flask, staff: FlaskAdminStaff, people: People) -> None:
    token = re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', staff.get("/admin/users/").text)
    assert token
    for bad in BAD:
        form = {"csrf_token": token[1], "action": "delete", "rowid": bad}
        assert staff.client.post("/admin/users/action/", data=form).status_code == 400, bad
        form = {"csrf_token": token[1], "id": bad}
        assert staff.client.post("/admin/users/delete/", data=form).status_code == 302, bad
        for path in ("page=", "sort=", "page_size=", "search=", "flt0_username_contains="):
            answer = staff.get(f"/admin/users/?{path}{quote(bad)}")
            assert answer.status_code in (200, 400, 404), (path, bad)
        for path in ("details/?id=", "edit/?id=1&id=", "export/csv/?search="):
            assert staff.get(f"/admin/users/{path}{quote(bad)}").status_code in (200, 302, 400), (path, bad)
    for path in ("page=-1", "page=99999999999999999999"):
        assert staff.get(f"/admin/users/?{path}").status_code == 404
    for path in ("?search=%00", "?flt0_username_contains=%00", "export/csv/?search=%00"):
        assert staff.get(f"/admin/users/{path}").status_code == 400
    assert len(staff.rows("users")) == 1


@each_kind
def test_a_spreadsheet_runs_nothing_that_is_exported(staff: FlaskAdminStaff, people: People) -> None:
    author = people.new()
    titles = ['=HYPERLINK("http://x.example")', "+1", "-1", "@SUM(A1)", "＝1"]
    for title in titles:
        author.publish(title=title)
    rows = [(row["Id"], row["Title"]) for row in staff.rows("articles")]
    assert rows == [(str(id), f"'{title}") for id, title in reversed(list(enumerate(titles, 1)))]


@on_one
def test_the_last_member_of_staff_stays(app: Flask, staff: FlaskAdminStaff, people: People) -> None:
    other = people.new()
    (me,) = [row["Id"] for row in staff.rows("users", staff.person.username)]
    why = "staff would have no members left: first add another, with flask user grant USERNAME staff"
    assert why in staff.send("/admin/users/", "/admin/users/delete/", id=me)
    page = staff.send("/admin/users/", "/admin/users/action/", action="delete", rowid=[me])
    assert why in page
    assert "0 records were successfully deleted" in page
    assert (len(staff.rows("users")), staff.rows("changes")) == (2, [])
    grant(app, other, "admin.enter")
    staff.send("/admin/users/", "/admin/users/delete/", id=me)
    assert people.log_in(staff.person.email).status == 401
    assert people.log_in(other.email).status == 200


@on_one
def test_names_and_texts_follow_the_rules(staff: FlaskAdminStaff, people: People) -> None:
    form = {"username": "ﬁ", "email": "fi@test.com", "password": PASSWORD}
    assert "successfully created" in staff.send("/admin/users/new/", **form)
    assert people.anyone.get("/profiles/fi").status == 200
    for name in ("a\u200bb", " a", "／a", "..", "a\nb"):
        page = staff.send("/admin/users/new/", **{**form, "username": name, "email": "f@i.de"})
        assert "is invalid" in page, name
    assert "is invalid" in staff.send("/admin/users/new/", **{**form, "email": "f@i.de", "bio": "a\x1bb"})
    words = {"title": "T", "description": "D", "body": "B\r\n", "author_name": "ﬁ"}
    for field in ("title", "description", "body"):
        assert "is invalid" in staff.send("/admin/articles/new/", **{**words, field: "a\x1bb"})
    assert "successfully created" in staff.send("/admin/articles/new/", **words)
