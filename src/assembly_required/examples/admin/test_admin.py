"""What each example for the admin does. The requests differ only in their addresses and in how one signs in."""

import re
from base64 import b64encode

import pytest

PASSWORD = "correct-horse"


@pytest.fixture(scope="module")
def environment():
    return {"PASSWORD": PASSWORD}


class FlaskAdmin:
    """Each request has the user and the password (HTTP Basic)."""

    articles = "/admin/article/"
    edit = "/admin/article/edit/?id={id}"
    action = "/admin/article/action/"
    filters = {"author": "flt0_2=Bob", "not published": "flt0_7=0"}

    def __init__(self, browser, name):
        self.browser = browser
        value = b64encode(f"{name}:{PASSWORD}".encode()).decode()
        self.headers = {"Authorization": f"Basic {value}"}

    def get(self, path):
        return self.browser.get(path, **self.headers)

    def post(self, path, form):
        return self.browser.post(path, form, **self.headers)

    def act(self, name, ids):
        token = self.get(self.articles).hidden().get("csrf_token", "")
        return self.post(self.action, {"action": name, "rowid": ids, "csrf_token": token})

    def export(self):
        return self.get("/admin/article/export/csv/")

    def refused(self, answer):
        return answer.status == 401 and "WWW-Authenticate".lower() in answer.headers


class Django:
    """One signs in with a form, and a session cookie does the rest."""

    articles = "/admin/blog/article/"
    edit = "/admin/blog/article/{id}/change/"
    filters = {"author": "author__id__exact=2", "not published": "published__exact=0"}

    def __init__(self, browser, name):
        self.browser = browser.new()
        if name:
            page = self.browser.get("/admin/login/")
            form = {**page.hidden(), "username": name, "password": PASSWORD, "next": "/admin/"}
            self.browser.post("/admin/login/", form)

    def get(self, path):
        return self.browser.get(path)

    def post(self, path, form):
        return self.browser.post(path, form)

    def act(self, name, ids):
        token = self.get(self.articles).hidden()["csrfmiddlewaretoken"]
        return self.post(self.articles, {"csrfmiddlewaretoken": token, "action": name, "_selected_action": ids})

    def export(self):
        ids = re.findall(r'name="_selected_action" value="(\d+)"', self.get(self.articles).text)
        return self.act("export_csv", ids)

    def refused(self, answer):
        return answer.status == 302 and answer.headers["location"].startswith("/admin/login/")


KINDS = {"flask_admin": FlaskAdmin, "django": Django, "django_in_flask": Django}


@pytest.fixture
def staff(example):
    return KINDS[example.name](example, "staff")


def titles(answer):
    assert answer.status == 200
    return [title for title in ("On Orchids", "Ferns", "Mosses", "Lichens") if title in answer.text]


def find_id(staff, title):
    row = next(row for row in re.split(r"<tr", staff.get(staff.articles).text) if title in row)
    return re.search(r'name="(?:rowid|_selected_action)"[^>]* value="(\d+)"|value="(\d+)"', row).group(1, 2)


def id_of(staff, title):
    return next(filter(None, find_id(staff, title)))


def test_the_list_shows_articles_with_their_authors(staff):
    page = staff.get(staff.articles)
    assert titles(page) == ["On Orchids", "Ferns", "Mosses"]
    assert page.text.count("Ada") >= 2


def test_search(staff):
    search = "search" if isinstance(staff, FlaskAdmin) else "q"
    assert titles(staff.get(f"{staff.articles}?{search}=ferns")) == ["Ferns"]
    assert titles(staff.get(f"{staff.articles}?{search}=nothing")) == []


def test_filter(staff):
    assert titles(staff.get(f"{staff.articles}?{staff.filters['author']}")) == ["Mosses"]
    assert "On Orchids" in titles(staff.get(f"{staff.articles}?{staff.filters['not published']}"))


def test_edit(staff):
    path = staff.edit.format(id=id_of(staff, "Mosses"))
    page = staff.get(path)
    author = re.search(r'<option selected[^>]*value="(\d+)"|<option value="(\d+)" selected', page.text).group(1, 2)
    form = {**page.hidden(), "title": "Lichens", "author": next(filter(None, author))}
    assert staff.post(path, form).status == 302
    assert titles(staff.get(staff.articles)) == ["On Orchids", "Ferns", "Lichens"]
    assert staff.post(path, {**form, "title": "Mosses"}).status == 302
    refused = staff.post(path, {**form, "title": ""})
    assert refused.status == 200
    assert "This field is required." in refused.text
    assert titles(staff.get(staff.articles)) == ["On Orchids", "Ferns", "Mosses"]


def test_a_form_without_its_token_is_refused(staff):
    path = staff.edit.format(id=id_of(staff, "Mosses"))
    answer = staff.post(path, {"title": "Stolen", "author": "1"})
    assert answer.status == 403 if isinstance(staff, Django) else "Stolen" in answer.text
    assert titles(staff.get(staff.articles)) == ["On Orchids", "Ferns", "Mosses"]


def test_act_on_many_and_export(staff):
    answer = staff.act("publish", [id_of(staff, "Ferns"), id_of(staff, "Mosses")])
    assert answer.status == 302
    rows = [line.split(",") for line in staff.export().text.strip().splitlines()]
    assert len(rows) == 4
    assert {row[0]: row[-1] in ("True", "1") for row in rows[1:]} == {
        "On Orchids": False, "Ferns": True, "Mosses": True
    }  # fmt: skip
    assert {row[0]: row[1] for row in rows[1:]}["Mosses"] == "Bob"
    assert titles(staff.get(f"{staff.articles}?{staff.filters['not published']}")) == ["On Orchids"]


def test_staff_only(example):
    for name in ("", "reader"):
        visitor = KINDS[example.name](example, name)
        for path in ("/admin/", visitor.articles):
            assert visitor.refused(visitor.get(path)), path
        answer = visitor.post(visitor.edit.format(id=1), {"title": "Stolen", "author": "1"})
        assert answer.status in (302, 401, 403)
    assert "Stolen" not in KINDS[example.name](example, "staff").get(visitor.articles).text


def test_what_is_not_there(staff):
    answer = staff.get(staff.edit.format(id=999999999))
    assert answer.status in (302, 404)
