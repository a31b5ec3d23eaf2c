"""The pages ``/workbench/measure``: compare two stacks in the background."""

from pathlib import Path

from flask import Flask, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..stack.slots import ConfigError
from .measuring import Measurements
from .pool import Pool
from .sides import SideError, read_side, write_side


def add_measuring(desk: Flask, pool: Pool, root: Path) -> None:
    """Add the pages.

    :param root: the project's folder.
    """
    measurements = Measurements(root)

    @desk.get("/workbench/measure")
    def measure() -> ResponseReturnValue:
        return show(measurements, request.args.get("left", ""), request.args.get("right", ""))

    @desk.post("/workbench/measure")
    def start_measuring() -> ResponseReturnValue:
        left, right = request.form.get("left", ""), request.form.get("right", "")
        try:
            sides = [write_side(pool.get(read_side(each, g.chosen.choices))) for each in (left, right)]
        except (SideError, ConfigError) as error:
            problem = error.message if isinstance(error, ConfigError) else str(error)
            return show(measurements, left, right, problem), 422
        if sides[0] == sides[1]:
            return show(measurements, left, right, f"Both sides are {sides[0]}. Choose two different stacks."), 422
        if measurements.start(*sides) is None:
            flash("Another measurement runs. Two would disturb each other, so wait for it or cancel it.")
        return redirect(url_for("measure"))

    @desk.post("/workbench/measure/cancel")
    def cancel_measuring() -> ResponseReturnValue:
        if measurements.last:
            measurements.last.cancel()
        return redirect(url_for("measure"))


def show(measurements: Measurements, left: str, right: str, problem: str = "") -> str:
    """Render the page."""
    return render_template("measure.html", measurement=measurements.last, left=left, right=right, problem=problem)
