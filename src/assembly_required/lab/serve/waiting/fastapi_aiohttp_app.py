"""FastAPI with ``async def`` and aiohttp: the same as with httpx, with a client that needs less time for each call."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from fastapi import FastAPI, Request


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, Any]]:
    connector = aiohttp.TCPConnector(limit=1_000)
    async with aiohttp.ClientSession(os.environ["UPSTREAM"], connector=connector) as upstream:
        yield {"upstream": upstream}


app = FastAPI(lifespan=lifespan)


@app.get("/")
async def show_quote(request: Request) -> Any:
    async with request.state.upstream.get("/") as response:
        return await response.json()
