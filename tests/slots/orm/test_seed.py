"""``flask seed`` writes the same rows with every ORM."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from assembly_required.data.seed import counts, fill, find_users, remove
from assembly_required.stack.assembly import assembled
from assembly_required.stack.slots import SLOTS
from tests.conftest import MakeApp
from tests.slots.orm.conftest import by_hand


class NoHashing:
    def hash(self, password: str) -> str:
        return "the same for all"

    def verify(self, password_hash: str, password: str) -> bool:
        return False


def rows(make_app: MakeApp, instance: Path, orm: str, **place: Any) -> dict[str, list[Any]]:
    app = make_app(instance, STACK_ORM=orm, **place)
    with app.app_context():
        fill(assembled(app).store, NoHashing(), users=30, articles=100)
    with by_hand(app) as connection:
        return {
            table: [tuple(row) for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY id"))]  # noqa: S608
            for table in counts(30, 100)
        }


def test_every_orm_loads_the_same_rows(make_app: MakeApp, tmp_path: Path) -> None:
    first, *others = (rows(make_app, tmp_path / orm, orm) for orm in SLOTS["orm"].names)
    assert len(first["articles"]) == 100
    for other in others:
        assert other == first


@pytest.mark.full
def test_and_into_postgresql(make_app: MakeApp, tmp_path: Path, postgresql: Callable[[], Any]) -> None:
    loaded = []
    for orm in SLOTS["orm"].names:
        with postgresql() as url:
            loaded.append(rows(make_app, tmp_path / orm, orm, DATABASE_URL=url))
    assert len(loaded[0]["articles"]) == 100
    assert all(each == loaded[0] for each in loaded)


@pytest.mark.full
def test_and_removed_from_postgresql(make_app: MakeApp, tmp_path: Path, postgresql: Callable[[], Any]) -> None:
    for orm in SLOTS["orm"].names:
        with postgresql() as url:
            app = make_app(tmp_path / orm, STACK_ORM=orm, DATABASE_URL=url)
            store = assembled(app).store
            with app.app_context():
                fill(store, NoHashing(), users=10, articles=10)
                remove(store, find_users(store))
            with by_hand(app) as connection:
                left = [connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() for table in counts(1, 0)]  # noqa: S608
            assert left == [0] * 7, orm
