"""What the synchronous and the asynchronous app have in common."""

from collections.abc import Sequence

from fastapi import APIRouter, FastAPI
from fastapi.middleware.cors import CORSMiddleware

from .config import get_settings
from .errors import register_handlers


def build_app(routers: Sequence[APIRouter], health: APIRouter) -> FastAPI:
    # bent: no redirect from /api/tags/ to /api/tags
    app = FastAPI(title="Conduit", version="1.0", redirect_slashes=False)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=get_settings().cors_origins,
        allow_methods=["GET", "POST", "PUT", "DELETE"],
        allow_headers=["Authorization", "Content-Type"],
    )
    register_handlers(app, routers)
    for router in routers:
        app.include_router(router, prefix="/api")
    app.include_router(health)
    return app
