"""FastAPI as its tutorial shows it: pydantic models as parameters, and its own errors.

Each error has a type, the place and the input, so it repeats a password that is too short.
"""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import FastAPI, Query

from ...inputs import OVER_HTTP
from ...outcome import read_response
from ...validation.pydantic import NewArticle, NewUser, Page
from .serving import serve

app = FastAPI()


@app.post("/articles", status_code=201)
def publish(new: NewArticle) -> None:
    """Publish an article."""


@app.get("/articles")
def list_articles(page: Annotated[Page, Query()]) -> None:
    """List articles."""


@app.post("/users", status_code=201)
def register(new: NewUser) -> None:
    """Register."""


def answer() -> dict[str, Any]:
    """Send every input to the app and return the outcomes by the name of the input."""
    with serve(app) as send:
        return {each.name: asdict(read_response(send(**each.request()))) for each in OVER_HTTP}
