"""The inspector: the last requests of a browser, and all that was recorded of one."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Flask, abort, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from ..stack.settings import Database
from .links import link_place, shorten_module
from .plans import NoPlan, explain
from .recording.history import REQUESTS, History
from .recording.masking import HIDDEN
from .recording.model import Place
from .recording.recorder import Recording
from .statements import group_statements
from .timeline import list_rows


@dataclass(frozen=True)
class Plan:
    """The plan of a statement.

    :param number: the number of the statement.
    :param lines: the plan.
    :param problem: why there is none.
    """

    number: int
    lines: list[str]
    problem: str = ""


def add_requests(desk: Flask, history: History, database: Database, debug: bool) -> None:
    """Add the inspector to the pages.

    :param debug: whether the app has a page of the mail that was sent.
    """

    @desk.get("/workbench/requests")
    def list_requests() -> ResponseReturnValue:
        return render_template("requests.html", recordings=history.list(g.chosen.id), most=REQUESTS)

    @desk.post("/workbench/requests/clear")
    def clear_requests() -> ResponseReturnValue:
        history.clear(g.chosen.id)
        return redirect(url_for("list_requests"))

    @desk.post("/workbench/requests/functions")
    def record_functions() -> ResponseReturnValue:
        g.chosen.functions = request.form.get("functions") == "on"
        g.chosen.save(session)
        return redirect(url_for("list_requests"))

    @desk.get("/workbench/requests/<id>")
    def show_request(id: str) -> ResponseReturnValue:
        recording = history.find(g.chosen.id, id)
        return render_missing() if recording is None else render_recording(recording, debug)

    @desk.post("/workbench/requests/<id>/statements/<int:number>/plan")
    def show_plan(id: str, number: int) -> ResponseReturnValue:
        recording = history.find(g.chosen.id, id)
        if recording is None:
            return render_missing()
        if number >= len(recording.statements):
            abort(404)
        return render_recording(recording, debug, make_plan(database, recording, number))


def render_missing() -> ResponseReturnValue:
    """Render the page of a request that is not kept."""
    return render_template("request_missing.html", most=REQUESTS), 404


def render_recording(recording: Recording, debug: bool, plan: Plan | None = None) -> str:
    """Render the page of a request."""

    def link(place: Place | None) -> str:
        return link_place(request.script_root, place)

    return render_template(
        "request.html",
        recording=recording,
        rows=list_rows(recording),
        groups=group_statements(recording),
        plan=plan,
        link=link,
        module=shorten_module,
        outbox=f"{request.script_root}/mail" if debug else "",
        compare=link_comparison(recording),
    )


def make_plan(database: Database, recording: Recording, number: int) -> Plan:
    """Ask the database for the plan of a statement that was recorded."""
    try:
        return Plan(number, explain(database, recording.statements[number]))
    except NoPlan as error:
        return Plan(number, [], str(error))


def link_comparison(recording: Recording) -> str:
    """Return the URL of this request on two stacks; empty if its address holds a secret, or if it changes something."""
    if recording.method != "GET" or HIDDEN in recording.path + recording.query:
        return ""
    path = recording.path.removeprefix(request.script_root) or "/"
    whole = f"{path}?{recording.query}" if recording.query else path
    return f"{request.script_root}/workbench/compare?{urlencode({'path': whole})}"
