"""A token adapter that is not part of the package: chosen by its dotted path, it counts what it has handed out."""

from flask import Flask, request

from assembly_required.conduit.errors import Unauthorized


class CountedTokens:
    scheme = {"type": "apiKey", "in": "header", "name": "Authorization"}

    def __init__(self) -> None:
        self._bearers: list[int] = []

    def issue(self, user_id: int) -> str:
        self._bearers.append(user_id)
        return str(len(self._bearers))

    def caller(self) -> int | None:
        sent = request.headers.get("Authorization", "").removeprefix("Token ")
        if not sent:
            return None
        if not sent.isdecimal() or not 1 <= int(sent) <= len(self._bearers):
            raise Unauthorized.invalid()
        return self._bearers[int(sent) - 1]


def build(app: Flask) -> CountedTokens:
    return CountedTokens()
