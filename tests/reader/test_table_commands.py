"""The commands that the tables name exist, with their options."""

import re
from collections.abc import Callable

import click
import pytest
from flask import Flask
from flask.cli import FlaskGroup, ScriptInfo

from assembly_required.reader.references import TABLES, read_table

COMMAND = re.compile(r"`flask ([^`]+)`")


def list_commands() -> list[str]:
    return sorted({command for table in TABLES for command in COMMAND.findall(str(read_table(table)))})


@pytest.mark.parametrize("line", list_commands())
def test_a_command_exists_with_its_options(line: str, make_app: Callable[..., Flask]) -> None:
    info = ScriptInfo(create_app=make_app)
    flask = FlaskGroup(add_version_option=False)
    with click.Context(flask, obj=info) as top:  # it closes the context of the app that the group opens
        command: click.Command | None = flask
        context = top
        for word in line.split():
            assert command is not None
            if word.startswith("-"):
                assert any(word in each.opts for each in command.params), line
            elif isinstance(command, click.Group):
                command = command.get_command(context, word)
                assert command, line
                context = click.Context(command, parent=context, info_name=word, obj=info)


def test_commands_are_named() -> None:
    assert "stack sql" in list_commands()
