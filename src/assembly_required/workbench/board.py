"""The board ``/workbench``: what fills each slot, and what else could.

A choice is a link, so a draft and its conflicts are shown without a script. Only the buttons change something.
"""

from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlencode

from flask import Flask, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from ..lab.peers import PEERS, PeerError
from ..stack.assembly import Assembled, Choice, assembled
from ..stack.describe import find_changed
from ..stack.names import suggest
from ..stack.slots import ConfigError, StackError
from ..stack.stacks import PURPOSES
from ..web.site.visitor import local
from .drafts import make_draft, read_choices, write_query
from .keeping import keep_choices
from .peering import Peers, Starting
from .pool import Pool

Render = Callable[..., str]


def add_board(desk: Flask, blog: Flask, pool: Pool, peers: Peers) -> None:
    """Add the board to the pages.

    :param blog: the app that ``wsgi.py`` has created.
    """

    def render(choices: dict[str, str], problems: list[str]) -> str:
        return render_board(pool, assembled(blog).choice, choices, problems)

    @desk.context_processor
    def provide() -> dict[str, object]:
        return {"has_tutorial": is_tutorial_shown(blog), "way_back": find_way_back()}

    @desk.get("/workbench")
    def board() -> ResponseReturnValue:
        choices, problems = read_choices(pool, request.args)
        _, peer_problem = read_peer(request.args.get("peer", ""))
        return render(choices or g.chosen.choices, [*problems, *peer_problem])

    @desk.post("/workbench/off")
    def turn_off() -> ResponseReturnValue:
        session.clear()
        return redirect(find_way_back() or f"{request.script_root}/")

    add_choices(desk, blog, pool, render)
    add_peers(desk, peers, render)


def add_choices(desk: Flask, blog: Flask, pool: Pool, render: Render) -> None:
    """Add what the buttons do that choose a stack."""

    @desk.post("/workbench/use")
    def use() -> ResponseReturnValue:
        choices, problems = read_choices(pool, request.form)
        if problems:
            return render(choices, problems), 422
        try:
            pool.choose(choices)  # a package may have been removed since the app was built
            app = pool.get(choices)
        except ConfigError as error:
            return render(choices, error.problems), 422
        g.chosen.choices, g.chosen.peer = choices, ""
        g.chosen.save(session)
        return confirm(f"This browser now uses {describe(assembled(app))}.")

    @desk.post("/workbench/keep")
    def keep() -> ResponseReturnValue:
        choices, problems = read_choices(pool, request.form)
        if problems:
            return render(choices, problems), 422
        try:
            pool.choose(choices)
            notes = keep_choices(assembled(blog).settings, choices)
        except ConfigError as error:
            return render(choices, error.problems), 422
        return confirm(*notes)


def add_peers(desk: Flask, peers: Peers, render: Render) -> None:
    """Add what the buttons do that choose a peer."""

    @desk.post("/workbench/peer")
    def use_peer() -> ResponseReturnValue:
        peer, problems = read_peer(request.form.get("peer", ""))
        if problems or not peer:
            return render(g.chosen.choices, problems), 422
        try:
            with suppress(Starting):  # the pages of the peer say so
                peers.reach(peer)
        except PeerError as error:
            return render(g.chosen.choices, [str(error)]), 422
        g.chosen.peer, g.chosen.choices = peer, {}
        g.chosen.save(session)
        return confirm(f"The requests of this browser now go to the peer {peer}, which has data of its own.")


def render_board(pool: Pool, configured: Choice, choices: dict[str, str], problems: list[str]) -> str:
    """Render the board with a draft.

    :param configured: the options of the app that other browsers use.
    :param problems: what else is wrong with the request.
    """
    try:
        used = pool.choose(g.chosen.choices)
    except StackError:  # a package was removed, or the configuration has changed
        used = configured
    draft = make_draft(pool, choices, used)
    return render_template(
        "board.html",
        draft=draft,
        now=pool.merge(g.chosen.choices).values["STACK"],
        used_query=write_query(g.chosen.choices),
        is_draft=choices != g.chosen.choices,
        problems=[each for each in problems if each not in draft.problems],
        stacks=[(name, purpose, find_stack_problems(pool, name)) for name, purpose in PURPOSES.items()],
        peers=[(peer, read_peer(peer.name)[1]) for peer in PEERS.values()],
    )


def find_stack_problems(pool: Pool, name: str) -> list[str]:
    """Explain why a named stack cannot be used; empty if it can."""
    try:
        pool.choose({"STACK": name})
    except StackError as error:
        return error.problems
    return []


def describe(parts: Assembled) -> str:
    """Name the stack of an app, and the options that differ from it."""
    stack = parts.settings.values["STACK"]
    changed = [f"{slot} = {option}" for slot, option in find_changed(stack, parts.choice).items()]
    return f"the stack {stack}" + (f", with {', '.join(changed)}" if changed else "")


def read_peer(name: str) -> tuple[str, list[str]]:
    """Read the name of a peer. Return it if it can be used, and what is wrong with it if not."""
    if not name:
        return "", []
    if name not in PEERS:
        return "", [f"{name!r} is not a peer: choose one of {', '.join(PEERS)}.{suggest(name, PEERS)}"]
    try:
        PEERS[name].check()
    except PeerError as error:
        return "", [str(error)]
    return name, []


def confirm(*notes: str) -> ResponseReturnValue:
    """Go to the board, and show what was done."""
    for note in notes:
        flash(note)
    back = find_way_back()
    return redirect(f"{url_for('board')}?{urlencode({'from': back})}" if back else url_for("board"))


def find_way_back() -> str:
    """Return the page of the blog from which the visitor came; empty if no page of this server is named."""
    return local(request.values.get("from")) or ""


def is_tutorial_shown(blog: Flask) -> bool:
    """Check whether the tutorial answers requests of this server."""
    everywhere = assembled(blog).settings.where("TUTORIAL") != "the default"
    is_development = blog.debug or request.environ.get("SERVER_SOFTWARE", "").startswith("Werkzeug/")
    return "tutorial" in blog.blueprints and (everywhere or is_development)
