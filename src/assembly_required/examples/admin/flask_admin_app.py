"""An admin for authors and articles with Flask-Admin, on the models of Flask-SQLAlchemy.

A ``ModelView`` makes the pages from a model; its attributes say what a list shows, searches, filters and exports, and
``@action`` adds a bulk action. Flask-Admin knows no users, so ``is_accessible`` asks for HTTP Basic authentication.
``SecureForm`` adds a CSRF token to every form. Sign in as ``staff``; the password is the environment variable
``PASSWORD``, or a random one that is printed at the start.

Start it with ``flask --app flask_admin_app run`` and open http://127.0.0.1:5000/admin/.
It follows https://flask-admin.readthedocs.io/en/stable/introduction/
"""

import hmac
import os
import secrets

from flask import Flask, flash, request
from flask_admin import Admin, AdminIndexView
from flask_admin.actions import action
from flask_admin.contrib.sqla import ModelView
from flask_admin.form import SecureForm
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

PASSWORD = os.environ.get("PASSWORD") or secrets.token_urlsafe()


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)
app = Flask(__name__, instance_path=os.getcwd())  # a relative SQLite path starts at the instance folder
app.config["SECRET_KEY"] = os.environ.get("SECRET_KEY") or secrets.token_hex()
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///admin_flask_admin.sqlite3"
db.init_app(app)


class Author(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)

    def __str__(self):
        return self.name


class Article(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    published: Mapped[bool] = mapped_column(default=False)
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))
    author: Mapped[Author] = relationship(backref="articles")


# step: staff only
class StaffOnly:
    def is_accessible(self):
        auth = request.authorization
        if not auth or auth.type != "basic":
            return False
        return auth.username == "staff" and hmac.compare_digest(auth.password.encode(), PASSWORD.encode())

    def inaccessible_callback(self, name, **kwargs):
        return "Sign in as staff.", 401, {"WWW-Authenticate": 'Basic realm="admin"'}


class Home(StaffOnly, AdminIndexView):
    pass


class AuthorView(StaffOnly, ModelView):
    form_base_class = SecureForm
    form_columns = ["name"]
    column_searchable_list = ["name"]


class ArticleView(StaffOnly, ModelView):
    form_base_class = SecureForm
    # step: list
    column_list = ["title", "author.name", "published"]
    column_default_sort = "title"
    column_select_related_list = [Article.author]
    # step: search
    column_searchable_list = ["title"]
    # step: filter
    column_filters = ["author.name", "published"]
    # step: edit
    form_columns = ["title", "author", "published"]
    # step: export
    can_export = True
    column_export_list = ["title", "author.name", "published"]

    # step: act on many
    @action("publish", "Publish", "Publish the selected articles?")
    def publish(self, ids):
        articles = db.session.scalars(select(Article).where(Article.id.in_(ids))).all()
        for article in articles:
            article.published = True
        db.session.commit()
        flash(f"{len(articles)} articles are published.")


admin = Admin(app, name="Articles", index_view=Home())
admin.add_view(AuthorView(Author, db, endpoint="author"))
admin.add_view(ArticleView(Article, db, endpoint="article"))

with app.app_context():
    db.create_all()
    if not db.session.scalar(select(func.count(Author.id))):
        ada, bob = Author(name="Ada"), Author(name="Bob")
        titles = {"On Orchids": ada, "Ferns": ada, "Mosses": bob}
        db.session.add_all(Article(title=title, author=author) for title, author in titles.items())
        db.session.commit()

if "PASSWORD" not in os.environ:
    print(f"Sign in as staff with the password {PASSWORD}")
