"""The board ``/workbench``: what fills each slot, and what else could."""

from flask import Flask, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from ..stack.slots import SLOTS
from .pool import Pool


def add_board(desk: Flask, pool: Pool) -> None:
    """Add the board to the pages."""

    @desk.get("/workbench")
    def board() -> ResponseReturnValue:
        return render_template("board.html", choice=pool.choose(g.chosen.choices))

    @desk.post("/workbench/use")
    def use() -> ResponseReturnValue:
        keys = ["STACK", *(slot.key for slot in SLOTS.values())]
        g.chosen.choices = {key: request.form[key] for key in keys if request.form.get(key)}
        pool.get(g.chosen.choices)
        g.chosen.save(session)
        return redirect(url_for("board"))

    @desk.post("/workbench/off")
    def turn_off() -> ResponseReturnValue:
        session.clear()
        return redirect(f"{request.script_root}/")
