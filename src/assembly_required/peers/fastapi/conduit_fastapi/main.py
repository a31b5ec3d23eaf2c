"""The app: ``uvicorn conduit_fastapi.main:app``."""

from .application import build_app
from .routers import articles, comments, profiles, tags, users

app = build_app([users.router, profiles.router, articles.router, comments.router, tags.router], tags.health)
