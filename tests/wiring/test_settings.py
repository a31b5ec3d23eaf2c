"""The layers of the configuration, and the text of each error."""

import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from assembly_required.stack.settings import KEYS, Settings, read_settings
from assembly_required.stack.slots import SLOTS, ConfigError
from tests.conftest import ROOT


class Place:
    """A project folder with several layers of configuration."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self._monkeypatch = root, monkeypatch
        (root / "instance").mkdir()

    def file(self, text: str) -> None:
        (self.root / "instance" / "config.toml").write_text(text)

    def environment(self, **variables: str) -> None:
        for name, value in variables.items():
            self._monkeypatch.setenv(name, value)

    def read(self, **argument: Any) -> Settings:
        return read_settings(argument, self.root)

    def error(self, **argument: Any) -> str:
        with pytest.raises(ConfigError) as raised:
            assert self.read(**argument).database
        return raised.value.message


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    return Place(tmp_path, monkeypatch)


def test_each_layer_goes_over_the_one_below(place: Place) -> None:
    assert place.read().values["TOKEN_DAYS"] == 30
    place.file("TOKEN_DAYS = 1")
    assert place.read().values["TOKEN_DAYS"] == 1
    place.environment(FLASK_TOKEN_DAYS="2")
    assert place.read().values["TOKEN_DAYS"] == 2
    assert place.read(TOKEN_DAYS=3).values["TOKEN_DAYS"] == 3


def test_a_value_knows_where_it_comes_from(place: Place) -> None:
    assert place.read().where("STACK") == "the default"
    place.file('STACK = "classic"')
    assert place.read().where("STACK") == "instance/config.toml"
    place.environment(FLASK_STACK="classic")
    assert place.read().where("STACK") == "FLASK_STACK"
    assert place.read(STACK="classic").where("STACK") == "the argument of create_app"


def test_a_layer_that_names_a_stack_drops_the_choices_below(place: Place) -> None:
    place.file('STACK_ORM = "peewee"\nSTACK_DOCS = "apispec"')
    place.environment(FLASK_STACK="classic", FLASK_STACK_DOCS="spectree")
    values = place.read().values
    assert (values["STACK_ORM"], values["STACK_DOCS"]) == ("", "spectree")


def test_the_environment_is_read_by_the_type_of_the_default(place: Place) -> None:
    place.environment(
        FLASK_SECRET_KEY="20250101",
        FLASK_TOKEN_DAYS="7",
        FLASK_SESSION_COOKIE_SECURE="true",
        FLASK_CORS_ORIGINS="https://a.example, https://b.example",
    )
    values = place.read().values
    assert values["SECRET_KEY"] == "20250101"
    assert values["TOKEN_DAYS"] == 7
    assert values["SESSION_COOKIE_SECURE"] is True
    assert values["CORS_ORIGINS"] == ["https://a.example", "https://b.example"]


def test_what_is_flasks_own_is_left_to_flask(place: Place) -> None:
    place.environment(FLASK_DEBUG="1", FLASK_APP="x", FLASK_RUN_PORT="8000", FLASK_SESSION_COOKIE_NAME="x")
    assert place.read().values.keys() == KEYS.keys()


def test_keys_of_flask_and_extensions_pass_through(place: Place) -> None:
    place.file('SESSION_COOKIE_NAME = "s"\nSQLALCHEMY_ECHO = true\n[SQLALCHEMY_ENGINE_OPTIONS]\npool_size = 3')
    values = place.read(TESTING=True).values
    assert values["SQLALCHEMY_ENGINE_OPTIONS"] == {"pool_size": 3}
    assert (values["SESSION_COOKIE_NAME"], values["TESTING"]) == ("s", True)


def test_the_secret_key_may_lie_in_a_file_of_its_own(place: Place) -> None:
    (place.root / "instance" / "secret_key").write_text("from the file\n")
    assert place.read().values["SECRET_KEY"] == "from the file"
    assert place.read().where("SECRET_KEY") == "instance/secret_key"
    place.environment(FLASK_SECRET_KEY="from the environment")
    assert place.read().values["SECRET_KEY"] == "from the environment"


def test_the_instance_folder_can_be_moved(place: Place, tmp_path: Path) -> None:
    assert place.read().instance == place.root / "instance"
    place.environment(FLASK_INSTANCE_PATH=str(tmp_path / "there"))
    assert place.read().instance == tmp_path / "there"
    assert place.read(INSTANCE_PATH="here").instance == place.root / "here"


def test_a_relative_path_of_the_database_is_below_the_instance_folder(place: Place) -> None:
    assert place.read().database.location == str(place.root / "instance" / "conduit.sqlite3")
    assert place.read(DATABASE_URL="sqlite:///a%20b.db").database.location == str(place.root / "instance" / "a b.db")
    assert place.read(DATABASE_URL="sqlite:////srv/blog.db").database.location == "/srv/blog.db"


def test_the_wrong_type_in_the_file(place: Place) -> None:
    place.file('TOKEN_DAYS = "7"')
    assert place.error() == ("TOKEN_DAYS = '7' (from instance/config.toml) must be a number: write, for example, 30.")


def test_the_wrong_type_in_a_list(place: Place) -> None:
    assert place.error(CORS_ORIGINS=[1]) == (
        'CORS_ORIGINS = [1] (from the argument of create_app) must be a list of texts: write, for example, ["*"].'
    )


def test_a_boolean_is_not_a_number(place: Place) -> None:
    assert place.error(TOKEN_DAYS=True) == (
        "TOKEN_DAYS = True (from the argument of create_app) must be a number: write, for example, 30."
    )


@pytest.mark.parametrize(
    ("variable", "text", "message"),
    [
        (
            "FLASK_TOKEN_DAYS", "soon",
            "TOKEN_DAYS = 'soon' (from FLASK_TOKEN_DAYS) must be a number: write, for example, 30.",
        ),
        (
            "FLASK_TOKEN_DAYS", "0",
            "TOKEN_DAYS = 0 (from FLASK_TOKEN_DAYS) is too small: write at least 1.",
        ),
        (
            "FLASK_TOKEN_DAYS", "36501",
            "TOKEN_DAYS = 36501 (from FLASK_TOKEN_DAYS) is too large: write at most 36500.",
        ),
        (
            "FLASK_SESSION_COOKIE_SECURE", "maybe",
            "SESSION_COOKIE_SECURE = 'maybe' (from FLASK_SESSION_COOKIE_SECURE) must be true or false: "
            "write, for example, false.",
        ),
    ],
)  # fmt: skip
def test_text_in_the_environment_that_is_not_of_the_type(
    place: Place, variable: str, text: str, message: str
) -> None:  # fmt: skip
    place.environment(**{variable: text})
    assert place.error() == message


def test_a_slot_that_is_not_one(place: Place) -> None:
    place.environment(FLASK_STACK_OMR="peewee")
    assert place.error() == (
        "STACK_OMR (from FLASK_STACK_OMR) is not a key of the configuration: choose one of STACK, STACK_ORM, "
        "STACK_MIGRATIONS, STACK_HASHING, STACK_PERMISSIONS, STACK_LOGIN, STACK_FORMS, STACK_MAIL, STACK_ADMIN, "
        "STACK_TOKENS, STACK_LIMITS, STACK_VALIDATION, STACK_DOCS, STACK_DOCS_UI. Did you mean STACK_ORM?"
    )


def test_a_key_that_is_misspelt(place: Place) -> None:
    place.file('DATABASE_ULR = "sqlite:///x.db"')
    assert place.error() == (
        "DATABASE_ULR (from instance/config.toml) is not a key of the configuration: choose one of "
        f"{', '.join(KEYS)}. Did you mean DATABASE_URL?"
    )


def test_a_key_in_lower_case(place: Place) -> None:
    place.file('stack = "classic"')
    assert place.error().endswith("Did you mean STACK?")


def test_all_errors_are_reported_at_once(place: Place) -> None:
    place.file('TOKEN_DAYS = "7"\nSTACK_X = "y"')
    place.environment(FLASK_SCRYPT_COST="1")
    assert len(place.error(CORS_ORIGINS="*").split("\n\n")) == 4


def test_a_file_that_is_not_toml(place: Place) -> None:
    place.file("STACK = classic")
    assert place.error() == (
        "instance/config.toml is not valid TOML: Invalid value (at line 1, column 9).\n"
        "Compare it with instance/config.example.toml."
    )


def test_a_file_that_cannot_be_read(place: Place) -> None:
    path = place.root / "instance" / "config.toml"
    path.write_bytes(b"STACK = '\xff'")
    assert place.error() == (
        f"{path} cannot be read: 'utf-8' codec can't decode byte 0xff in position 9: invalid start byte.\n"
        "Make it readable as UTF-8 text, or delete it."
    )


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("mysql://me:secret@db/blog", "mysql://me:***@db/blog"),
        ("sqlite://", "sqlite://"),
        ("sqlite:///:memory:", "sqlite:///:memory:"),
        ("sqlite://blog.db", "sqlite://blog.db"),
        ("blog.db", "blog.db"),
        ("", ""),
    ],
)
def test_a_database_that_is_not_known(place: Place, url: str, shown: str) -> None:
    assert place.error(DATABASE_URL=url) == (
        f"DATABASE_URL = {shown!r} (from the argument of create_app) is not a database that this application "
        "supports:\nit uses an SQLite file or PostgreSQL. "
        "Set DATABASE_URL to something like 'sqlite:///conduit.sqlite3' or 'postgresql://user@localhost/conduit'."
    )


def test_postgresql_needs_a_driver(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    assert place.read(DATABASE_URL="postgres://me@db/blog").database.location == "postgresql://me@db/blog"
    monkeypatch.setattr("assembly_required.stack.settings.find_spec", lambda name: None)
    assert place.error(DATABASE_URL="postgresql://me:secret@db/blog") == (
        "DATABASE_URL = 'postgresql://me:***@db/blog' (from the argument of create_app) needs psycopg, which is not "
        f"installed (no module named 'psycopg'). Run: {sys.executable} -m pip install -e '.[postgresql]'"
    )


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("postgresql://me:secret@db/blog?bogus=1", 'invalid URI query parameter: "bogus"'),
        ("postgresql://me:secret@[::1/blog", "Invalid IPv6 URL"),
        ("postgresql://me:secret@db:many/blog", "Port could not be cast to integer value as 'many'"),
    ],
)
def test_a_url_of_postgresql_that_cannot_be_read(place: Place, url: str, why: str) -> None:
    assert place.error(DATABASE_URL=url) == (
        f"DATABASE_URL = {url.replace('secret', '***')!r} (from the argument of create_app) cannot be read: {why}.\n"
        "Set it to something like 'postgresql://user:password@localhost:5432/conduit'."
    )


def test_the_example_shows_every_key_with_its_default() -> None:
    text = (ROOT / "instance" / "config.example.toml").read_text()
    shown = tomllib.loads(re.sub(r"^# (?=[A-Z_0-9]+ = )", "", text, flags=re.MULTILINE))
    names = {slot.key: slot.names[0] for slot in SLOTS.values()}
    assert shown == {key: names.get(key, KEYS[key].default) for key in KEYS}
    assert all(f"# {key.meaning}\n" in text for key in KEYS.values())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            'MAIL_BACKENDS = ["file", "smpt"]',
            "MAIL_BACKENDS = ['file', 'smpt'] (from instance/config.toml) contains 'smpt', which is not supported: "
            "choose from console, file, smtp.",
        ),
        (
            'PASSWORD_VALIDATORS = ["long"]',
            "PASSWORD_VALIDATORS = ['long'] (from instance/config.toml) contains 'long', which is not supported: "
            "choose from similar, numeric, common.",
        ),
    ],
)
def test_a_list_of_what_is_not_known(place: Place, line: str, said: str) -> None:
    place.file(line)
    assert place.error() == said


@pytest.mark.parametrize("value", ["Laxx", "lax", ""])
def test_a_text_that_is_not_one_of_the_allowed(place: Place, value: str) -> None:
    place.environment(FLASK_SESSION_COOKIE_SAMESITE=value)
    assert place.error() == (
        f"SESSION_COOKIE_SAMESITE = {value!r} (from FLASK_SESSION_COOKIE_SAMESITE) is not supported: "
        "choose one of Lax, Strict, None."
    )


def test_common_passwords_want_their_list(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assembly_required.stack.settings.find_spec", lambda name: None)
    place.file('PASSWORD_VALIDATORS = ["common"]')
    assert place.error() == (
        "PASSWORD_VALIDATORS = ['common'] (from instance/config.toml) needs a list of common passwords, which is not "
        f"installed (no module named 'zxcvbn'). Run: {sys.executable} -m pip install -e '.[zxcvbn]'"
    )
