"""Commands for the database: ``python -m conduit_fastapi --help``."""

import json
import secrets
import sys
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import typer
from alembic import command
from alembic.config import Config
from sqlalchemy import Table, delete, func, insert, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from .config import DATA
from .models import Article, ArticleTag, Comment, Moment, User, favorites, follows
from .schemas import normalize

Row = dict[str, Any]

app = typer.Typer(help="Set up and fill the database of Conduit.", no_args_is_help=True, add_completion=False)
ALEMBIC = Path(__file__).parent.parent / "alembic.ini"

TABLES: dict[str, Table] = {
    "users": User.__table__,
    "follows": follows,
    "articles": Article.__table__,
    "article_tags": ArticleTag.__table__,
    "favorites": favorites,
    "comments": Comment.__table__,
}  # type: ignore[dict-item]


@app.command()
def setup() -> None:
    """Create the secret key, and create or update the tables."""
    DATA.mkdir(parents=True, exist_ok=True)
    key = DATA / "secret_key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_hex(32))
    command.upgrade(Config(ALEMBIC), "head")


@app.command()
def load(if_empty: Annotated[bool, typer.Option(help="Load nothing if there is a user already.")] = False) -> None:
    """Load made-up data from standard input: lines of JSON such as {"users": [{"id": 1, ...}]}."""
    from .database import SessionLocal

    with SessionLocal() as session:
        if if_empty and session.scalar(select(User.id).limit(1)):
            typer.echo("Nothing was loaded: the database has users already.")
            return
        try:
            load_lines(session)
        except IntegrityError as error:
            typer.echo(f"Nothing was written, because the database refused a row: {error.orig}", err=True)
            raise typer.Exit(1) from None
        session.commit()


@app.command()
def delete_user(username: str) -> None:
    """Delete a user with their articles, comments and favorites."""
    from .database import SessionLocal

    with SessionLocal() as session:
        deleted = session.execute(delete(User).where(User.username == normalize(username)).returning(User.id)).all()
        session.commit()
    if not deleted:
        typer.echo(f"There is no user {username!r}. Upper and lower case letters are different.", err=True)
        raise typer.Exit(1)
    typer.echo(f"Deleted {username}.")


def load_lines(session: Session) -> None:
    tags: dict[int, str] = {}
    for line in sys.stdin:
        for name, rows in json.loads(line).items():
            if name == "tags":
                tags |= {row["id"]: row["name"] for row in rows}
            elif rows:
                session.execute(insert(TABLES[name]), [convert_row(name, row, tags) for row in rows])
    if session.get_bind().dialect.name == "postgresql":
        reset_sequences(session)


def convert_row(name: str, row: Row, tags: dict[int, str]) -> Row:
    """Convert a row to the columns of the table."""
    if name == "users":
        row |= {"password_hash": hash_password(row["password"]), "token_generation": 0}
    if name == "article_tags":
        row |= {"name": tags[row["tag_id"]]}
    columns = TABLES[name].columns
    return {key: parse(columns[key].type, value) for key, value in row.items() if key in columns}


def parse(kind: Any, value: Any) -> Any:
    return Moment.parse(value) if isinstance(kind, Moment) else value


@cache
def hash_password(password: str) -> str:
    from .security import password_hash

    return password_hash.hash(password)


def reset_sequences(session: Session) -> None:
    """Let the ids that PostgreSQL gives start after the loaded ones."""
    for table in (User, Article, ArticleTag, Comment):
        last = session.scalar(select(func.max(table.id))) or 0
        session.execute(
            text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :next, false)"),
            {"table": table.__tablename__, "next": last + 1},
        )


if __name__ == "__main__":
    app()
