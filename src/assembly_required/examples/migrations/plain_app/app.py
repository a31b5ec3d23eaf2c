"""Articles whose table is migrated by hand: numbered SQL files and a command group of three commands.

Each step is a pair of files, ``NNNN_name.up.sql`` and ``NNNN_name.down.sql``. The database keeps the number of its last
step in SQLite's ``user_version``, which changes in the same transaction as the schema.
https://flask.palletsprojects.com/en/stable/cli/#custom-commands
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

app = Flask(__name__)
migrate = AppGroup("migrate", help="Change the schema of the database.")
app.cli.add_command(migrate)

FILES = Path(__file__).parent / "sql"


def connect():
    return closing(sqlite3.connect("articles.sqlite3"))


def steps():
    """Return the names of all steps in order. The first is number 1."""
    return sorted(path.name.removesuffix(".up.sql") for path in FILES.glob("*.up.sql"))


def position(db):
    return db.execute("PRAGMA user_version").fetchone()[0]


def run(db, file, number):
    """Run a file and write down where the database stands then, both or neither."""
    script = (FILES / file).read_text()
    try:
        db.executescript(f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {number}; COMMIT;")
    except sqlite3.Error as error:
        raise click.ClickException(f"{file}: {error}") from error
    click.echo(file)


@migrate.command()
@click.argument("target", type=int, required=False)
def up(target):
    """Apply all steps, or those up to number TARGET."""
    with connect() as db:
        for number, name in enumerate(steps()[:target], start=1):
            if number > position(db):
                run(db, f"{name}.up.sql", number)


@migrate.command()
def down():
    """Take the last step back."""
    with connect() as db:
        number = position(db)
        if not number:
            raise click.ClickException("There is no step to take back. Apply the first: flask migrate up 1")
        run(db, f"{steps()[number - 1]}.down.sql", number - 1)


@migrate.command()
def status():
    """Show which steps are applied."""
    with connect() as db:
        for number, name in enumerate(steps(), start=1):
            click.echo(f"[{'X' if number <= position(db) else ' '}] {name}")


@app.get("/")
def list_articles():
    with connect() as db:
        rows = db.execute("SELECT title, slug FROM article ORDER BY id")
        return [{"title": title, "slug": slug} for title, slug in rows]
