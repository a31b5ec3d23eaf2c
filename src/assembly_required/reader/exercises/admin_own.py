"""Show each author their own articles, and no others.

``get_query`` hides the articles of other authors from the list. But the page still counts them, and an author who
types the id of any article into the address can change and delete it. ``ModelView`` has a method for the number
and one for a single row; neither calls ``get_query``. In Django all of the admin's pages start from
``ModelAdmin.get_queryset``.
"""

import pytest
from flask import Flask, session
from flask_admin import Admin
from flask_admin.contrib.sqla import ModelView
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)
app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
app.secret_key = "for this exercise only"
db.init_app(app)


class Article(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author: Mapped[str]


class ArticleView(ModelView):
    column_list = form_columns = ["title"]

    def is_accessible(self):
        return "user" in session

    def on_model_change(self, form, model, is_created):
        if is_created:
            model.author = session["user"]

    def get_query(self):
        return super().get_query().filter(Article.author == session["user"])

    # start
    # solution
    def get_count_query(self):
        return super().get_count_query().filter(Article.author == session["user"])

    def get_one(self, id):
        return self.get_query().filter(Article.id == id).one_or_none()

    # end


admin = Admin(app)
admin.add_view(ArticleView(Article, db, endpoint="article"))


@pytest.fixture
def client():
    """Ada's browser. Ada wrote the articles 1 and 2, Bob the articles 3 to 5."""
    with app.app_context():
        db.drop_all()
        db.create_all()
        authors = ["ada", "ada", "bob", "bob", "bob"]
        db.session.add_all(Article(id=id, title=f"No. {id}", author=author) for id, author in enumerate(authors, 1))
        db.session.commit()
    client = app.test_client()
    with client.session_transaction() as session:
        session["user"] = "ada"
    return client


def read_titles():
    with app.app_context():
        return {article.id: article.title for article in db.session.scalars(select(Article))}


def test_the_list_has_and_counts_her_own(client):
    page = client.get("/admin/article/").text
    assert [f"No. {id}" in page for id in range(1, 6)] == [True, True, False, False, False]
    assert "List (2)" in page


def test_the_form_shows_her_own(client):
    assert "No. 1" in client.get("/admin/article/edit/?id=1").text
    assert "No. 3" not in client.get("/admin/article/edit/?id=3").text


@pytest.mark.parametrize(("id", "title"), [(1, "Ferns"), (3, "No. 3")])
def test_she_changes_only_her_own(client, id, title):
    client.post(f"/admin/article/edit/?id={id}", data={"title": "Ferns"})
    assert read_titles()[id] == title


@pytest.mark.parametrize(("id", "remain"), [(1, [2, 3, 4, 5]), (3, [1, 2, 3, 4, 5])])
def test_she_deletes_only_her_own(client, id, remain):
    client.post("/admin/article/delete/", data={"id": id})
    assert [*read_titles()] == remain


@pytest.mark.parametrize("id", ["6", "none", ""])
def test_an_article_that_is_not_there(client, id):
    assert client.get(f"/admin/article/edit/?id={id}").status_code == 302


def test_what_she_adds_is_her_own(client):
    client.post("/admin/article/new/", data={"title": "Mosses"})
    assert "Mosses" in client.get("/admin/article/").text
