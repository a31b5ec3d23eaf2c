"""Django's own admin inside Flask."""

import csv
import re
from html import unescape
from io import StringIO
from typing import Any
from urllib.parse import quote

import pytest
from django.template.loader import get_template
from flask import Flask

from assembly_required.adapters.shared.django_settings import DJANGO
from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import PASSWORD, People, unique
from assembly_required.lab.compare.statements import COUNTED, trace
from assembly_required.stack.assembly import assembled
from tests.conftest import MakeApp
from tests.site.browser import Browser, Staff, grant

HASHES = re.compile("scrypt:|pbkdf2|argon2|password_hash")
DELETE = {"action": "delete_selected", "post": "yes"}


class DjangoStaff(Staff):
    """Submits forms of Django's admin."""

    def send(self, path: str, **fields: Any) -> str:
        """Submit the form of a page and return the next page."""
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path).text)
        assert found, path
        answer = self.client.post(path, data={"csrfmiddlewaretoken": found[1], **fields}, follow_redirects=True)
        return unescape(re.sub(r"<[^>]+>", "", answer.text))

    def rows(self, model: str, *ids: object) -> list[dict[str, str]]:
        path = f"/admin/django/{model}/"
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path).text)
        assert found
        form = {"csrfmiddlewaretoken": found[1], "action": "export_as_csv", "_selected_action": [str(id) for id in ids]}
        answer = self.client.post(path, data=form)
        assert answer.mimetype == "text/csv"
        assert not HASHES.search(answer.text)
        return list(csv.DictReader(StringIO(answer.text)))

    @property
    def noted(self) -> list[tuple[str, str, str]]:
        """Return the actions of a user in the log."""
        page = self.get("/admin/django/change/").text
        cells = [
            re.findall(rf'class="(?:[^"]* )?field-{name}[^"]*">(?:<[^>]+>)?([^<]*)', page)
            for name in ("action", "kind_of_thing", "name")
        ]
        return list(zip(*cells, strict=True))


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app(STACK_ADMIN="django")


@pytest.fixture
def people(app: Flask) -> People:
    return People(Client(in_process(app)))


@pytest.fixture
def staff(app: Flask, people: People) -> DjangoStaff:
    return DjangoStaff(app, people.new("staff"))


def id_of(app: Flask, email: str) -> int:
    with app.app_context():
        found = assembled(app).store.find_account(email)
        assert found
        return found.user.id


PATHS = [
    "", "django/", "django/user/", "django/user/add/", "django/user/1/change/", "django/user/1/delete/",
    "django/user/1/history/", "django/article/", "django/comment/", "django/change/", "logout/", "jsi18n/",
    "autocomplete/", "nothing/",
]  # fmt: skip


def test_only_staff_enters(app: Flask, people: People) -> None:
    stranger, member = Browser(app), Browser(app)
    member.sign_in(people.new())
    for path in (f"/admin/{each}" for each in PATHS):
        for method in ("GET", "POST"):
            answer = stranger.client.open(path, method=method)
            assert answer.headers["Location"] == f"/login?next={path}"
            assert member.client.open(path, method=method).status_code == 403, (method, path)


def test_staff_is_shown_the_way(app: Flask, staff: DjangoStaff, people: People) -> None:
    assert '<a href="/admin/">' in staff.get("/settings").text
    member = Browser(app)
    member.sign_in(people.new())
    assert "/admin/" not in member.get("/settings").text


def test_staff_that_was_remembered_gives_the_password_again(staff: DjangoStaff) -> None:
    staff.sign_in(staff.person, remember="y")
    assert staff.get("/admin/").status_code == 200
    staff.forget_session()
    assert staff.user == staff.person.username
    assert staff.get("/admin/").headers["Location"] == "/login?next=/admin/"


