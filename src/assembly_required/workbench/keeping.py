"""Keep choices for all browsers: write them to ``instance/config.toml``, as ``flask stack set`` does."""

from collections.abc import Iterator, Mapping

from ..cli import configure
from ..stack.settings import Settings
from ..stack.slots import SLOTS, ConfigError

ARGUMENT = "the argument of create_app"


def keep_choices(settings: Settings, choices: Mapping[str, str]) -> list[str]:
    """Write choices, and return what to tell the visitor.

    :param settings: those of the app.
    :param choices: config keys and their values.
    :raises ConfigError: the options do not fit together, or the file cannot be read or written. It is not changed.
    """
    if not choices:
        return ["Nothing was written, because this browser uses what is configured."]
    try:
        path = configure.write(settings, choices, [])
    except OSError as error:
        raise ConfigError(
            f"{settings.instance / 'config.toml'} cannot be written: {error.strerror}.\n"
            "Make the file and its folder writable for the user that runs the server."
        ) from None
    notes = [f"Written to {path}. Other browsers are served by this stack when the server is started again."]
    if stronger := list(dict.fromkeys(find_stronger(settings, choices))):
        verb, it = ("overrides", "it") if len(stronger) == 1 else ("override", "them")
        notes.append(
            f"But {' and '.join(stronger)} {verb} the file. Remove {it} before the server is started again, "
            "or other browsers go on with what they have now."
        )
    return notes


def find_stronger(settings: Settings, choices: Mapping[str, str]) -> Iterator[str]:
    """Yield where the settings come from that override choices in the configuration file.

    ``STACK`` in a higher layer overrides all slots of the layers below. A slot in a higher layer overrides a stack.
    """
    for key in ["STACK", *(slot.key for slot in SLOTS.values())]:
        origin = settings.where(key)
        is_stronger = origin.startswith("FLASK_") or origin == ARGUMENT
        if is_stronger and settings.values[key] and (key in choices or key == "STACK" or "STACK" in choices):
            yield f"{origin} in the environment" if origin != ARGUMENT else f"{key} in {origin}"
