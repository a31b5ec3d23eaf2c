"""FastAPI with ``def``: each request runs in a thread. There are 40 of them, unless the app changes AnyIO's limit."""

import os
from typing import Any

import urllib3
from fastapi import FastAPI

app = FastAPI()
upstream = urllib3.PoolManager(maxsize=1_000)


@app.get("/")
def show_quote() -> Any:
    return upstream.request("GET", os.environ["UPSTREAM"]).json()
