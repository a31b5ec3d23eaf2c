"""Write the way back.

``upgrade`` moves the tags from a text into a table of their own. ``downgrade`` only drops the table, so the tags are
lost. Put them back into the text, in their order. In Django this is the second argument of ``RunPython``, the
``reverse_code``.
"""

import sqlite3

import pytest


def upgrade(connection):
    connection.execute("CREATE TABLE tags (article_id INTEGER, position INTEGER, name TEXT)")
    for id, tags in connection.execute("SELECT id, tags FROM articles").fetchall():
        rows = [(id, position, name) for position, name in enumerate(filter(None, tags.split(",")))]
        connection.executemany("INSERT INTO tags VALUES (?, ?, ?)", rows)
    connection.execute("ALTER TABLE articles DROP COLUMN tags")


def downgrade(connection):
    connection.execute("ALTER TABLE articles ADD COLUMN tags TEXT NOT NULL DEFAULT ''")
    # start
    # solution
    for (id,) in connection.execute("SELECT id FROM articles").fetchall():
        found = connection.execute("SELECT name FROM tags WHERE article_id = ? ORDER BY position", [id])
        joined = ",".join(name for (name,) in found)
        connection.execute("UPDATE articles SET tags = ? WHERE id = ?", [joined, id])
    # end
    connection.execute("DROP TABLE tags")


@pytest.fixture
def connection():
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY, tags TEXT NOT NULL)")
    connection.executemany("INSERT INTO articles (tags) VALUES (?)", [["orm,flask"], ["sql"], [""]])
    upgrade(connection)
    yield connection
    connection.close()


def test_the_way_there(connection):
    rows = connection.execute("SELECT article_id, name FROM tags ORDER BY article_id, position").fetchall()
    assert rows == [(1, "orm"), (1, "flask"), (2, "sql")]


def test_the_way_back_keeps_the_tags(connection):
    downgrade(connection)
    assert connection.execute("SELECT tags FROM articles ORDER BY id").fetchall() == [("orm,flask",), ("sql",), ("",)]


def test_there_and_back_again(connection):
    downgrade(connection)
    upgrade(connection)
    assert connection.execute("SELECT count(*) FROM tags").fetchone() == (3,)
