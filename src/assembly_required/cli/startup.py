"""Print the stack when ``flask run`` or ``flask setup`` starts.

The lines name the option of each slot, and each option that differs from the stack because of another option. Other
commands and other servers print nothing.
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
from ..stack.describe import find_changed


def announce(app: Flask) -> None:
    """Print the stack on standard error, if ``flask run`` loads the app."""
    context = click.get_current_context(silent=True)
    if context is None or context.info_name != "run" or is_running_from_reloader():
        return
    for line in describe_stack(assembled(app)):
        click.echo(f" * {line}", err=True)
    if not app.config["SECRET_KEY"]:
        click.echo(f" * Not set up yet. Run: {format_command('setup')}", err=True)
    elif app.config["WORKBENCH"]:
        click.echo(" * To swap parts in the browser, open /workbench", err=True)


def describe_stack(parts: Assembled) -> list[str]:
    """Describe the stack in one line, with one more line for each option that was replaced to fit the others."""
    options = " ".join(f"{name}={chosen.option.name}" for name, chosen in parts.choice.items())
    replaced = [
        f"{name} = {chosen.option.name}, {chosen.why}"
        for name, chosen in parts.choice.items()
        if chosen.why.startswith("because")
    ]
    stack = parts.settings.values["STACK"]
    changed = ", changed" if find_changed(stack, parts.choice) else ""
    return [f"Stack {stack}{changed}: {options}", *replaced]


def format_command(command: str) -> str:
    """Format ``flask <command>`` so that it works in this folder, even if the virtual environment is not activated."""
    words = [*find_flask(), *find_app_option(), command]
    return shlex.join(words)


def find_flask() -> list[str]:
    """Find the shortest command that starts this installation of Flask."""
    here = Path(sys.executable).with_name("flask")
    if not here.exists():
        return [sys.executable, "-m", "flask"]
    on_path = shutil.which("flask")
    if on_path and Path(on_path).absolute() == here:
        return ["flask"]
    return [str(here.relative_to(Path.cwd()) if here.is_relative_to(Path.cwd()) else here)]


def find_app_option() -> list[str]:
    """Return the ``--app`` option of the command line, if there is one."""
    context = click.get_current_context(silent=True)
    path = context.ensure_object(ScriptInfo).app_import_path if context else None
    return ["--app", path] if path and "FLASK_APP" not in os.environ else []


def server_url() -> str:
    """Return the address of ``flask run``, from Flask's environment variables."""
    scheme = "https" if os.environ.get("FLASK_RUN_CERT") else "http"
    host = os.environ.get("FLASK_RUN_HOST") or "127.0.0.1"
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - nothing listens on this address
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{os.environ.get('FLASK_RUN_PORT') or 5000}"
