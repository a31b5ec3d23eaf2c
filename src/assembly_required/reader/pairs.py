"""Put two sides of a slot next to each other: sections that do the same job, in one row."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import unified_diff
from functools import cache
from pathlib import Path

from markupsafe import Markup

from ..stack.interfaces import INTERFACES
from ..stack.slots import SLOTS
from .highlighting import highlight_file, highlight_text
from .listings import Listing, make_listing
from .places import Side
from .sections import Section, split_file


@dataclass(frozen=True)
class Piece:
    """A section of one of a side's files."""

    file: str
    path: Path
    section: Section

    @property
    def title(self) -> str:
        """What it does: its steps, its name, or that of a file that is no Python."""
        other = "imports and other code" if self.path.suffix == ".py" else self.file
        return ", ".join(self.section.steps) or self.section.short_name or other


@dataclass(frozen=True)
class Row:
    """Two listings that do the same job.

    :param left: the listing of the left side; ``None`` if it has nothing for the job.
    :param right: that of the right side.
    :param gap: why a side may have nothing.
    """

    title: str
    left: Listing | None
    right: Listing | None
    gap: str = ""


UNMARKED = "Only examples mark their steps. Look for the same names further down."
INHERITED = "The interface of the slot asks for it, so it is inherited from a class of the library."

Same = Callable[[Piece, Piece], bool]


def has_same_step(one: Piece, other: Piece) -> bool:
    """Check whether both do a step of the same name."""
    return bool({*one.section.steps} & {*other.section.steps})


def has_same_place(one: Piece, other: Piece) -> bool:
    """Check whether both have the same name in files of the same name."""
    return one.file == other.file and has_same_name(one, other)


def has_same_name(one: Piece, other: Piece) -> bool:
    """Check whether both have the same name. Code without a name has that of its file."""
    if not one.section.name:
        return not other.section.name and one.file == other.file
    return one.section.short_name == other.section.short_name


def has_same_role(one: Piece, other: Piece) -> bool:
    """Check whether both are classes whose names end with the same word, such as ``PeeweeStore`` and ``SQLStore``."""
    roles = [re.findall(r"[A-Z][a-z]+$", piece.section.short_name) for piece in (one, other)]
    return bool(roles[0]) and roles[0] == roles[1]


def align(left: Side, right: Side) -> list[Row]:
    """Pair the sections of two sides. Those of the right that have no counterpart come where they are in their file."""
    pieces, others, sides = list(list_pieces(left)), list(list_pieces(right)), (left, right)
    partners = match(pieces, others)
    rows: list[Row] = []
    shown: set[int] = set()
    for number, piece in enumerate(pieces):
        partner = partners.get(number)
        if partner is not None:
            lonely = [each for each in range(partner) if each not in shown and each not in partners.values()]
            rows += [make_row(None, others[each], sides) for each in lonely]
            shown |= {*lonely, partner}
        rows.append(make_row(piece, None if partner is None else others[partner], sides))
    rest = [each for each in range(len(others)) if each not in shown and each not in partners.values()]
    return rows + [make_row(None, others[each], sides) for each in rest]


def match(pieces: list[Piece], others: list[Piece]) -> dict[int, int]:
    """Find a partner for each piece, by the strongest rule first; return numbers."""
    partners: dict[int, int] = {}
    free = dict(enumerate(others))
    rules: tuple[Same, ...] = (has_same_step, has_same_place, has_same_name, has_same_role)
    for same in rules:
        for number, piece in enumerate(pieces):
            if number not in partners:
                found = next((each for each, other in free.items() if same(piece, other)), None)
                if found is not None:
                    partners[number] = found
                    del free[found]
    return partners


def list_pieces(side: Side) -> Iterator[Piece]:
    """List the sections of a side's files. A file that is not Python is one section."""
    for file, path in side.files.items():
        sections = split_file(path) if path.suffix == ".py" else [Section("", 1, len(highlight_file(path)))]
        yield from (Piece(file, path, section) for section in sections)


def make_row(left: Piece | None, right: Piece | None, sides: tuple[Side, Side]) -> Row:
    """Make a row of two pieces, of which one may be missing."""
    one, other = (make_listing(piece.path, piece.section) if piece else None for piece in (left, right))
    if left and right:
        return Row(left.title, one, other)
    lonely, side = (left, sides[1]) if left else (right, sides[0])
    if lonely is None:
        raise ValueError("A row needs a piece.")
    return Row(lonely.title, one, other, explain_gap(lonely, side))


def explain_gap(piece: Piece, side: Side) -> str:
    """Explain why a side has no counterpart of a piece, from what the piece and the side are."""
    slot = next((name for name in SLOTS if name in piece.path.parts), "")
    if piece.section.steps:
        return "The library does this step, or another step does it as well." if side.is_example else UNMARKED
    if piece.path.suffix != ".py":
        return "It needs no such file."
    if not piece.section.name:
        return "It has no such module, or no code outside of definitions in it."
    if piece.section.short_name in list_methods(slot):
        return INHERITED if side.is_adapter else "Only adapters have the interface that asks for it."
    return "It is how the other side does its job; no interface asks for it."


@cache
def list_methods(slot: str) -> frozenset[str]:
    """List what the interface of a slot asks for."""
    interface = INTERFACES.get(slot)
    return frozenset(name for name in vars(interface) if not name.startswith("_")) if interface else frozenset()


def write_diff(left: Side, right: Side) -> list[tuple[str, Markup]]:
    """Write a unified diff for each two files of the same name, or of two sides that have one file each."""
    names = [(name, name) for name in dict.fromkeys([*left.files, *right.files])]
    if len(left.files) == len(right.files) == 1:
        names = list(zip(left.files, right.files, strict=True))
    return [_diff(left.files.get(one), right.files.get(other), left, right) for one, other in names]


def _diff(one: Path | None, other: Path | None, left: Side, right: Side) -> tuple[str, Markup]:
    name, other_name = f"{left.title}: {_name(one)}", f"{right.title}: {_name(other)}"
    before, after = (path.read_text(encoding="utf-8").splitlines() if path else [] for path in (one, other))
    lines = unified_diff(before, after, name, other_name, lineterm="")
    return f"{name} | {other_name}", highlight_text("\n".join(lines), "diff")


def _name(path: Path | None) -> str:
    return path.name if path else "nothing"
