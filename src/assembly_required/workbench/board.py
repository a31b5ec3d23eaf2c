"""The board ``/workbench``: what fills each slot, and what else could.

A choice is a link, so a draft and its conflicts are shown without a script. Only the buttons change something.
"""

from urllib.parse import urlsplit

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
from .pool import Pool


def add_board(desk: Flask, pool: Pool) -> None:
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
        if problem := find_peer_problem(name):
            return render_board(pool, g.chosen.choices, [problem]), 422
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

    @desk.post("/workbench/functions")
    def record_functions() -> ResponseReturnValue:
        g.chosen.functions = request.form.get("functions") == "on"
        g.chosen.save(session)
        return confirm(
            "The functions of each request are recorded from now on. It takes longer meanwhile."
            if g.chosen.functions
            else "Functions are no longer recorded."
        )

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
        peers=[(peer, find_peer_problem(peer.name)) for peer in PEERS.values()],
        way_back=find_way_back(),
    )


def describe(app: Flask) -> str:
    """Name the stack of an app, and the options that differ from it."""
    stack, choice = assembled(app).settings.values["STACK"], assembled(app).choice
    changed = [f"{name} = {choice[name].option.name}" for name in find_changed(stack, choice)]
    return f"{stack}, with {', '.join(changed)}" if changed else str(stack)


def find_peer_problem(name: str) -> str:
    """Explain why a peer cannot be used. The text is empty if it can, or if ``name`` is empty, for none."""
    if not name:
        return ""
    peer: Peer | None = PEERS.get(name)
    if peer is None:
        return f"{name!r} is not a peer: choose one of {', '.join(PEERS)}.{suggest(name, PEERS)}"
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
    return redirect(url_for("board", **({"from": back} if back else {})))


def find_way_back() -> str:
    """Return the page of the blog from which the visitor came; empty if none of this server is named."""
    path = request.values.get("from", "")
    parts = urlsplit(path)
    is_path = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if is_path and not parts.scheme and not parts.netloc else ""
