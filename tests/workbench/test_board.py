"""The board: what fills each slot, drafts, and what the buttons do."""

import re
from collections.abc import Callable
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask

from assembly_required.lab.peers import PEERS
from assembly_required.stack.assembly import assembled
from assembly_required.stack.slots import SLOTS
from assembly_required.stack.stacks import PURPOSES, STACKS
from assembly_required.workbench.peering import Peers
from tests.workbench.visitor import Visitor

Mount = Callable[..., Flask]

USE = ">Use in this browser</button>"


def read(visitor: Visitor, **query: str) -> str:
    """The text of the board with a draft, without entities."""
    response = visitor.get(f"/workbench?{urlencode(query)}")
    assert response.status_code == 200
    return unescape(response.text)


def read_draft(page: str) -> str:
    """The text of the panel with the draft, with single spaces."""
    (panel,) = re.findall(r'<section class="draft.*?</section>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", panel).split())


def read_card(page: str, slot: str) -> str:
    """The text of a card, with single spaces."""
    (card,) = re.findall(rf'<section class="card slot[^"]*" id="{slot}".*?</section>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", card).split())


@pytest.fixture
def hide(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A function that makes a module look as if it were not installed."""

    def hide_module(hidden: str) -> None:
        for module in ("stack.slots", "lab.peers"):
            monkeypatch.setattr(
                f"assembly_required.{module}.find_spec", lambda name: None if name == hidden else find_spec(name)
            )

    return hide_module


def test_each_slot_is_a_card(visitor: Visitor) -> None:
    page = read(visitor)
    for slot in SLOTS.values():
        card = read_card(page, slot.name)
        assert f"In Django: {slot.stands_for}" in card
        assert all(option.summary in card for option in slot.options)
        assert f'href="/tutorial/{slot.name}/"' in page


def test_each_other_option_leads_to_side_by_side(visitor: Visitor) -> None:
    page = read(visitor)
    assert 'href="/workbench/compare?left=orm%3Dflask_sqlalchemy&right=orm%3Dpeewee"' in page
    assert visitor.get("/workbench/compare?left=orm%3Dflask_sqlalchemy&right=orm%3Dpeewee").status_code == 200


def test_a_draft_is_a_link_and_changes_nothing(visitor: Visitor) -> None:
    page = read(visitor, orm="peewee")
    assert 'href="/workbench?docs=plain&orm=peewee#draft"' in page or "docs=plain" in page
    assert read_draft(page).startswith(
        "Your draft, not in use yet Slot Now Draft Why orm flask_sqlalchemy peewee chosen"
    )
    assert "This browser uses flask_sqlalchemy now" in read_card(page, "orm")
    assert USE in page
    assert visitor.stack == "classic"


def test_a_draft_keeps_its_choices_when_one_is_added(visitor: Visitor) -> None:
    page = read(visitor, orm="peewee", **{"from": "/login"})
    (link,) = [each for each in re.findall(r'href="(\S+)#draft"', page) if "mail=plain" in each]
    assert "orm=peewee" in link
    assert "from=" in link


def test_a_choice_can_be_undone(visitor: Visitor) -> None:
    page = read(visitor, orm="peewee", mail="plain")
    assert 'href="/workbench?mail=plain#draft">Undo' in page


def test_it_says_what_adapts(visitor: Visitor) -> None:
    draft = read_draft(read(visitor, validation="pydantic"))
    assert "docs flask_smorest plain because validation = pydantic" in draft


def test_a_conflict_is_explained_in_the_words_of_the_command(visitor: Visitor, blog: Flask) -> None:
    page = read(visitor, validation="pydantic", docs="flask_smorest")
    draft = read_draft(page)
    assert "STACK_DOCS = 'flask_smorest' (from the workbench) does not fit STACK_VALIDATION = 'pydantic'" in draft
    assert "Set STACK_VALIDATION to 'marshmallow', or STACK_DOCS to one of: plain, apispec, spectree." in draft
    assert USE not in page
    assert "Keep for all browsers" not in page
    for way in ("validation=marshmallow&docs=flask_smorest", "validation=pydantic&docs=apispec"):
        assert f'href="/workbench?{way}#draft"' in page


def test_all_conflicts_are_shown(visitor: Visitor) -> None:
    draft = read_draft(read(visitor, validation="plain", docs="spectree", orm="plain", admin="django"))
    assert draft.count("does not fit STACK_") == 2
    assert "What would fit: orm = django admin = none admin = flask_admin validation = pydantic" in draft


def test_the_ways_out_of_a_conflict_fit(visitor: Visitor) -> None:
    page = read(visitor, validation="pydantic", docs="flask_smorest")
    (ways,) = re.findall(r"What would fit:</p>\s*<ul>(.*?)</ul>", page, re.DOTALL)
    addresses = re.findall(r'href="(\S+)#draft"', ways)
    assert addresses
    assert all(USE in visitor.get(each).text for each in addresses)


def test_an_option_that_does_not_fit_is_marked(visitor: Visitor) -> None:
    page = read(visitor, validation="pydantic")
    assert "Does not fit what is chosen in another slot." in read_card(page, "docs")
    assert "Does not fit" not in read_card(page, "orm")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"orm": "peewe"}, "STACK_ORM = 'peewe' (from the workbench) is not an option of this slot"),
        ({"orm": "peewe"}, "Did you mean 'peewee'?"),
        ({"ormm": "peewee"}, "'ormm' is not a slot"),
        ({"ormm": "peewee"}, "Did you mean orm?"),
        ({"stack": "bar"}, "STACK = 'bar' (from the workbench) is not a named stack"),
        (
            {"peer": "djago"},
            "'djago' is not a peer: choose one of django, fastapi, fastapi_async. Did you mean django?",
        ),
        ({"orm": "<script>"}, "STACK_ORM = '<script>' (from the workbench) is not an option"),
        ({"orm": "antigravity.x"}, "is an adapter from another package"),
    ],
)
def test_what_is_unknown_is_explained_and_the_rest_is_kept(
    visitor: Visitor, query: dict[str, str], message: str
) -> None:
    page = read(visitor, **query, mail="plain")
    assert message in page
    assert "mail flask_mailman plain chosen here" in read_draft(page)
    assert USE in page
    assert "<script" not in visitor.get(f"/workbench?{urlencode(query)}").text


def test_a_link_imports_no_adapter_from_another_package(visitor: Visitor, tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "trap.py").write_text("raise SystemExit\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert "Run: flask stack set orm=trap.door" in read(visitor, orm="trap.door")
    assert visitor.send("/workbench/use", orm="trap.door").status_code == 422


def test_an_adapter_that_is_configured_can_be_chosen_again(mount_app: Mount) -> None:
    visitor = Visitor(mount_app(STACK_ORM="tests.workbench.foreign"))
    assert "tests.workbench.foreign" in read_card(read(visitor), "orm")
    visitor.use(orm="plain")
    visitor.use(orm="tests.workbench.foreign")
    assert visitor.stack == "classic, orm = tests.workbench.foreign"


def test_an_option_that_is_not_installed_comes_with_its_command(visitor: Visitor, hide: Callable[[str], None]) -> None:
    hide("peewee")
    page = read(visitor)
    assert re.search(r"Not installed\. Run: \S+ -m pip install -e '\.\[peewee\]'", read_card(page, "orm"))
    assert "STACK_ORM = 'peewee' (stack light) is not installed (no module named 'peewee'). Run: " in page
    assert 'name="stack" value="light"' not in page
    page = read(visitor, orm="peewee")
    assert "is not installed (no module named 'peewee'). Run: " in read_draft(page)
    assert USE not in page
    assert visitor.send("/workbench/use", orm="peewee").status_code == 422


def test_a_package_that_was_removed_after_it_was_chosen(visitor: Visitor, hide: Callable[[str], None]) -> None:
    visitor.use(orm="peewee")
    hide("peewee")
    page = read(visitor)
    assert "is not installed (no module named 'peewee')" in read_draft(page)
    assert "Back to the configured stack" in page


def test_use_serves_this_browser_only(visitor: Visitor, blog: Flask) -> None:
    other = Visitor(blog)
    other.get("/workbench")
    response = visitor.use(orm="peewee", validation="pydantic", **{"from": "/login"})
    page = unescape(visitor.get(response.location).text)
    (note,) = re.findall(r'role="status">(.*?)</div>', page, re.DOTALL)
    assert "This browser now uses the stack classic, with orm = peewee, validation = pydantic, docs = plain." in note
    assert '<a href="/login">Back to the page you came from</a>' in page
    assert visitor.stack == "classic, orm = peewee, validation = pydantic, docs = plain"
    assert other.stack == "classic"


@pytest.mark.parametrize("stack", STACKS)
def test_each_named_stack_is_one_click(visitor: Visitor, stack: str) -> None:
    page = read(visitor)
    assert PURPOSES[stack] in page
    assert re.search(rf'<input type="hidden" name="stack" value="{stack}">\s*<button', page)
    visitor.use(stack=stack)
    assert visitor.stack == stack


def test_back_to_the_configured_stack(visitor: Visitor) -> None:
    assert "Back to the configured stack" not in read(visitor)
    visitor.use(stack="bare")
    assert "Chosen in this browser: stack = bare." in read_draft(read(visitor))
    visitor.use()
    assert visitor.stack == "classic"


def test_a_conflict_cannot_be_used(visitor: Visitor) -> None:
    response = visitor.send("/workbench/use", validation="pydantic", docs="flask_smorest")
    assert response.status_code == 422
    assert response.text.count(" does not fit STACK_VALIDATION") == 1
    assert visitor.stack == "classic"


@pytest.mark.parametrize("action", ["use", "keep", "peer", "off"])
def test_a_form_of_another_site_is_refused(visitor: Visitor, action: str) -> None:
    visitor.get("/workbench")
    for token in ({}, {"csrf_token": ""}, {"csrf_token": "another"}):
        response = visitor.client.post(f"/workbench/{action}", data={**token, "stack": "bare", "peer": "django"})
        assert response.status_code == 400
        assert "Open the board" in response.text
    assert visitor.client.get(f"/workbench/{action}").status_code in (404, 405)
    assert visitor.stack == "classic"


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example", "//elsewhere.example", "javascript:alert(1)"])
def test_the_way_back_stays_on_this_site(visitor: Visitor, elsewhere: str) -> None:
    assert "elsewhere" not in read(visitor, **{"from": elsewhere})
    assert "Back to the page" not in read(visitor, **{"from": elsewhere})


def test_keep_writes_the_configuration(mount_app: Mount) -> None:
    app = mount_app()
    visitor, file = Visitor(app), Path(app.instance_path, "config.toml")
    file.write_text('# mine\nSTACK_MAIL = "plain"\n')
    response = visitor.send("/workbench/keep", orm="peewee")
    assert file.read_text() == '# mine\nSTACK_MAIL = "plain"\nSTACK_ORM = "peewee"\n'
    page = visitor.get(response.location).text
    assert f"Written to {file}. Other browsers are served by this stack when the server is started again." in page
    assert "But " not in page


def test_keep_of_a_stack_removes_single_slots(mount_app: Mount) -> None:
    app = mount_app()
    visitor, file = Visitor(app), Path(app.instance_path, "config.toml")
    file.write_text('STACK_MAIL = "plain"\n')
    visitor.send("/workbench/keep", stack="light", hashing="argon2")
    assert file.read_text() == 'STACK = "light"\nSTACK_HASHING = "argon2"\n'


@pytest.mark.parametrize(
    ("variable", "value", "kept"),
    [("FLASK_STACK_ORM", "plain", "orm"), ("FLASK_STACK", "classic", "orm"), ("FLASK_STACK_ORM", "plain", "stack")],
)
def test_keep_says_that_the_environment_overrides_it(
    mount_app: Mount, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, kept: str
) -> None:
    monkeypatch.setenv(variable, value)
    visitor = Visitor(mount_app())
    response = visitor.send("/workbench/keep", **{kept: "peewee" if kept == "orm" else "light"})
    assert f"But {variable} in the environment overrides the file." in visitor.get(response.location).text


def test_keep_says_that_the_code_overrides_it(mount_app: Mount) -> None:
    visitor = Visitor(mount_app(STACK="bare"))
    response = visitor.send("/workbench/keep", orm="peewee")
    assert "But STACK in the argument of create_app overrides the file." in visitor.get(response.location).text


def test_keep_does_not_write_what_does_not_fit(mount_app: Mount) -> None:
    app = mount_app()
    response = Visitor(app).send("/workbench/keep", validation="pydantic", docs="flask_smorest")
    assert response.status_code == 422
    assert response.text.count(" does not fit STACK_VALIDATION") == 1
    assert not Path(app.instance_path, "config.toml").exists()


def test_keep_says_that_the_file_cannot_be_written(mount_app: Mount) -> None:
    app = mount_app()
    Path(app.instance_path, "config.new").mkdir()
    response = Visitor(app).send("/workbench/keep", orm="peewee")
    assert response.status_code == 422
    assert "config.toml cannot be written: Is a directory." in response.text


def test_keep_says_that_the_file_is_not_valid(mount_app: Mount) -> None:
    app = mount_app()
    Path(app.instance_path, "config.toml").write_text("STACK = \n")
    response = Visitor(app).send("/workbench/keep", orm="peewee")
    assert response.status_code == 422
    assert "is not valid TOML" in response.text


def test_the_peers_are_named_with_what_they_serve(visitor: Visitor) -> None:
    page = read(visitor)
    assert all(peer.summary in page for peer in PEERS.values())


def test_a_peer_is_chosen_with_a_button(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Peers, "reach", lambda self, name: "http://127.0.0.1:1")
    visitor.use(stack="bare")
    response = visitor.send("/workbench/peer", peer="fastapi")
    page = unescape(visitor.get(response.location).text)
    assert "The requests of this browser now go to the peer fastapi" in page
    assert "This browser uses the peer fastapi" in read_draft(page)
    assert (visitor.chosen.peer, visitor.chosen.choices) == ("fastapi", {})
    visitor.use()
    assert visitor.chosen.peer == ""


def test_a_peer_that_cannot_run_is_explained(visitor: Visitor, hide: Callable[[str], None]) -> None:
    hide("uvicorn")
    assert "The peer fastapi needs uvicorn, not installed. Run: " in read(visitor)
    for name in ("fastapi", "nonsense", ""):
        assert visitor.send("/workbench/peer", peer=name).status_code == 422
    assert visitor.chosen.peer == ""


def test_the_tutorial_is_linked_only_where_it_is(mount_app: Mount) -> None:
    assert "/tutorial/" not in read(Visitor(mount_app(TUTORIAL=False)))
    away = Visitor(mount_app(WORKBENCH=True))
    away.client.environ_base["SERVER_SOFTWARE"] = "gunicorn/23"
    assert "/tutorial/" not in read(away)


def test_pages_of_the_workbench_bring_the_style_of_the_site(visitor: Visitor, blog: Flask) -> None:
    assert visitor.get("/workbench/site.css").data == blog.test_client().get("/static/site.css").data
    assert 'href="/workbench/site.css"' in read(visitor)


def test_another_host_sees_no_workbench(visitor: Visitor) -> None:
    assert visitor.client.get("/workbench", headers={"Host": "elsewhere.example"}).status_code == 404


def test_the_configuration_of_the_app_stays_as_it_was(visitor: Visitor, blog: Flask) -> None:
    visitor.use(stack="bare")
    assert assembled(blog).settings.values["STACK"] == "classic"
