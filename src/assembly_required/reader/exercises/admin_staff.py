"""Close the whole admin, not only the pages of one table.

Flask-Admin knows no users. Each view decides for itself, in ``is_accessible``, and lets everybody in unless you write
that method. Here the articles are closed to visitors, but the start page and the authors are open. Let only staff into
all three: after the login, the session has ``user``, and for staff also ``staff``. Send a visitor who is not signed in
to the login form, and refuse all other users with 403. In Django the admin site checks ``is_staff`` for all its pages.
"""

import pytest
from flask import Flask, redirect, session, url_for
from flask_admin import Admin, AdminIndexView
from flask_admin.contrib.sqla import ModelView
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)
app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
app.secret_key = "for this exercise only"
db.init_app(app)


class Author(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Article(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]


# start
# class Home(AdminIndexView):
#     pass
#
#
# class AuthorView(ModelView):
#     pass
#
#
# class ArticleView(ModelView):
#     def is_accessible(self):
#         return "user" in session
# solution
class StaffOnly:
    def is_accessible(self):
        return session.get("staff", False)

    def inaccessible_callback(self, name, **values):
        if "user" not in session:
            return redirect(url_for("login"))
        return super().inaccessible_callback(name, **values)


class Home(StaffOnly, AdminIndexView):
    pass


class AuthorView(StaffOnly, ModelView):
    pass


class ArticleView(StaffOnly, ModelView):
    pass


# end


@app.get("/login")
def login():
    return "Sign in"


admin = Admin(app, index_view=Home())
admin.add_view(AuthorView(Author, db, endpoint="author"))
admin.add_view(ArticleView(Article, db, endpoint="article"))

PAGES = ["/admin/", "/admin/author/", "/admin/author/new/", "/admin/article/", "/admin/article/new/"]


@pytest.fixture
def client():
    with app.app_context():
        db.drop_all()
        db.create_all()
    return app.test_client()


def sign_in(client, **values):
    with client.session_transaction() as session:
        session.update(values)


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_is_sent_to_the_login_form(client, page):
    answer = client.get(page)
    assert (answer.status_code, answer.location) == (302, "/login")


@pytest.mark.parametrize("page", PAGES)
def test_a_user_is_refused(client, page):
    sign_in(client, user="bob")
    assert client.get(page).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_staff_may_enter(client, page):
    sign_in(client, user="ada", staff=True)
    assert client.get(page).status_code == 200


def test_a_visitor_writes_nothing(client):
    client.post("/admin/author/new/", data={"name": "Mallory"})
    with app.app_context():
        assert db.session.scalars(db.select(Author)).all() == []
