"""Settings that have no effect, and packages that this project was not tested with."""

import os
from collections.abc import Collection, Iterator
from importlib.metadata import PackageNotFoundError, requires, version

from flask import Flask
from packaging.requirements import Requirement

from ..stack.assembly import assembled
from ..stack.names import find_close
from ..stack.settings import KEYS, LOCATION
from .registry import Finding, register

OF_FLASK = {"APP", "DEBUG", "ENV_FILE", "SKIP_DOTENV"}
"""What the ``flask`` command reads, beside the options of its commands."""

OF_COMMANDS = ("RUN_", "SHELL_")


@register()
def check_environment(app: Flask) -> Iterator[Finding]:
    """Check that each variable ``FLASK_...`` is one that something reads."""
    for variable in sorted(os.environ):
        key = variable.removeprefix("FLASK_")
        if key == variable or key in {*KEYS, LOCATION, *OF_FLASK} or key.startswith(OF_COMMANDS):
            continue
        meant = find_close(key, KEYS)
        hint = f"Did you mean FLASK_{meant}?" if meant else "Remove it."
        if key in app.default_config:
            hint = f"Write {key} into instance/config.toml instead."
        yield Finding("config.W002", f"Nothing reads the environment variable {variable}.", hint)


@register()
def check_versions(app: Flask) -> Iterator[Finding]:
    """Check that the packages of the chosen options have versions that this project was tested with."""
    extras = {chosen.option.extra for chosen in assembled(app).choice.values()}
    if app.config["DATABASE"].dialect == "postgresql":
        extras.add("postgresql")
    for requirement, installed in find_untested(extras):
        yield Finding(
            "config.W003",
            f"{requirement.name} {installed} is installed, but this project was tested with {requirement.specifier}.",
            f"Run: pip install '{requirement.name}{requirement.specifier}'",
        )


def find_untested(extras: Collection[str]) -> Iterator[tuple[Requirement, str]]:
    """Find installed packages outside the range that the metadata of this project states."""
    for requirement in list_requirements(extras):
        try:
            installed = version(requirement.name)
        except PackageNotFoundError:
            continue  # an option that is not installed is refused when the app is built
        if not requirement.specifier.contains(installed, prereleases=True):
            yield requirement, installed


def list_requirements(extras: Collection[str]) -> Collection[Requirement]:
    """List what this project needs with these extras. A package that several extras need is listed once."""
    requirements = map(Requirement, requires("assembly-required") or ())
    return {
        requirement.name: requirement
        for requirement in requirements
        if requirement.marker is None or any(requirement.marker.evaluate({"extra": extra}) for extra in extras)
    }.values()


@register()
def check_unused_settings(app: Flask) -> Iterator[Finding]:
    """Check that each setting belongs to an option that is in use."""
    parts = assembled(app)
    for name, chosen in parts.choice.items():
        used = {*chosen.slot.settings, *chosen.option.settings}
        for key in chosen.slot.all_settings():
            if key in parts.settings.origins and key not in used:
                yield Finding(
                    "config.I004",
                    f"{key} (from {parts.settings.where(key)}) has no effect: {name} = {chosen.option.name} "
                    "does not read it.",
                    f"Remove it, or choose another option of {name}.",
                )
