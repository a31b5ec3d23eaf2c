"""The seeded databases for the measurements: one for the stacks, one for each peer, with the same rows.

They are kept in ``instance/compare/``. Each file name contains a digest of the code that makes the data. When the code
changes, the files are made again. Each run uses copies, because one of the requests writes. On PostgreSQL, each run
makes its own data.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol
from urllib.parse import quote

from filelock import FileLock

from ...data import seed
from ...data.export import export_seed, format_lines
from ...data.prose import username
from ...factory import create_app
from ...stack.assembly import assembled
from ...stack.settings import Settings
from ...web import firstrun
from ..peers import PEERS, Place, read_brought
from ..postgresql import create_database, vacuum
from .candidates import Candidate

SECRET_KEY = "the same for every candidate, and long enough for HS256"  # noqa: S105 - used only for measurements

BLOG = "blog"
"""The database of the stacks and baselines. Those of the peers have their names."""

SHARED = {"fastapi_async": "fastapi"}
"""Peers that use the database of another peer."""


@dataclass(frozen=True)
class Size:
    """The number of users and articles."""

    users: int
    articles: int


class Bar(Protocol):
    """A progress bar."""

    def update(self, n_steps: int) -> None:
        """Advance by ``n_steps``."""


class Bars(Protocol):
    """Creates a progress bar for one part of the run."""

    def __call__(self, label: str, length: int) -> AbstractContextManager[Bar]: ...


@dataclass(frozen=True)
class Data:
    """The databases of one run.

    :param folder: for files that the candidates may write.
    :param file: the SQLite database of the stacks. On PostgreSQL, only what is to be requested is read from it.
    :param urls: the URL of each database, by name.
    :param user: the id of the user who sends the requests, one from the middle.
    """

    folder: Path
    file: Path
    urls: Mapping[str, str]
    user: int

    @property
    def login(self) -> bytes:
        """The JSON with which the user signs in."""
        email = seed.email(username(self.user - seed.FIRST_ID + 1))
        return json.dumps({"user": {"email": email, "password": seed.PASSWORD}}).encode()

    def arguments(self, candidate: Candidate) -> dict[str, Any]:
        """Return what the function that builds a candidate needs: ``arguments``, and ``file`` for a baseline."""
        if candidate.options is None:
            return {"arguments": None, "file": None}
        arguments = {"secret_key": SECRET_KEY, **candidate.options}
        if candidate.by_hand:
            return {"arguments": arguments, "file": str(self.file)}
        place = {"database": self.urls[BLOG], "instance": str(self.folder)}
        return {"arguments": {**arguments, **place}, "file": None}

    def environment(self, candidate: Candidate) -> dict[str, str]:
        """Return the environment variables that name the database of a peer."""
        return locate(self.folder, self.urls[candidate.peer]) if candidate.peer else {}


@contextmanager
def provide(
    candidates: Iterable[Candidate], settings: Settings, size: Size, bars: Bars, server: str | None
) -> Iterator[Data]:
    """Provide the databases that candidates need, until the end of the context.

    :param server: the URL of a PostgreSQL server, instead of SQLite.
    :raises PeerError: the data of a peer cannot be made.
    :raises NoServer: databases cannot be created on the server.
    """
    names = [BLOG, *(each.peer for each in candidates if each.peer)]
    with TemporaryDirectory(ignore_cleanup_errors=True) as name, ExitStack() as stack:
        folder = Path(name)
        (folder / "django-static").mkdir()  # where WhiteNoise looks for files
        blog = copy(ensure_database(BLOG, settings, size, bars), folder / f"{BLOG}.sqlite3")
        if server:
            urls = {name: stack.enter_context(create_database(server)) for name in names}
            for name, url in urls.items():
                fill(name, url, folder, settings, size, bars)
                vacuum(url)
        else:
            urls = {BLOG: format_url(blog)}
            for name in names[1:]:
                kept = ensure_database(SHARED.get(name, name), settings, size, bars)
                urls[name] = format_url(copy(kept, folder / f"{name}.sqlite3"))
        yield Data(folder, blog, urls, seed.FIRST_ID + size.users // 2)


def ensure_database(name: str, settings: Settings, size: Size, bars: Bars) -> Path:
    """Return the kept database of this name and size. Make it if it is missing or its code has changed."""
    folder = settings.instance / "compare"
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{name}-{size.users}-{size.articles}"
    path = folder / f"{stem}-{digest(list_sources(name, settings.root))}.sqlite3"
    with FileLock(folder / "compare.lock"):
        if not path.exists():
            for old in folder.glob(f"{stem}-*"):
                old.unlink()
            with TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as elsewhere:
                made = Path(elsewhere) / "made.sqlite3"
                fill(name, format_url(made), Path(elsewhere), settings, size, bars)
                copy(made, Path(elsewhere) / path.name).replace(path)
    return path


def list_sources(name: str, root: Path) -> list[Path]:
    """List the files that decide what is in a database."""
    sources = [*Path(seed.__file__).parent.glob("*.py")]
    if name == BLOG:
        return [*sources, *(root / "migrations").rglob("*.py"), *(root / "migrations").rglob("*.sql")]
    brought = read_brought(PEERS[name])
    return [*sources, *brought["orm"], *brought["migrations"], *brought["project"]]


def digest(sources: Iterable[Path]) -> str:
    """Return a short text that differs when the content of a file does."""
    found = sha256()
    for path in sorted(sources):
        found.update(path.read_bytes())
    return found.hexdigest()[:12]


def fill(name: str, url: str, folder: Path, settings: Settings, size: Size, bars: Bars) -> None:
    """Create the schema of a database, and write the rows."""
    total = sum(seed.counts(size.users, size.articles).values())
    with bars(f"data of {name}", total) as bar:
        if name == BLOG:
            fill_blog(url, folder, settings, size, bar.update)
        else:
            place = Place(PEERS[name], folder, locate(folder, url))
            place.call(place.peer.setup)
            place.feed(place.peer.load, report_rows(export_seed(size.users, size.articles), bar.update))


def fill_blog(url: str, folder: Path, settings: Settings, size: Size, progress: Callable[[int], object]) -> None:
    """Write the rows with the default stack, independent of the configuration of this installation."""
    config = {
        "STACK": "classic",
        "INSTANCE_PATH": str(folder),
        "DATABASE_URL": url,
        "SECRET_KEY": SECRET_KEY,
        "SCRYPT_COST": 6,
    }
    app = create_app(config, root=settings.root)
    parts = assembled(app)
    with app.app_context():
        firstrun.set_up(app, parts.settings, parts.migrations)
        seed.fill(parts.store, parts.hashing, size.users, size.articles, progress=progress)
        parts.store.disconnect()


def report_rows(tables: Any, progress: Callable[[int], object]) -> Iterator[str]:
    """Yield rows as lines of JSON, and report how many."""
    for line in format_lines(tables):
        yield line
        progress(sum(map(len, json.loads(line).values())))


def locate(folder: Path, url: str) -> dict[str, str]:
    """Return the environment variables with which a peer finds its database."""
    return {"DATABASE_URL": url, "SECRET_KEY": SECRET_KEY, "CONDUIT_DATA": str(folder)}


def format_url(file: Path) -> str:
    """Return the URL of an SQLite database."""
    return f"sqlite:///{quote(str(file))}"


def copy(database: Path, to: Path) -> Path:
    """Copy a database, including its write-ahead log, and return the copy."""
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)
    firstrun.make_database_file(to)
    return to