def test_accounts_are_made_changed_and_deleted(app: Flask, staff: DjangoStaff, people: People) -> None:
    name = unique("made")
    form = {"username": name, "email": f"{name}@TEST.com", "password": PASSWORD, "bio": "b", "image": ""}
    assert "was added successfully" in staff.send("/admin/django/user/add/", **form)
    id = id_of(app, f"{name}@test.com")
    assert people.log_in(f"{name}@test.com").json["user"]["bio"] == "b"
    edit = f"/admin/django/user/{id}/change/"
    assert not HASHES.search(staff.get(edit).text)
    form |= {"username": f"{name}2", "password": "", "bio": ""}
    assert "was changed successfully" in staff.send(edit, **form)
    assert people.log_in(f"{name}@test.com").json["user"]["bio"] is None
    assert "was changed successfully" in staff.send(edit, **{**form, "password": "another one 7"})
    assert people.log_in(f"{name}@test.com").status == 401
    assert people.log_in(f"{name}@test.com", "another one 7").status == 200
    (row,) = staff.rows("user", id)
    assert row == {"id": str(id), "username": f"{name}2", "email": f"{name}@test.com", "confirmed_email": ""}
    assert "was deleted successfully" in staff.send(f"/admin/django/user/{id}/delete/", post="yes")
    assert people.anyone.get(f"/profiles/{name}2").status == 404
    assert staff.noted == [
        ("delete", "user", f"{name}2"), ("edit", "user", f"{name}2"), ("edit", "user", f"{name}2"),
        ("create", "user", name),
    ]  # fmt: skip
    history = staff.get(f"/admin/django/user/{id_of(app, staff.person.email)}/history/")
    assert history.headers["Location"] == f"/admin/django/change/?q={staff.person.username}"


def test_no_rule_of_the_blog_is_broken_from_behind(staff: DjangoStaff, people: People) -> None:
    taken = people.new()
    form = {"username": taken.username, "email": "x@test.com", "password": PASSWORD}
    assert "User with this Username already exists." in staff.send("/admin/django/user/add/", **form)
    page = staff.send("/admin/django/user/add/", username="a/b", email="x", password="short")
    assert page.count("is invalid") == 2
    assert "at least 8 characters" in page
    assert "This field is required." in staff.send("/admin/django/user/add/", username="a", email="x@test.com")
    assert "Null characters are not allowed" in staff.send("/admin/django/user/add/", **{**form, "username": "a\0b"})
    page = staff.send("/admin/django/article/add/", author="99", title="T", description="D", body="x" * 100_001)
    assert "Select a valid choice" in page
    assert "at most 100000 characters" in page
    assert staff.noted == []


def test_articles(app: Flask, staff: DjangoStaff, people: People) -> None:
    author = people.new()
    words = {"title": unique("Title"), "description": "D", "body": "B"}
    author_id = id_of(app, author.email)
    assert "was added successfully" in staff.send("/admin/django/article/add/", **words, author=author_id)
    (row,) = staff.rows("article", 1)
    assert (row["title"], row["author_name"]) == (words["title"], author.username)
    article = people.anyone.get(f"/articles/{row['slug']}").json["article"]
    assert (article["title"], article["author"]["username"]) == (words["title"], author.username)
    assert "was changed" in staff.send("/admin/django/article/1/change/", **{**words, "body": "Better"})
    changed = people.anyone.get(f"/articles/{row['slug']}").json["article"]
    assert (changed["body"], changed["updatedAt"] > article["updatedAt"]) == ("Better", True)
    assert "was deleted" in staff.send("/admin/django/article/1/delete/", post="yes")
    assert people.anyone.get(f"/articles/{row['slug']}").status == 404


def test_many_are_deleted_at_once(staff: DjangoStaff, people: People) -> None:
    author = people.new()
    slug = author.publish()["slug"]
    ids = [author.comment(slug, f"number {number}")["id"] for number in range(3)]
    page = staff.send("/admin/django/comment/", **DELETE, _selected_action=[str(id) for id in ids[:2]])
    assert "Successfully deleted 2 comments." in page
    assert [row["body"] for row in staff.rows("comment", *ids)] == ["number 2"]
    assert {name for _, _, name in staff.noted} == {f"{id} on {slug}" for id in ids[:2]}


def test_a_forged_form_changes_nothing(staff: DjangoStaff) -> None:
    form = {
        "username": "x", "email": "x@test.com", "password": PASSWORD, **DELETE, "_selected_action": "1",
        "title": "T", "description": "D", "body": "B", "author": "1",
    }  # fmt: skip
    for path in ("user/add/", "user/1/change/", "user/1/delete/", "user/", "article/add/"):
        for token in ({}, {"csrfmiddlewaretoken": ""}, {"csrfmiddlewaretoken": "forged"}):
            sent = staff.client.post(f"/admin/django/{path}", data={**form, **token})
            assert sent.status_code == 400, (path, token)
    assert len(staff.rows("user", 1, 2)) == 1
    assert staff.noted == []


