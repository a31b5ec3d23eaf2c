"""FastAPI with ``async def`` and httpx: one thread serves all requests; at ``await`` it goes on with another."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from fastapi import FastAPI, Request


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, Any]]:
    limits = httpx.Limits(max_connections=1_000)
    async with httpx.AsyncClient(base_url=os.environ["UPSTREAM"], limits=limits) as upstream:
        yield {"upstream": upstream}


app = FastAPI(lifespan=lifespan)


@app.get("/")
async def show_quote(request: Request) -> Any:
    response = await request.state.upstream.get("/")
    return response.json()
