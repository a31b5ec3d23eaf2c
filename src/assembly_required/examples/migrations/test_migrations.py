"""The commands of each README, in a copy of its folder: create, change, take back, show where the database stands."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

FLASK, MANAGE = ["-m", "flask"], ["manage.py"]

# What to type, and what a database at the first and at the second step says of itself.
COMMANDS = {
    "flask_migrate": {
        "first": [*FLASK, "db", "upgrade", "0001"],
        "all": [*FLASK, "db", "upgrade"],
        "back": [*FLASK, "db", "downgrade"],
        "status": [*FLASK, "db", "current"],
        "check": [*FLASK, "db", "check"],
        "at first": "0001\n",
        "at second": "0002 (head)\n",
    },
    "plain": {
        "first": [*FLASK, "migrate", "up", "1"],
        "all": [*FLASK, "migrate", "up"],
        "back": [*FLASK, "migrate", "down"],
        "status": [*FLASK, "migrate", "status"],
        "at first": "[X] 0001_create_article\n[ ] 0002_add_slug\n",
        "at second": "[X] 0001_create_article\n[X] 0002_add_slug\n",
    },
    "django": {
        "first": [*MANAGE, "migrate", "blog", "0001"],
        "all": [*MANAGE, "migrate"],
        "back": [*MANAGE, "migrate", "blog", "0001"],
        "status": [*MANAGE, "showmigrations"],
        "check": [*MANAGE, "makemigrations", "--check"],
        "at first": "blog\n [X] 0001_initial\n [ ] 0002_article_slug\n",
        "at second": "blog\n [X] 0001_initial\n [X] 0002_article_slug\n",
    },
}
TABLES = {"django": "blog_article"}


@dataclass
class Project:
    """A copy of one folder."""

    name: str
    folder: Path

    def run(self, command):
        """Run one of the commands; return whether it succeeded, and what it prints."""
        arguments = [sys.executable, *COMMANDS[self.name][command]]
        done = subprocess.run(arguments, cwd=self.folder, capture_output=True, text=True, check=False)
        return done.returncode == 0, done.stdout if done.returncode == 0 else done.stderr

    def sql(self, statement):
        (path,) = self.folder.rglob("articles.sqlite3")
        with closing(sqlite3.connect(path)) as db, db:
            return db.execute(statement.format(table=TABLES.get(self.name, "article"))).fetchall()

    def columns(self):
        return [row[1] for row in self.sql("PRAGMA table_info({table})")]


@pytest.fixture(params=COMMANDS)
def project(request, tmp_path):
    source = Path(__file__).parent / f"{request.param}_app"
    return Project(request.param, shutil.copytree(source, tmp_path / source.name))


def succeed(project, command):
    succeeded, text = project.run(command)
    assert succeeded, text
    return text


def test_create_change_and_take_back(project):
    succeed(project, "first")
    assert succeed(project, "status") == COMMANDS[project.name]["at first"]
    assert project.columns() == ["id", "title"]
    project.sql("INSERT INTO {table} (title) VALUES ('On Orchids'), ('Ferns')")

    succeed(project, "all")
    assert succeed(project, "status") == COMMANDS[project.name]["at second"]
    assert project.columns() == ["id", "title", "slug"]
    assert project.sql("SELECT title, slug FROM {table}") == [("On Orchids", "on-orchids"), ("Ferns", "ferns")]
    with pytest.raises(sqlite3.IntegrityError):
        project.sql("INSERT INTO {table} (title, slug) VALUES ('None', NULL)")

    succeed(project, "back")
    assert succeed(project, "status") == COMMANDS[project.name]["at first"]
    assert project.columns() == ["id", "title"]
    assert project.sql("SELECT id, title FROM {table}") == [(1, "On Orchids"), (2, "Ferns")]


def test_all_steps_twice(project):
    succeed(project, "all")
    succeed(project, "all")
    assert succeed(project, "status") == COMMANDS[project.name]["at second"]
    assert project.columns() == ["id", "title", "slug"]


@pytest.mark.parametrize("project", ["flask_migrate", "django"], indirect=True)
def test_models_and_steps_agree(project):
    succeed(project, "all")
    succeed(project, "check")
    models = project.folder / ("app.py" if project.name == "flask_migrate" else "blog/models.py")
    models.write_text(models.read_text().replace("200", "300"))
    succeeded, _ = project.run("check")
    assert not succeeded


@pytest.mark.parametrize("project", ["plain"], indirect=True)
def test_a_step_that_fails_changes_nothing(project):
    succeed(project, "all")
    step = project.folder / "sql" / "0003_broken.up.sql"
    step.write_text("ALTER TABLE article ADD COLUMN body TEXT; UPDATE missing SET body = '';")
    succeeded, text = project.run("all")
    assert not succeeded
    assert "Error: 0003_broken.up.sql: no such table: missing" in text
    assert project.columns() == ["id", "title", "slug"]
    assert succeed(project, "status") == COMMANDS["plain"]["at second"] + "[ ] 0003_broken\n"


@pytest.mark.parametrize("project", ["plain"], indirect=True)
def test_no_step_to_take_back(project):
    succeeded, text = project.run("back")
    assert not succeeded
    assert text == "Error: There is no step to take back. Apply the first: flask migrate up 1\n"
