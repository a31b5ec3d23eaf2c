"""Count the comments of each article, in one statement.

``list_counts`` loads all comments only to count them. Let the database count, in the statement that reads the
articles. An article without comments has to stay in the list. In Django you would write
``annotate(Count("comment"))``.
"""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, event, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Article(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    comments: Mapped[list["Comment"]] = relationship()


class Comment(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))


def list_counts():
    """List the titles, each with the number of comments."""
    # start
    # articles = db.session.scalars(select(Article).order_by(Article.id))
    # return [(article.title, len(article.comments)) for article in articles]
    # solution
    query = (
        select(Article.title, func.count(Comment.id))
        .outerjoin(Article.comments)
        .group_by(Article.id)
        .order_by(Article.id)
    )
    return [(title, number) for title, number in db.session.execute(query)]
    # end


def test_one_statement_counts_all():
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add_all(Article(title=f"No. {n}", comments=[Comment() for _ in range(n)]) for n in range(4))
        db.session.commit()
        sent = []
        event.listen(db.engine, "before_cursor_execute", lambda *seen: sent.append(seen[2]))
        assert list_counts() == [("No. 0", 0), ("No. 1", 1), ("No. 2", 2), ("No. 3", 3)]
        assert len(sent) == 1, sent