def test_lists_are_searched_filtered_and_sorted(staff: DjangoStaff, people: People) -> None:
    author = people.new()
    for title in ("An apple", "A pear", "A peach"):
        author.publish(title=title)

    def shown(query: str) -> list[str]:
        page = staff.get(f"/admin/django/article/?{query}").text
        return re.findall(r">(A peach|A pear|An apple)</a>", page)

    assert shown("") == ["A peach", "A pear", "An apple"]
    assert shown("q=pea") == ["A peach", "A pear"]
    assert shown("o=1") == ["An apple", "A pear", "A peach"]
    assert shown("created_at__gte=2999-01-01") == []


def test_what_is_shown_is_escaped(staff: DjangoStaff, people: People) -> None:
    author = people.new()
    hostile = "<script>alert(1)</script>"
    slug = author.publish(title=hostile, description=hostile, body=hostile)["slug"]
    id = author.comment(slug, hostile)["id"]
    for path in ("article/", "article/1/change/", "article/1/delete/", "comment/", f"comment/{id}/change/"):
        page = staff.get(f"/admin/django/{path}").text
        assert hostile not in page
        assert "&lt;script&gt;" in page


def test_comments_and_the_log_are_read(staff: DjangoStaff, people: People) -> None:
    author = people.new()
    id = author.comment(author.publish()["slug"], "Well said")["id"]
    assert "Well said" in staff.get(f"/admin/django/comment/{id}/change/").text
    assert staff.get("/admin/django/comment/add/").status_code == 403
    assert staff.get("/admin/django/change/add/").status_code == 403


def test_signing_out_is_that_of_the_site(staff: DjangoStaff) -> None:
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', staff.get("/admin/").text)
    assert token
    answer = staff.client.post("/admin/logout/", data={"csrfmiddlewaretoken": token[1]})
    assert answer.headers["Location"] == "/"
    assert staff.user is None


def test_its_files_are_served(staff: DjangoStaff) -> None:
    named = set(re.findall(r'(?:href|src)="(/admin/static/[^"]+)"', staff.get("/admin/django/article/add/").text))
    assert len(named) > 5
    for path in named:
        with staff.get(path) as answer:
            assert answer.status_code == 200, path


def test_articles_are_selected_by_date(staff: DjangoStaff, people: People) -> None:
    created = people.new().publish(title="By date")["createdAt"]
    year, month = int(created[:4]), int(created[5:7])
    queries = [f"year={year}", f"year={year}&created_at__month={month}", f"year={year - 1}"]
    pages = [staff.get(f"/admin/django/article/?created_at__{query}").text for query in queries]
    assert ["By date" in page for page in pages] == [True, True, False]


def test_a_list_takes_a_fixed_number_of_statements(make_app: MakeApp) -> None:
    with trace() as seen:
        app = make_app(STACK_ADMIN="django")
        people = People(Client(in_process(app)))
        staff = DjangoStaff(app, people.new())

        def count(path: str) -> int:
            seen.clear()
            assert staff.get(path).status_code == 200
            return sum(statement.lstrip().upper().startswith(COUNTED) for statement in seen)

        def more(number: int) -> None:
            for _ in range(number):
                author = people.new()
                author.comment(author.publish()["slug"])

        paths = [f"/admin/django/{model}/" for model in ("user", "article", "comment", "change")]
        more(2)
        few = [count(path) for path in paths]
        more(8)
        assert [count(path) for path in paths] == few
        assert max(few) <= 7


def test_every_page_of_django_finds_its_tags(app: Flask) -> None:
    """The tag libraries that the pages load differ between versions of Django."""
    templates = DJANGO / "contrib" / "admin" / "templates"
    pages = [page.relative_to(templates).as_posix() for page in templates.rglob("*.html")]
    assert "admin/index.html" in pages
    for page in pages:
        get_template(page)


def test_two_apps_share_the_site_and_not_the_rows(make_app: MakeApp) -> None:
    apps = [make_app(STACK_ADMIN="django") for _ in range(2)]
    names = []
    for app in apps:
        person = People(Client(in_process(app))).new()
        names.append(person.username)
        staff = DjangoStaff(app, person)
        assert [row["username"] for row in staff.rows("user", 1, 2)] == [names[-1]]


def test_the_orm_gives_way(make_app: MakeApp) -> None:
    chosen = assembled(make_app(STACK_ADMIN="django")).choice
    assert (chosen["orm"].option.name, chosen["orm"].why) == ("django", "because admin = django")


def action(staff: DjangoStaff, model: str, **fields: Any) -> int:
    path = f"/admin/django/{model}/"
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', staff.get(path).text)
    assert found
    return staff.client.post(path, data={"csrfmiddlewaretoken": found[1], **fields}).status_code


