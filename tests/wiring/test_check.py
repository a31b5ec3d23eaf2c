"""``flask check`` finds each seeded mistake, and nothing in the configuration of the chapter on deployment."""

import json
import re
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import django
import pytest
from flask import Flask
from markdown_it import MarkdownIt
from werkzeug.security import generate_password_hash

from assembly_required.checks import TOPICS, run_checks
from assembly_required.checks.registry import CHECKS
from assembly_required.checks.storage import find_file_system
from assembly_required.contract.databases import disconnect
from assembly_required.data import demo, seed
from assembly_required.factory import create_app
from assembly_required.stack.assembly import Chosen, assembled
from assembly_required.stack.settings import KEYS, Database
from assembly_required.stack.slots import SLOTS
from assembly_required.web import firstrun
from tests.conftest import ROOT
from tests.wiring.shell import Shell

CHAPTER = (ROOT / "src/assembly_required/reader/chapters/deployment.md").read_text()
BLOCKS = [token for token in MarkdownIt().parse(CHAPTER) if token.type == "fence"]
GOOD: dict[str, Any] = tomllib.loads("".join(block.content for block in BLOCKS if block.info == "toml"))
COSTS = {key: setting.default for key, setting in SLOTS["hashing"].all_settings().items()}
KEY = "8f2a61c3" * 8


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An app with the configuration of the chapter, on SQLite instead of PostgreSQL."""
    here = {"INSTANCE_PATH": str(tmp_path_factory.mktemp("instance")), "DATABASE_URL": "sqlite:///blog.sqlite3"}
    app = create_app({**GOOD, **here}, root=ROOT)
    with app.app_context():
        firstrun.set_up(app, assembled(app).settings, assembled(app).migrations)
    yield app
    disconnect(app)


def codes(app: Flask, *, deploy: bool = True) -> set[str]:
    return {finding.code for finding in run_checks(app, deploy=deploy)}


def test_it_finds_nothing_in_the_configuration_of_the_chapter(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    units = "".join(block.content for block in BLOCKS if block.info == "ini")
    for name, value in re.findall(r"^Environment=(\w+)=(.+)$", units, re.MULTILINE):
        monkeypatch.setenv(name, value)
    assert run_checks(app, deploy=True) == []


SETTINGS: list[tuple[str, dict[str, Any]]] = [
    ("key.E001", {"SECRET_KEY": "dev"}),
    ("key.E001", {"SECRET_KEY": "django-insecure-0123456789abcdefghijklmnopqrstuvw"}),
    ("key.W002", {"SECRET_KEY": "correct horse"}),
    ("key.W002", {"SECRET_KEY": "ab" * 32}),
    ("key.W004", {"SECRET_KEY_FALLBACKS": [KEY, "old"]}),
    ("server.E001", {"DEBUG": True}),
    ("server.E002", {"TESTING": True}),
    ("server.W004", {"PROXY_FIX": 0}),
    ("cookies.W001", {"SESSION_COOKIE_SECURE": False}),
    ("cookies.E002", {"SESSION_COOKIE_SAMESITE": "None", "SESSION_COOKIE_SECURE": False}),
    ("cookies.W003", {"SESSION_COOKIE_SAMESITE": "None"}),
    ("cookies.W004", {"SESSION_COOKIE_HTTPONLY": False}),
    ("site.E001", {"SITE_URL": ""}),
    ("site.W004", {"SITE_URL": "https://localhost", "TRUSTED_HOSTS": ["localhost"]}),
    ("site.W005", {"TRUSTED_HOSTS": None}),
    ("site.W007", {"HSTS_SECONDS": 0}),
    ("site.E006", {"TRUSTED_HOSTS": ["other.example"]}),
    ("accounts.W001", {"SCRYPT_COST": 14}),
    ("accounts.W002", {"PASSWORD_VALIDATORS": []}),
    ("accounts.W003", {"TOKEN_DAYS": 365}),
    ("accounts.W004", {"REMEMBER_DAYS": 365}),
    ("accounts.W005", {"LINK_HOURS": 720}),
    ("accounts.W006", {"FRESH_MINUTES": 1_440}),
    ("mail.E001", {"MAIL_BACKENDS": ["console", "file"]}),
    ("mail.W002", {"MAIL_BACKENDS": ["smtp", "file"]}),
    ("mail.W003", {"MAIL_USE_TLS": False}),
    ("mail.W004", {"MAIL_DEFAULT_SENDER": "conduit@localhost"}),
    ("mail.W005", {"MAIL_USERNAME": ""}),
    ("mail.W006", {"MAIL_TIMEOUT": 120}),
    ("cors.W001", {"CORS_ORIGINS": ["*"]}),
    ("cors.W002", {"CORS_ORIGINS": ["https://["]}),
    ("cors.W002", {"CORS_ORIGINS": ["https://app.blog.example/"]}),
    ("storage.W004", {"DATABASE": Database("postgresql", "postgresql://blog@db.example/blog?sslmode=prefer")}),
]
"""A mistake, and the only finding about it."""


@pytest.mark.parametrize(("code", "mistake"), SETTINGS, ids=[f"{code}-{min(mistake)}" for code, mistake in SETTINGS])
def test_it_finds_a_wrong_setting(app: Flask, code: str, mistake: dict[str, Any]) -> None:
    with patch.dict(app.config, mistake):
        assert codes(app) == {code}


def test_a_key_that_was_cut_off(app: Flask) -> None:
    file = Path(app.instance_path, "secret_key")
    key = file.read_text()
    file.write_text(key[:40])
    with patch.dict(app.config, SECRET_KEY=key[:40]):
        assert codes(app) == {"key.W003"}
    with patch.dict(app.config, SECRET_KEY=key[1:40]):  # from another place
        assert codes(app) == set()
    file.write_text(key)


def test_a_workbench_for_every_server(app: Flask) -> None:
    origins = assembled(app).settings.origins
    with patch.dict(origins, WORKBENCH="FLASK_WORKBENCH"):
        assert codes(app) == {"server.W005"}
        with patch.dict(app.config, WORKBENCH=False):
            assert codes(app) == set()


def test_a_site_without_https(app: Flask) -> None:
    with patch.dict(app.config, SITE_URL="http://blog.example", SESSION_COOKIE_SECURE=False):
        assert codes(app) == {"site.W003", "cookies.W001"}
    with patch.dict(app.config, SITE_URL="http://blog.example"):
        assert codes(app) == {"site.W003", "cookies.E005"}


@pytest.mark.parametrize("url", ["blog.example", "ftp://blog.example", "https://", "https://["])
def test_an_address_that_is_none(app: Flask, url: str) -> None:
    with patch.dict(app.config, SITE_URL=url):
        assert codes(app) == {"site.E002"}


@pytest.mark.parametrize(
    ("option", "key"), [("argon2", "ARGON2_MEMORY"), ("django", "PBKDF2_ITERATIONS")]
)  # fmt: skip
def test_a_hash_that_is_cheap_to_guess(app: Flask, option: str, key: str) -> None:
    chosen = Chosen(SLOTS["hashing"], SLOTS["hashing"].option(option), "")
    with patch.dict(assembled(app).choice, hashing=chosen), patch.dict(app.config, {key: COSTS[key] - 1}):
        assert codes(app) & {"accounts.W001"}


@pytest.mark.parametrize(
    ("option", "config", "environment", "found"),
    [
        ("plain", {}, {"WEB_CONCURRENCY": "2"}, {"server.W003"}),
        ("plain", {}, {"GUNICORN_CMD_ARGS": "--threads 8 --workers=2"}, {"server.W003"}),
        ("plain", {}, {"GRANIAN_WORKERS": "4"}, {"server.W003"}),
        ("plain", {}, {"WEB_CONCURRENCY": "1"}, set()),
        ("flask_limiter", {"LIMITS_STORAGE": "memory://"}, {"WEB_CONCURRENCY": "2"}, {"server.W003"}),
        ("flask_limiter", {"LIMITS_STORAGE": "redis://localhost:6379"}, {"WEB_CONCURRENCY": "2"}, set()),
    ],
)
def test_limits_that_each_worker_counts_by_itself(
    app: Flask,
    option: str,
    config: dict[str, str],
    environment: dict[str, str],
    found: set[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    chosen = Chosen(SLOTS["limits"], SLOTS["limits"].option(option), "")
    with patch.dict(assembled(app).choice, limits=chosen), patch.dict(app.config, config):
        assert {each.code for each in run_checks(app, deploy=True, topics=["server"])} == found


def test_demo_accounts_are_found_until_their_password_changes(app: Flask) -> None:
    parts = assembled(app)
    with app.app_context():
        user = parts.store.add_user("demo", demo.EMAIL, generate_password_hash(demo.PASSWORD, "scrypt:64:8:3"))
        assert codes(app) == {"accounts.E007"}
        parts.store.edit_user(user, {"password_hash": generate_password_hash("another password", "scrypt:64:8:3")})
        assert codes(app) == set()
        parts.store.remove_user(user)


def test_made_up_accounts_are_found(app: Flask) -> None:
    store = assembled(app).store
    with app.app_context():
        user = store.add_user(seed.USERNAME, seed.email(seed.USERNAME), "")
        assert codes(app) == {"accounts.E008"}
        store.remove_user(user)


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that every user of this machine can enter. Those of pytest are private."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.parametrize(
    ("name", "code"), [("secret_key", "files.E002"), ("config.toml", "files.W003"), ("blog.sqlite3", "files.W004")]
)
def test_files_that_others_can_read(app: Flask, public_folder: Path, name: str, code: str) -> None:
    database = Database("sqlite", str(public_folder / "blog.sqlite3"))
    file = public_folder / name
    file.touch()
    with patch.object(app, "instance_path", str(public_folder)), patch.dict(app.config, DATABASE=database):
        for mode, found in ((0o640, {"files.W001"}), (0o644, {"files.W001", code}), (0o602, {"files.W001", code})):
            file.chmod(mode)
            assert {each.code for each in run_checks(app, deploy=True, topics=["files"])} == found
        public_folder.chmod(0o750)
        assert run_checks(app, deploy=True, topics=["files"]) == []


def test_sqlite_on_a_network_file_system(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    instance = app.instance_path.replace(" ", r"\040")
    mounts.write_text(f"/dev/vda / ext4 rw 0 0\nserver:/blog {instance} nfs4 rw 0 0\nproc /proc proc rw 0 0\n")
    assert find_file_system(Path("/srv/blog.sqlite3"), mounts) == "ext4"
    assert find_file_system(Path("/"), tmp_path / "missing") == ""
    monkeypatch.setattr(find_file_system, "__defaults__", (mounts,))
    assert codes(app, deploy=False) == {"storage.E003"}


def test_variables_that_nothing_reads(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TOKEN_DAYS", "INSTANCE_PATH", "APP", "DEBUG", "RUN_PORT"):
        monkeypatch.setenv(f"FLASK_{name}", "1")
    assert run_checks(app) == []
    for name in ("TOKEN_DAY", "SESSION_COOKIE_HTTPONLY", "ZZZ"):
        monkeypatch.setenv(f"FLASK_{name}", "1")
    assert [(finding.code, finding.hint) for finding in run_checks(app)] == [
        ("config.W002", "Write SESSION_COOKIE_HTTPONLY into instance/config.toml instead."),
        ("config.W002", "Did you mean FLASK_TOKEN_DAYS?"),
        ("config.W002", "Remove it."),
    ]


def test_a_version_that_was_not_tested(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("marshmallow", "peewee"):  # the second one is not in use
        metadata = tmp_path / f"{name}-99.0.dist-info" / "METADATA"
        metadata.parent.mkdir()
        metadata.write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 99.0\n")
    monkeypatch.syspath_prepend(tmp_path)
    (finding,) = run_checks(app)
    assert finding.code == "config.W003"
    assert finding.problem.startswith("marshmallow 99.0 is installed, but this project was tested with ")


def test_a_setting_of_an_option_that_is_not_in_use(app: Flask) -> None:
    with patch.dict(assembled(app).settings.origins, ARGON2_MEMORY="instance/config.toml"):
        (finding,) = (each for each in run_checks(app) if "ARGON2_MEMORY" in each.problem)
    assert (finding.code, finding.level.name) == ("config.I004", "INFO")


@pytest.mark.parametrize("key", ["SITE_URL", "SESSION_COOKIE_SECURE", "TRUSTED_HOSTS"])
def test_what_matters_on_a_public_server_only_is_checked_with_deploy(app: Flask, key: str) -> None:
    with patch.dict(app.config, {key: KEYS[key].default}):
        assert codes(app, deploy=False) == set()


def test_a_good_app_that_is_not_set_up(tmp_path: Path) -> None:
    result = Shell(tmp_path)("check")
    assert result.returncode == 1
    assert "(storage.E001) There is no secret key yet." in result.stdout


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    down = {"FLASK_DATABASE_URL": "postgresql://me:secret@127.0.0.1:1/blog", "FLASK_SECRET_KEY": KEY}
    result = Shell(tmp_path)("check", "--deploy", "--tag", "storage", **down)
    assert result.returncode == 1
    assert "(storage.E002) Cannot reach postgresql://me:***@127.0.0.1:1/blog: connection failed" in result.stdout
    assert "secret@" not in result.stdout + result.stderr


def test_an_app_that_cannot_be_built(tmp_path: Path) -> None:
    wrong = {"FLASK_STACK_ORM": "peewe", "FLASK_TOKEN_DAYS": "soon", "FLASK_SESSION_COOKIE_SAMESITE": "Laxx"}
    result = Shell(tmp_path)("check", "--json", **wrong)
    assert (result.returncode, result.stderr) == (1, "")
    found = json.loads(result.stdout)
    assert [(each["code"], each["level"]) for each in found] == [("config.C001", "CRITICAL")] * 2
    assert "Laxx" in found[0]["problem"]


def test_the_command(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    shell.ok("setup")
    assert shell.ok("check") == ("flask check found no mistakes.\nBefore the site goes public, run it with --deploy.\n")
    named = ("check", "--deploy", "--tag", "cookies", "--tag", "cors")
    assert shell.ok(*named) == (
        "WARNINGS:\n"
        "(cookies.W001) SESSION_COOKIE_SECURE is false: browsers also send the cookies over HTTP, where others can "
        "read them.\n"
        "    To do: Write SESSION_COOKIE_SECURE = true into instance/config.toml.\n"
        "    In Django: security.W010, security.W012, security.W016\n"
        "(cors.W001) CORS_ORIGINS = ['*'] (from the default): pages of every other site may call the API with a "
        "visitor's browser.\n"
        '    To do: Write the origins of your own pages: CORS_ORIGINS = ["https://app.blog.example"], or [] for none.\n'
        "\n"
        "flask check found 2 mistakes.\n"
    )
    assert shell(*named, "--fail-level", "warning").returncode == 1
    ignored = shell.ok(*named, "--fail-level", "warning", "--ignore", "cookies.W001", "--ignore", "cors.W001")
    assert ignored == "flask check found no mistakes (2 ignored).\n"
    assert [each["code"] for each in json.loads(shell.ok(*named, "--json"))] == ["cookies.W001", "cors.W001"]
    assert shell("check", "--deploy").returncode == 1


SOURCE = "".join(file.read_text() for file in (ROOT / "src/assembly_required/checks").glob("*.py"))
CODES = set(re.findall(r'"([a-z]+\.[CEWI]\d{3})"', SOURCE))


def test_every_topic_has_checks_and_every_code_a_test() -> None:
    assert {check.topic for check in CHECKS} == set(TOPICS)
    ours = {code for code in CODES if code.partition(".")[0] in TOPICS}
    assert len(ours) > 25
    assert [code for code in ours if code not in Path(__file__).read_text()] == []


def test_the_codes_of_django_are_codes_of_django() -> None:
    checks = Path(django.__file__).parent / "core" / "checks" / "security"
    source = "".join(file.read_text() for file in checks.glob("*.py"))
    theirs = {code for code in CODES if code.startswith("security.")}
    assert theirs
    assert [code for code in theirs if code not in source] == []


def test_no_secret_is_printed(app: Flask) -> None:
    secrets = {"SECRET_KEY": "dev-secret-sauce", "SECRET_KEY_FALLBACKS": ["hush"], "MAIL_PASSWORD": "swordfish"}
    with patch.dict(app.config, secrets, MAIL_USERNAME="", MAIL_USE_TLS=False):
        text = "".join(f"{finding.problem}{finding.hint}" for finding in run_checks(app, deploy=True))
    assert not [secret for secret in ("sauce", "hush", "swordfish") if secret in text]
