"""Three attempts a minute for each address, with Flask-Limiter.

``get_remote_address`` is the key of each limit, and ``@limiter.limit`` limits one view. ``headers_enabled`` adds
``Retry-After`` and the headers ``X-RateLimit-...`` to the responses; without it, a client is not told when to come
back. With ``LIMITS_STORAGE=redis://localhost:6379/0`` all processes share the counters; ``in_memory_fallback_enabled``
lets each process count while Redis is away.

Start it with ``flask --app flask_limiter_app run``.
It follows https://flask-limiter.readthedocs.io/en/stable/
"""

import os

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

app = Flask(__name__)
limiter = Limiter(
    get_remote_address,
    app=app,
    storage_uri=os.environ.get("LIMITS_STORAGE", "memory://"),
    in_memory_fallback_enabled=True,
    headers_enabled=True,
)


# step: refuse
@app.errorhandler(429)
def refuse(error):
    return {"error": f"Too many attempts: {error.description}."}, 429


# step: limit a view
@app.post("/attempt")
@limiter.limit("3 per minute")
def attempt():
    return {"attempt": "made"}


@app.get("/")
def index():
    return {"limited": "/attempt"}
