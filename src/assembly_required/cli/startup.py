"""What ``flask run`` and ``flask setup`` print about the stack.

A few lines on standard error name the options, and each option that replaced the stack's own choice. Other commands
and servers print nothing.
"""

import os
import shlex
import shutil
import sys
from pathlib import Path

import click
from flask import Flask
from flask.cli import ScriptInfo
from werkzeug.serving import is_running_from_reloader

from ..stack.assembly import Assembled, assembled


def announce(app: Flask) -> None:
    """Print which stack starts, if ``flask run`` loads the app."""
    context = click.get_current_context(silent=True)
    if context is None or context.info_name != "run" or is_running_from_reloader():
        return
    for line in describe_stack(assembled(app)):
        click.echo(f" * {line}", err=True)
    if not app.config["SECRET_KEY"]:
        click.echo(f" * Not set up yet. Run: {format_command('setup')}", err=True)


def describe_stack(parts: Assembled) -> list[str]:
    """The stack in one line, and a line for each option that was replaced to fit the others."""
    options = " ".join(f"{name}={chosen.option.name}" for name, chosen in parts.choice.items())
    replaced = [
        f"{name} = {chosen.option.name}, {chosen.why}"
        for name, chosen in parts.choice.items()
        if chosen.why.startswith("because")
    ]
    return [f"Stack {parts.settings.values['STACK']}: {options}", *replaced]


def format_command(command: str) -> str:
    """``flask <command>`` as it can be typed in this folder, whether or not the environment is activated."""
    words = [*find_flask(), *app_option(), command]
    return shlex.join(words)


def find_flask() -> list[str]:
    """The shortest way to start this installation of Flask."""
    here = Path(sys.executable).with_name("flask")
    if not here.exists():
        return [sys.executable, "-m", "flask"]
    on_path = shutil.which("flask")
    if on_path and Path(on_path).absolute() == here:
        return ["flask"]
    return [str(here.relative_to(Path.cwd()) if here.is_relative_to(Path.cwd()) else here)]


def app_option() -> list[str]:
    """``--app``, if it was given on the command line."""
    context = click.get_current_context(silent=True)
    path = context.ensure_object(ScriptInfo).app_import_path if context else None
    return ["--app", path] if path and "FLASK_APP" not in os.environ else []


def server_url() -> str:
    """The address at which ``flask run`` serves, by Flask's own environment variables."""
    scheme = "https" if os.environ.get("FLASK_RUN_CERT") else "http"
    host = os.environ.get("FLASK_RUN_HOST") or "127.0.0.1"
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - no address to open
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{os.environ.get('FLASK_RUN_PORT') or 5000}"
