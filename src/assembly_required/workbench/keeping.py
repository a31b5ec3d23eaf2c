"""Keep choices for all browsers: write them to ``instance/config.toml``, as ``flask stack set`` does."""

from collections.abc import Mapping

from ..cli import configure
from ..stack.settings import Settings, read_settings


def keep_choices(settings: Settings, choices: Mapping[str, str]) -> list[str]:
    """Write choices, and return what to tell the visitor.

    :param settings: those of the app.
    :param choices: config keys and their values.
    :raises ConfigError: the options do not fit together, or the file cannot be read. It is not changed.
    """
    if not choices:
        return ["Nothing was written, because this browser uses what is configured."]
    path = configure.write(settings, choices, [])
    now = read_settings({"INSTANCE_PATH": str(settings.instance)}, settings.root)
    overridden = [key for key in choices if now.where(key).startswith("FLASK_")]
    notes = [f"Written to {path}. Other browsers are served by this stack when the server is started again."]
    if overridden:
        names = " and ".join(now.where(key) for key in overridden)
        notes.append(
            f"{names} in the environment {'overrides' if len(overridden) == 1 else 'override'} the file. "
            "Remove it there before the server is started again."
        )
    return notes
