"""Give two articles with one title two slugs, without a gap for a race.

``publish`` looks whether a slug is free, and then takes it. Between the two, another request can take it too. Let the
unique constraint of the database decide instead: try to insert, and try the next slug if that fails. In Django you
would catch ``IntegrityError`` inside ``transaction.atomic()``.
"""

from itertools import count

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Article(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)


def publish(slug):
    """Publish an article under the first free slug: ``a-title``, ``a-title-2`` and so on. Return the slug."""
    wanted, numbers = slug, count(2)
    while True:
        # start
        # if db.session.scalar(select(Article).filter_by(slug=wanted)) is None:
        #     db.session.add(Article(slug=wanted))
        #     db.session.commit()
        #     return wanted
        # solution
        db.session.add(Article(slug=wanted))
        try:
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
        else:
            return wanted
        # end
        wanted = f"{slug}-{next(numbers)}"


@pytest.fixture
def session(tmp_path):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{tmp_path / 'blog.sqlite3'}"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        yield db.session
        db.engine.dispose()


def test_three_articles_with_one_title(session):
    assert [publish("a-title") for _ in range(3)] == ["a-title", "a-title-2", "a-title-3"]
    assert len(session.scalars(select(Article)).all()) == 3


def test_another_request_is_faster(session):
    others = iter(["a-title"])

    @event.listens_for(Article, "before_insert")
    def take_the_slug(mapper, connection, article):
        for slug in others:
            with db.engine.begin() as other:
                other.execute(insert(Article).values(slug=slug))

    assert publish("a-title") == "a-title-2"
