"""Change what guards the site, one spot at a time, and see whether a test fails: ``python .ci/mutation cors``.

The exit code is 1 if the tests notice less than 90 % of the mutants of an area.
"""

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter, defaultdict
from compileall import compile_dir
from pathlib import Path
from py_compile import PycInvalidationMode
from subprocess import run
from tempfile import TemporaryDirectory
from time import monotonic

from areas import Unit, load_units
from forking import import_libraries, run_tests
from mutants import Mutant, create_mutants

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path("src", "assembly_required")
BAR = 90
"""Per cent of the mutants of each area that the tests have to notice."""


def main() -> int:
    units = load_units()
    arguments = _parse_arguments(units)
    chosen = [(unit, mutants) for unit in units if (mutants := read_mutants(unit, arguments.name))]
    if arguments.list:
        for unit, mutants in chosen:
            print(*(f"{unit.area}: {_describe(mutant)}" for mutant in mutants), sep="\n")
        return 0
    import_libraries()
    counts: Counter[str] = Counter()
    survivors: dict[str, list[tuple[Mutant, str]]] = defaultdict(list)
    with TemporaryDirectory() as folder:
        project = copy_project(Path(folder))
        for unit, mutants in chosen:
            counts[unit.area] += len(mutants)
            found = test_mutants(project, unit, mutants)
            survivors[unit.area] += [(mutant, unit.survivors.get(mutant.after, "")) for mutant in found]
    return report(counts, survivors)


def _parse_arguments(units: list[Unit]) -> Namespace:
    parser = ArgumentParser(prog="python .ci/mutation", description=__doc__)
    areas = ", ".join(sorted({unit.area for unit in units}))
    modules = {module for unit in units for module in unit.modules}
    parser.add_argument(
        "name", nargs="*", help=f"areas ({areas}), modules, or lines like web/api/cors.py:24; default: all"
    )
    parser.add_argument("--list", action="store_true", help="list the mutants and test nothing")
    arguments = parser.parse_args()
    for name in arguments.name:
        if name.partition(":")[0] not in modules | {unit.area for unit in units}:
            parser.error(f"{name!r} is no area, and areas.toml has no such module. The areas are {areas}.")
    return arguments


def read_mutants(unit: Unit, names: list[str]) -> list[Mutant]:
    """Return the mutants of a unit that these names name."""
    wanted = {name.partition(":")[0] for name in names}
    modules = [module for module in unit.modules if not names or {unit.area, module} & wanted]
    sources = [(module, (ROOT / PACKAGE / module).read_text()) for module in modules]
    mutants = [mutant for module, source in sources for mutant in create_mutants(unit, module, source)]
    return [each for each in mutants if not names or {unit.area, each.module, f"{each.module}:{each.line}"} & {*names}]


def copy_project(folder: Path) -> Path:
    """Copy what git knows, so that the mutants do not get in the way of other work, and compile it.

    The bytecode is checked by the hash of the source: by the time and the length, one mutant looks like the next.
    """
    files = run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
    for name in filter(None, files):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
    compile_dir(folder / "src", quiet=2, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
    return folder


def test_mutants(project: Path, unit: Unit, mutants: list[Mutant]) -> list[Mutant]:
    """Return the mutants that no test notices. A run that does not end in time has noticed an endless loop.

    :raises SystemExit: the tests fail without a mutant too.
    """
    start = monotonic()
    if run_tests(project, unit.tests, timeout=None, is_baseline=True) != 0:
        raise SystemExit(f"Without a mutant, the tests have to pass. Run: pytest {' '.join(unit.tests)}")
    timeout = 30 + 4 * (monotonic() - start)
    survivors = []
    for number, mutant in enumerate(mutants, start=1):
        path = project / PACKAGE / mutant.module
        original = path.read_bytes()
        path.write_text(mutant.code)
        noticed = run_tests(project, unit.tests, timeout) != 0
        path.write_bytes(original)
        if not noticed:
            survivors.append(mutant)
        verdict = "killed" if noticed else f"SURVIVED {_describe(mutant)}"
        print(f"{number}/{len(mutants)} {mutant.module} after {monotonic() - start:.0f} s: {verdict}", file=sys.stderr)
    return survivors


def report(counts: Counter[str], survivors: dict[str, list[tuple[Mutant, str]]]) -> int:
    """Print a table and each survivor; return the exit code."""
    is_good = True
    for area, count in counts.items():
        killed = count - len(survivors[area])
        is_good = is_good and killed * 100 >= BAR * count
        print(f"{area}: {killed} of {count} mutants killed ({killed / count:.1%})")
        for mutant, reason in survivors[area]:
            print(f"  {_describe(mutant)}\n      {reason or 'not explained'}")
    return 0 if is_good else 1


def _describe(mutant: Mutant) -> str:
    return f"{mutant.module}:{mutant.line}\n    - {mutant.before}\n    + {mutant.after}"


if __name__ == "__main__":
    sys.exit(main())
