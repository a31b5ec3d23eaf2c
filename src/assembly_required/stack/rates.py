"""Rates in the configuration, written as ``100/hour``."""

import re

RATE = re.compile(r"([1-9]\d{0,5})/(second|minute|hour|day)")

SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400}


def parse_rate(text: str) -> tuple[int, int] | None:
    """Return how many times are allowed in how many seconds; ``None`` for an empty text.

    >>> parse_rate("100/hour"), parse_rate("")
    ((100, 3600), None)
    """
    rate = RATE.fullmatch(text)
    return (int(rate[1]), SECONDS[rate[2]]) if rate else None
