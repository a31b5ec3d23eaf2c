"""Keep a call in huey's SQLite file until it has ended, so that a killed consumer loses nothing.

huey's own storage deletes a call when a worker takes it, and a scheduled one before it is queued. Here it is moved to
another table in the same transaction.
"""

import datetime
import sqlite3
from typing import Any

from huey import SqliteHuey
from huey.storage import SqliteStorage


class KeepingStorage(SqliteStorage):
    """huey's SQLite storage, with a table of the calls that are running."""

    ddl = [
        *SqliteStorage.ddl,
        "create table if not exists running (id integer not null primary key autoincrement, queue text not null, "
        "data blob not null)",
    ]

    def _create_connection(self) -> sqlite3.Connection:
        """Create the tables at the first use, because the instance folder may not exist before."""
        connection: sqlite3.Connection = super()._create_connection()
        for statement in self.ddl:
            connection.execute(statement)
        return connection

    def take(self) -> tuple[int, bytes] | None:
        """Move the next call to the table of running ones, and return its number there and its message."""
        if not self.queue_size():
            return None
        with self.db(commit=True) as cursor:
            cursor.execute("select id, data from task where queue = ? order by priority desc, id limit 1", (self.name,))
            row = cursor.fetchone()
            if row is None:
                return None
            cursor.execute("delete from task where id = ?", (row[0],))
            cursor.execute("insert into running (queue, data) values (?, ?)", (self.name, row[1]))
            return cursor.lastrowid, row[1]

    def finish(self, number: int) -> None:
        """Forget a call that has ended. If it is to be tried again, huey has scheduled it before."""
        self.sql("delete from running where id = ?", (number,), commit=True)

    def restore(self) -> None:
        """Put the calls that a killed consumer has left back into the queue."""
        self._move("running", "queue = ?", (self.name,))

    def read_schedule(self, ts: datetime.datetime) -> list[bytes]:
        """Queue the calls that are due. huey would delete them first and queue them afterwards."""
        self._move("schedule", "queue = ? and timestamp <= ?", (self.name, ts.timestamp()))
        return []

    def _move(self, table: str, condition: str, values: tuple[Any, ...]) -> None:
        with self.db(commit=True) as cursor:
            cursor.execute(
                f"insert into task (queue, data) select queue, data from {table} where {condition}",  # noqa: S608
                values,
            )
            cursor.execute(f"delete from {table} where {condition}", values)  # noqa: S608


class KeepingHuey(SqliteHuey):
    """huey with that storage."""

    storage_class = KeepingStorage

    def dequeue(self) -> Any:
        taken = self.storage.take()
        if taken is None:
            return None
        number, data = taken
        task = self.deserialize_task(data)
        task.number = number
        return task

    def execute(self, task: Any, timestamp: datetime.datetime | None = None) -> Any:
        value = super().execute(task, timestamp)
        self.storage.finish(task.number)
        return value
