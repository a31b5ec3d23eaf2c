"""What each candidate installs, and the code of one's own that it takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import distribution, version

from packaging.requirements import Requirement

from ...stack.slots import SLOTS
from ..peers import PEERS, read_brought
from ..weight import PROJECT, add_packages, count_lines, count_stack, list_distributions, list_requirements
from .candidates import Candidate
from .data import SHARED


@dataclass(frozen=True)
class Weight:
    """What a candidate installs.

    :param packages: the size in bytes of each distribution.
    :param lines: the lines of code that fill the slots: adapters of a stack, or files of a peer.
    """

    packages: dict[str, int]
    lines: int

    @property
    def megabytes(self) -> float:
        """The size of all packages, in millions of bytes."""
        return sum(self.packages.values()) / 1_000_000


def weigh(candidate: Candidate, *extras: str) -> Weight | None:
    """Weigh a stack or a peer. Baselines are not weighed, because they do less.

    :param extras: extras of this project that every candidate needs, such as that of the database.
    """
    project = distribution(PROJECT)
    common = [each for extra in extras for each in list_requirements(project, extra)]
    if candidate.kind == "control":
        return None
    if candidate.peer:
        requirements = [*common, *list_requirements(project, PEERS[candidate.peer].extra)]
        return Weight(add_all(requirements), count_peer_lines(candidate.peer))
    if candidate.choice is None:
        return None
    stack = {slot: SLOTS[slot].option(name) for slot, name in candidate.choice.items()}
    own = (each for slot, option in stack.items() for each in list_distributions(SLOTS[slot], option))
    return Weight(add_all([Requirement("flask"), *common, *own]), sum(count_stack(stack).values()))


def add_all(requirements: Iterable[Requirement]) -> dict[str, int]:
    """Return the sizes of distributions and of all that they need."""
    packages: dict[str, int] = {PROJECT: 0}
    for each in requirements:
        add_packages(each, packages)
    del packages[PROJECT]
    return packages


def count_peer_lines(name: str) -> int:
    """Count the lines of a peer that do the work of slots.

    A peer that shares code with another also needs the files of the other that it does not replace by its own.
    """
    files = {
        (part, path.name): path
        for peer in (SHARED.get(name), name)
        if peer
        for part, paths in read_brought(PEERS[peer]).items()
        if part in SLOTS
        for path in paths
    }
    return sum(map(count_lines, files.values()))


def find_versions(weights: Iterable[Weight]) -> dict[str, str]:
    """Return the version of each distribution that a candidate installs."""
    return {name: version(name) for name in sorted({name for weight in weights for name in weight.packages})}
