"""A Flask app that says nothing: what Flask itself takes for a request.

*In Django* the view that returns an empty ``JsonResponse``, below all default middleware.

*Here* any path below ``/api`` is answered with an empty object. Its bodies are compared with nothing.

*What it costs*: it is the part of every time that no choice of extensions changes.

*Next*: :mod:`assembly_required.lab.compare.baselines.floor`.
"""

from pathlib import Path

from flask import Flask, Response, jsonify


def build(database: Path, secret_key: str) -> Flask:
    """The app."""
    app = Flask(__name__, static_folder=None)

    @app.route("/api/<path:path>", methods=["GET", "POST"])
    def nothing(path: str) -> Response:
        return jsonify({})

    return app
