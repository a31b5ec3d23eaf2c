"""Change the cookies of a request that is sent on."""

from collections.abc import Iterable

from werkzeug.http import dump_cookie


def format_cookies(cookies: Iterable[tuple[str, str]]) -> str:
    """Write cookies as a browser does.

    >>> format_cookies([("session", "x"), ("theme", "dark")])
    'session=x; theme=dark'
    """
    return "; ".join(dump_cookie(name, value, path=None) for name, value in cookies)
