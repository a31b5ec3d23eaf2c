"""Turn the body of a response into lines to compare, without what is secret or differs each time."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..recording.masking import SIGNED
from .running import Result

LARGEST = 300_000
"""Characters of a body that are compared line by line."""


@dataclass(frozen=True)
class Text:
    """The body of a response, to compare.

    :param language: the name of its language for the highlighter; empty if it is no text.
    :param ignored: what was replaced, in words.
    :param note: what else to know about it; empty for nothing.
    """

    lines: list[str]
    language: str
    ignored: list[str] = field(default_factory=list)
    note: str = ""


REPLACED = (
    (
        "CSRF tokens",
        re.compile(
            r'(name="(?:csrf_token|csrfmiddlewaretoken)"[^>]*?\bvalue=")[^"]+|(name="csrf-token" content=")[^"]+'
        ),
    ),
    ("tokens of the API", re.compile(r'("(?:token|access_token)": ?")[^"]+')),
    ("signed texts", re.compile(f"(){SIGNED.pattern}")),
    ("random ends of slugs", re.compile(r'("slug": "[\w-]+-)[0-9a-f]{8}(?=")')),
    ("nonces", re.compile(r'(\bnonce=")[^"]+')),
)
"""What is replaced by an ellipsis: its name, and a pattern whose groups stay."""

MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[.\d]*Z")


def read_text(result: Result) -> Text:
    """Return the body of a response as lines. JSON is indented, and its names are sorted."""
    kind = result.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    size = f"{len(result.content):,} bytes"
    try:
        text = result.content.decode()
    except UnicodeDecodeError:
        return Text([], "", note=f"The answer is no text: {size} of {kind or 'unknown kind'}.")
    if "\0" in text:
        return Text([], "", note=f"The answer is no text: {size} of {kind or 'unknown kind'}.")
    is_json = kind.endswith("json")
    text, ignored = replace_varying(indent(text) if is_json else text, f"{result.recording.at:%Y-%m-%dT%H:%M:%S}")
    note = ""
    if len(text) > LARGEST:
        text = text[:LARGEST]
        note = f"The answer has {size}. Only the first {LARGEST:,} characters are compared line by line."
    return Text(text.splitlines(), "json" if is_json else "html" if "html" in kind else "text", ignored, note)


def indent(text: str) -> str:
    """Indent JSON, and sort its names, which have no order. A text that is not JSON stays as it is."""
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False, sort_keys=True)
    except ValueError:
        return text


def replace_varying(text: str, begun: str) -> tuple[str, list[str]]:
    """Replace what is secret or differs each time, and return what it was.

    :param begun: when the request began, in the format of the API. Later moments are replaced.

    >>> replace_varying('{"token": "MQ.x.y"}', "2026-01-01T00:00:00")
    ('{"token": "..."}', ['tokens of the API'])
    >>> replace_varying("2025-12-31T23:59:59.5Z, 2026-01-01T00:00:01.25Z", "2026-01-01T00:00:00")
    ('2025-12-31T23:59:59.5Z, now', ['moments since the request began'])
    """
    ignored = []
    for name, pattern in REPLACED:
        text, count = pattern.subn(keep_groups, text)
        if count:
            ignored.append(name)
    changed = MOMENT.sub(lambda moment: "now" if moment[0] >= begun else moment[0], text)
    return changed, ignored if changed == text else [*ignored, "moments since the request began"]


def keep_groups(found: re.Match[str]) -> str:
    """Return the groups of a match, and an ellipsis for the rest."""
    return "".join(filter(None, found.groups())) + "..."


def list_ignored(*texts: Text) -> Iterator[str]:
    """Yield what was replaced in any of several texts, each once."""
    yield from dict.fromkeys(name for text in texts for name in text.ignored)
