"""The inspector: the last requests of a browser."""

from flask import Flask, abort, g, render_template
from flask.typing import ResponseReturnValue

from .recording.history import History


def add_requests(desk: Flask, history: History) -> None:
    """Add the inspector to the pages."""

    @desk.get("/workbench/requests")
    def list_requests() -> ResponseReturnValue:
        return render_template("requests.html", recordings=history.list(g.chosen.id))

    @desk.get("/workbench/requests/<id>")
    def show_request(id: str) -> ResponseReturnValue:
        recording = history.find(g.chosen.id, id) or abort(404)
        return render_template("request.html", recording=recording)
