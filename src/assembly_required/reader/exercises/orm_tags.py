"""Read a list with its tags in two statements.

``list_titles`` sends one statement for the articles, and one more for the tags of each of them. Change it so that it
sends two in all, however many articles there are. In Django you would add ``prefetch_related("tags")``.
"""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Article(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    tags: Mapped[list["Tag"]] = relationship(order_by="Tag.name")


class Tag(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))


def list_titles():
    """List the titles, each with the names of its tags."""
    # start
    # query = select(Article).order_by(Article.id)
    # solution
    query = select(Article).order_by(Article.id).options(selectinload(Article.tags))
    # end
    return [(article.title, [tag.name for tag in article.tags]) for article in db.session.scalars(query)]


def test_the_number_of_statements_does_not_grow():
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add_all(Article(title=f"No. {n}", tags=[Tag(name="b"), Tag(name="a")]) for n in range(10))
        db.session.commit()
        sent = []
        event.listen(db.engine, "before_cursor_execute", lambda *seen: sent.append(seen[2]))
        assert list_titles() == [(f"No. {n}", ["a", "b"]) for n in range(10)]
        assert len(sent) == 2, sent
