"""The board ``/workbench``: what fills each slot, and what else could.

A choice is a link, so a draft and its conflicts are shown without a script. Only the buttons change something.
"""

from urllib.parse import urlencode, urlsplit

from flask import Flask, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from ..lab.peers import PEERS, Peer, PeerError
from ..stack.assembly import assembled
from ..stack.describe import find_changed
from ..stack.names import suggest
from ..stack.slots import ConfigError, StackError
from ..stack.stacks import PURPOSES
from .drafts import explain_unknown, make_draft, read_choices, write_query
from .keeping import keep_choices
from .peering import Peers
from .pool import Pool


def add_board(desk: Flask, pool: Pool, peers: Peers) -> None:
    """Add the board to the pages."""

    @desk.get("/workbench")
    def board() -> ResponseReturnValue:
        choices = read_choices(request.args) or g.chosen.choices
        return render_board(pool, choices, explain_unknown(request.args))

    @desk.post("/workbench/use")
    def use() -> ResponseReturnValue:
        choices = read_choices(request.form)
        try:
            app = pool.get(choices)
        except ConfigError as error:
            return render_board(pool, choices, [] if isinstance(error, StackError) else [error.message]), 422
        g.chosen.choices, g.chosen.peer = choices, ""
        g.chosen.save(session)
        stack, choice = assembled(app).settings.values["STACK"], assembled(app).choice
        changed = [f"{name} = {choice[name].option.name}" for name in find_changed(stack, choice)]
        return confirm(
            f"This browser now uses the stack {', with '.join([stack, *filter(None, [', '.join(changed)])])}."
        )

    @desk.post("/workbench/peer")
    def use_peer() -> ResponseReturnValue:
        name = request.form.get("peer", "")
        try:
            find_peer(name)
            peers.reach(name)
        except PeerError as error:
            return render_board(pool, g.chosen.choices, [str(error)]), 422
        g.chosen.peer = name
        g.chosen.save(session)
        return confirm(f"The requests of this browser now go to the peer {name}.")

    @desk.post("/workbench/keep")
    def keep() -> ResponseReturnValue:
        choices = read_choices(request.form)
        try:
            notes = keep_choices(pool.merge({}), choices)
        except ConfigError as error:
            return render_board(pool, choices, [] if isinstance(error, StackError) else [error.message]), 422
        return confirm(*notes)

    @desk.post("/workbench/off")
    def turn_off() -> ResponseReturnValue:
        session.clear()
        return redirect(find_way_back() or f"{request.script_root}/")


def render_board(pool: Pool, choices: dict[str, str], problems: list[str]) -> str:
    """Render the board with a draft.

    :param problems: what else is wrong with the request.
    """
    try:
        used = pool.choose(g.chosen.choices)
    except StackError as error:  # a package was removed since
        g.chosen.choices, used = {}, pool.choose({})
        problems = [*problems, error.message]
    draft = make_draft(pool, choices, used)
    return render_template(
        "board.html",
        draft=draft,
        used=used,
        used_query=write_query(g.chosen.choices),
        problems=[*problems, *draft.problems],
        stack=pool.merge(choices).values["STACK"],
        purposes=PURPOSES,
        peers=[(peer, explain_peer(peer)) for peer in PEERS.values()],
        way_back=find_way_back(),
    )


def describe(app: Flask) -> str:
    """Name the stack of an app, and the options that differ from it."""
    stack, choice = assembled(app).settings.values["STACK"], assembled(app).choice
    changed = [f"{name} = {choice[name].option.name}" for name in find_changed(stack, choice)]
    return f"{stack}, with {', '.join(changed)}" if changed else str(stack)


def find_peer(name: str) -> Peer:
    """Find a peer, and check that its packages are installed.

    :raises PeerError: there is no such peer, or they are not installed.
    """
    if name not in PEERS:
        raise PeerError(f"{name!r} is not a peer: choose one of {', '.join(PEERS)}.{suggest(name, PEERS)}")
    PEERS[name].check()
    return PEERS[name]


def explain_peer(peer: Peer) -> str:
    """Explain why a peer cannot be used; the text is empty if it can."""
    try:
        peer.check()
    except PeerError as error:
        return str(error)
    return ""


def confirm(*notes: str) -> ResponseReturnValue:
    """Go to the board, and show what was done."""
    for note in notes:
        flash(note)
    back = find_way_back()
    return redirect(f"{url_for('board')}?{urlencode({'from': back})}" if back else url_for("board"))


def find_way_back() -> str:
    """Return the page of the blog from which the visitor came; empty if none of this server is named."""
    path = request.values.get("from", "")
    parts = urlsplit(path)
    is_path = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if is_path and not parts.scheme and not parts.netloc else ""
