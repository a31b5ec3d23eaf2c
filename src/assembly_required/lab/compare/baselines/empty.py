"""An empty Flask app: the time Flask itself takes for a request.

Any path below ``/api`` returns an empty object. Its responses are not compared.
"""

from pathlib import Path

from flask import Flask, Response, jsonify


def build(database: Path, secret_key: str) -> Flask:
    """Build the app."""
    app = Flask(__name__, static_folder=None)

    @app.route("/api/<path:path>", methods=["GET", "POST"])
    def nothing(path: str) -> Response:
        return jsonify({})

    return app
