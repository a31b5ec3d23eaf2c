"""The models of each ORM match the schema that the migrations create."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
import sqlalchemy
from flask import Flask

from assembly_required.stack.slots import SLOTS
from tests.slots.orm.conftest import by_hand

Table = dict[str, tuple[str, bool, int | None, str | None]]
"""For each column name: its type, whether it is nullable, its length, and the column it refers to."""

KINDS = {
    "VARCHAR": "text", "TEXT": "text", "INTEGER": "integer", "DATETIME": "instant", "TIMESTAMP": "instant",
    "CharField": "text", "TextField": "text", "IntegerField": "integer", "AutoField": "integer",
    "InstantField": "instant", "ForeignKeyField": "integer", "ForeignKey": "integer",
}  # fmt: skip


def models(orm: str) -> Any:
    return import_module(f"assembly_required.adapters.orm.{orm}.models")


def sqlalchemy_says(column: Any) -> tuple[str, bool, int | None, str | None]:
    refers = next((key.target_fullname for key in column.foreign_keys), None)
    kind = KINDS[str(column.type.as_generic()).partition("(")[0]]
    return kind, column.nullable, getattr(column.type, "length", None), refers


def flask_sqlalchemy() -> dict[str, Table]:
    tables = models("flask_sqlalchemy").db.metadata.sorted_tables
    return {table.name: {column.name: sqlalchemy_says(column) for column in table.columns} for table in tables}


def sqlalchemy_core() -> dict[str, Table]:
    tables = import_module("assembly_required.adapters.orm.sqlalchemy_core.tables").metadata.sorted_tables
    return {table.name: {column.name: sqlalchemy_says(column) for column in table.columns} for table in tables}


def peewee_says(field: Any) -> tuple[str, bool, int | None, str | None]:
    refers = getattr(field, "rel_model", None)
    return (
        KINDS[type(field).__name__],
        field.null,
        getattr(field, "max_length", None),
        f"{refers._meta.table_name}.{field.rel_field.column_name}" if refers else None,
    )


def peewee() -> dict[str, Table]:
    return {
        each._meta.table_name: {field.column_name: peewee_says(field) for field in each._meta.sorted_fields}
        for each in models("peewee").Base.__subclasses__()
    }


def django_says(field: Any) -> tuple[str, bool, int | None, str | None]:
    refers = field.related_model
    return (
        KINDS[type(field).__name__],
        field.null,
        field.max_length,
        f"{refers._meta.db_table}.{refers._meta.pk.column}" if refers else None,
    )


def django() -> dict[str, Table]:
    from django.apps import apps

    assert models("django")
    return {
        each._meta.db_table: {field.column: django_says(field) for field in each._meta.concrete_fields}
        for each in apps.get_models()
        if each.__module__ == models("django").__name__
    }


DESCRIBED: dict[str, Callable[[], dict[str, Table]]] = {
    "flask_sqlalchemy": flask_sqlalchemy,
    "sqlalchemy_core": sqlalchemy_core,
    "peewee": peewee,
    "django": django,
}
"""The functions that read each ORM's models. ``plain`` has no models; the other tests cover its SQL."""


def the_database_says(app: Flask) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    with by_hand(app) as connection:
        there = sqlalchemy.inspect(connection)
        for name in set(there.get_table_names()) - {"alembic_version"}:
            keys = {
                column: f"{key['referred_table']}.{referred}"
                for key in there.get_foreign_keys(name)
                for column, referred in zip(key["constrained_columns"], key["referred_columns"], strict=True)
            }
            tables[name] = {
                each["name"]: (
                    KINDS[str(each["type"]).partition("(")[0]],
                    each["nullable"],
                    getattr(each["type"], "length", None),
                    keys.get(each["name"]),
                )
                for each in there.get_columns(name)
            }
    return tables


def test_every_option_with_models_is_described() -> None:
    assert {*DESCRIBED, "plain"} == set(SLOTS["orm"].names)


@pytest.mark.parametrize("orm", DESCRIBED)
def test_the_models_are_what_the_database_has(app: Flask, orm: str) -> None:
    said, there = DESCRIBED[orm](), the_database_says(app)
    assert said.keys() == there.keys()
    for table in there:
        assert said[table] == there[table], table
