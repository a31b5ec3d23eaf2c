"""Bodies sent in chunks, without ``Content-Length``: they are read to the end, or refused.

If such a body is read at once, Werkzeug stops at ``MAX_CONTENT_LENGTH`` without an error, and the form or the JSON is
cut off.
"""

from functools import cached_property
from typing import IO, cast

from flask import Request
from werkzeug.exceptions import BadRequest, HTTPException, RequestEntityTooLarge
from werkzeug.wsgi import LimitedStream


class ChunkedBody(LimitedStream):
    """The body of a request of unknown length."""

    def readinto(self, b: bytearray) -> int | None:  # type: ignore[override]
        """Read some bytes.

        :raises BadRequest: a chunk is broken. Each server has errors of its own for that.
        """
        try:
            return super().readinto(b)
        except HTTPException:
            raise
        except Exception as error:
            raise BadRequest from error

    def readall(self) -> bytes:
        """Read all.

        :raises RequestEntityTooLarge: there is more after the limit.
        """
        data = super().readall()
        if self.is_exhausted:
            self.limit += 1
            if self.read(1):
                raise RequestEntityTooLarge
        return data


class WholeRequest(Request):
    """A request whose body is read to the end."""

    @cached_property
    def stream(self) -> IO[bytes]:
        """The body."""
        limit = self.max_content_length
        if limit is None or not self.is_chunked:
            return super().stream
        return cast(IO[bytes], ChunkedBody(self.environ["wsgi.input"], limit, is_max=True))

    @property
    def is_chunked(self) -> bool:
        """Whether the length is not known, and the server marks the end."""
        return self.content_length is None and "wsgi.input_terminated" in self.environ