def test_what_is_not_shown_cannot_be_asked_for(app: Flask, staff: DjangoStaff, people: People) -> None:
    people.new().publish()
    hidden = {
        "user": ["password_hash", "bio", "grants__name", "articles__body"],
        "article": ["author__password_hash", "author__email", "body"],
        "comment": ["author__password_hash", "article__author__password_hash"],
        "change": ["id"],
    }
    for model, columns in hidden.items():
        for column in columns:
            for comparison in ("", "__startswith", "__regex", "__gt", "__isnull"):
                path = f"/admin/django/{model}/?{column}{comparison}=s"
                assert staff.get(path).status_code == 400, path
        assert staff.get(f"/admin/django/{model}/?_to_field=password_hash").status_code == 400
    lists = [
        staff.get(f"/admin/django/user/?{query}").text for query in ("", "q=scrypt", "o=password_hash", "o=99.-99")
    ]
    assert [page.count('class="field-username') for page in lists] == [2, 0, 2, 2]


BAD = ["99999999999999999999", "9" * 5000, "abc", "-1", "\0", "²", "1e9", ""]


def test_no_bad_value_is_a_fault_of_ours(app: Flask, staff: DjangoStaff, people: People) -> None:
    people.new().publish()
    for bad in BAD:
        for name in ("delete_selected", "export_as_csv"):
            assert action(staff, "user", action=name, _selected_action=bad) == 400, bad
        for query in ("p", "o", "created_at__year", "created_at__gte", "created_at__year=2026&created_at__month", "e"):
            answer = staff.get(f"/admin/django/article/?{query}={quote(bad)}")
            assert answer.status_code in (200, 302, 400), (query, bad)
        for path in (f"article/add/?author={quote(bad)}", f"user/{quote(bad)}/change/", f"user/{quote(bad)}/delete/"):
            assert staff.get(f"/admin/django/{path}").status_code in (200, 302, 400, 404), path


def test_a_spreadsheet_runs_nothing_that_is_exported(staff: DjangoStaff, people: People) -> None:
    author = people.new()
    titles = ['=HYPERLINK("http://x.example")', "+1", "-1", "@SUM(A1)", "＝1"]
    for title in titles:
        author.publish(title=title)
    rows = staff.rows("article", *range(1, 6))
    assert [(row["id"], row["title"]) for row in rows] == [
        (str(id), f"'{title}") for id, title in reversed(list(enumerate(titles, 1)))
    ]


def test_the_last_member_of_staff_stays(app: Flask, staff: DjangoStaff, people: People) -> None:
    other = people.new()
    me, them = id_of(app, staff.person.email), id_of(app, other.email)
    page = staff.send(f"/admin/django/user/{me}/delete/", post="yes")
    assert "staff would have no members left: first add another, with flask user grant USERNAME staff" in page
    page = staff.send("/admin/django/user/", **DELETE, _selected_action=[str(me), str(them)])
    assert "staff would have no members left" in page
    assert (len(staff.rows("user", me, them)), staff.noted) == (2, [])
    grant(app, other, "admin.enter")
    page = staff.send("/admin/django/user/", **DELETE, _selected_action=[str(me), str(them)])
    assert "staff would have no members left" in page
    assert len(staff.rows("user", me, them)) == 2
    staff.send(f"/admin/django/user/{me}/delete/", post="yes")
    assert people.log_in(staff.person.email).status == 401
    assert people.log_in(other.email).status == 200


def test_names_and_texts_follow_the_rules(staff: DjangoStaff, people: People) -> None:
    form = {"username": "ﬁ", "email": "fi@test.com", "password": PASSWORD}
    assert "was added successfully" in staff.send("/admin/django/user/add/", **form)
    assert people.anyone.get("/profiles/fi").status == 200
    for name in ("ﬁ", "fi"):
        assert "already exists" in staff.send(
            "/admin/django/user/add/", **{**form, "username": name, "email": "f@i.de"}
        )
    for name in ("a\u200bb", " a", "／a", "..", "a\nb"):
        assert "is invalid" in staff.send("/admin/django/user/add/", **{**form, "username": name, "email": "f@i.de"}), (
            name
        )
    assert "is invalid" in staff.send("/admin/django/user/add/", **{**form, "email": "f@i.de", "bio": "a\x1bb"})
    words = {"title": "T", "description": "D", "body": "B\r\n", "author": "1"}
    for field in ("title", "description", "body"):
        assert "is invalid" in staff.send("/admin/django/article/add/", **{**words, field: "a\x1bb"})
    assert "was added successfully" in staff.send("/admin/django/article/add/", **words)
