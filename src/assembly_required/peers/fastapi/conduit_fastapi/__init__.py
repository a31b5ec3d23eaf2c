"""Conduit on FastAPI: the JSON API of the blog, as FastAPI's documentation would write it."""
