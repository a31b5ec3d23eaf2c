"""Articles whose table is migrated by Flask-Migrate: the commands of Alembic as ``flask db``.

``Migrate(app, db)`` is all that the app needs. ``flask db migrate`` compares the models with the database and writes
the next file in ``migrations/versions``. https://flask-migrate.readthedocs.io/
"""

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///articles.sqlite3"  # in the folder instance

db = SQLAlchemy(app, model_class=Base)
migrate = Migrate(app, db)


class Article(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    slug: Mapped[str] = mapped_column(String(200))


@app.get("/")
def list_articles():
    articles = db.session.scalars(db.select(Article).order_by(Article.id))
    return [{"title": article.title, "slug": article.slug} for article in articles]
