"""Articles with an author, tags and comments, as JSON: SQL by hand, on the standard library's ``sqlite3``.

The schema is a text, a row is a ``sqlite3.Row``, and loading a relationship is a join or one more query that is written
out. Values always go in as parameters. A connection is opened when a request first needs it and closed at its end.

Start it with ``flask --app plain_app run``. https://flask.palletsprojects.com/en/stable/patterns/sqlite3/
"""

import sqlite3
from math import ceil

from flask import Flask, abort, g, request
from werkzeug.exceptions import BadRequest

app = Flask(__name__)

SCHEMA = """
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS articles (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    author_id INTEGER NOT NULL REFERENCES users (id)
);
CREATE TABLE IF NOT EXISTS article_tags (
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    tag_id INTEGER NOT NULL REFERENCES tags (id),
    PRIMARY KEY (article_id, tag_id)
);
CREATE TABLE IF NOT EXISTS comments (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    author_id INTEGER NOT NULL REFERENCES users (id)
);
CREATE INDEX IF NOT EXISTS comments_of_article ON comments (article_id);
"""
LIST = """
SELECT articles.id, title, users.name AS author,
    (SELECT count(*) FROM comments WHERE article_id = articles.id) AS comment_count
FROM articles JOIN users ON users.id = author_id
ORDER BY articles.id DESC LIMIT 10 OFFSET ?
"""
SHOW = "SELECT articles.id, title, body, users.name AS author FROM articles JOIN users ON users.id = author_id"
COMMENTS = "SELECT users.name AS author, body FROM comments JOIN users ON users.id = author_id"


def get_db():
    if "db" not in g:
        g.db = sqlite3.connect("plain.sqlite3")
        g.db.row_factory = sqlite3.Row
        g.db.execute("PRAGMA foreign_keys = ON")  # SQLite checks and cascades only when asked
    return g.db


@app.teardown_appcontext
def close_connection(exception):
    if "db" in g:
        g.pop("db").close()


with app.app_context():
    get_db().executescript(SCHEMA)


def tags_of(ids):
    """Return the names of tags for each of the articles, with one statement."""
    query = (
        "SELECT article_id, name FROM article_tags JOIN tags ON tags.id = tag_id WHERE article_id IN ({}) ORDER BY name"
    )
    names = {id: [] for id in ids}
    for article_id, name in get_db().execute(query.format(", ".join("?" * len(ids))), ids):
        names[article_id].append(name)
    return names


def find(id):
    return get_db().execute(f"{SHOW} WHERE articles.id = ?", [id]).fetchone() or abort(404)


def summary(row, names):
    return {"id": row["id"], "title": row["title"], "author": row["author"], "tags": names[row["id"]]}


def user_id(name):
    get_db().execute("INSERT INTO users (name) VALUES (?) ON CONFLICT DO NOTHING", [name])
    return get_db().execute("SELECT id FROM users WHERE name = ?", [name]).fetchone()["id"]


def texts(*values):
    return all(isinstance(value, str) and value for value in values)


@app.get("/articles")
def list_articles():
    # step: list
    page = request.args.get("page", 1, type=int)
    (total,) = get_db().execute("SELECT count(*) FROM articles").fetchone()
    pages = ceil(total / 10)
    if not 1 <= page <= max(pages, 1):
        abort(404)
    rows = get_db().execute(LIST, [10 * (page - 1)]).fetchall()
    names = tags_of([row["id"] for row in rows])
    articles = [{**summary(row, names), "comment_count": row["comment_count"]} for row in rows]
    return {"articles": articles, "page": page, "pages": pages}


@app.get("/articles/<int:id>")
def show_article(id):
    # step: show
    article = find(id)
    comments = get_db().execute(f"{COMMENTS} WHERE article_id = ? ORDER BY comments.id", [id])
    return {**summary(article, tags_of([id])), "body": article["body"], "comments": [dict(row) for row in comments]}


@app.post("/articles")
def publish_article():
    # step: publish
    match request.get_json():
        case {"author": author, "title": title, "body": body, "tags": [*tags]} if texts(author, title, body, *tags):
            with get_db() as db:  # a transaction
                insert = "INSERT INTO articles (title, body, author_id) VALUES (?, ?, ?)"
                id = db.execute(insert, [title, body, user_id(author)]).lastrowid
                for name in set(tags):
                    db.execute("INSERT INTO tags (name) VALUES (?) ON CONFLICT DO NOTHING", [name])
                    db.execute("INSERT INTO article_tags SELECT ?, id FROM tags WHERE name = ?", [id, name])
            return summary(find(id), tags_of([id])), 201
    raise BadRequest("Send author, title, body and a list of tags.")


@app.patch("/articles/<int:id>")
def change_title(id):
    # step: change
    find(id)
    match request.get_json():
        case {"title": title} if texts(title):
            with get_db() as db:
                db.execute("UPDATE articles SET title = ? WHERE id = ?", [title, id])
            return summary(find(id), tags_of([id]))
    raise BadRequest("Send a title.")


@app.delete("/articles/<int:id>")
def delete_article(id):
    # step: delete
    with get_db() as db:
        if not db.execute("DELETE FROM articles WHERE id = ?", [id]).rowcount:
            abort(404)
    return "", 204


@app.post("/articles/<int:id>/comments")
def add_comment(id):
    # step: comment
    find(id)
    match request.get_json():
        case {"author": author, "body": body} if texts(author, body):
            with get_db() as db:
                insert = "INSERT INTO comments (body, article_id, author_id) VALUES (?, ?, ?)"
                db.execute(insert, [body, id, user_id(author)])
            return {"author": author, "body": body}, 201
    raise BadRequest("Send author and body.")
