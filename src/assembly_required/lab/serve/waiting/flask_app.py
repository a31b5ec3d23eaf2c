"""Flask: the thread that runs a view waits with it. The server decides how many threads there are."""

import os
from typing import Any

import urllib3
from flask import Flask

app = Flask(__name__)
upstream = urllib3.PoolManager(maxsize=1_000)


@app.get("/")
def show_quote() -> Any:
    return upstream.request("GET", os.environ["UPSTREAM"]).json()
