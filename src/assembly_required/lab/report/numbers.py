"""Format figures for people: as many digits as the measurement supports."""

from collections.abc import Callable

NONE = "-"


def format_ratio(value: float | None) -> str:
    """
    >>> format_ratio(0.1234), format_ratio(1.0), format_ratio(None)
    ('0.12 x', '1.00 x', '-')
    """
    return NONE if value is None else f"{value:.2f} x"


def format_number(value: float | None) -> str:
    """Format with three digits, or all digits before the point.

    >>> format_number(0.04561), format_number(9.87), format_number(12.34), format_number(1234.5), format_number(0)
    ('0.046', '9.9', '12', '1,234', '0')
    """
    if value is None:
        return NONE
    if value == 0 or abs(value) >= 10:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 1 else f"{value:.2g}"


def format_unit(value: float | None, unit: str) -> str:
    """
    >>> format_unit(85.4, "MiB"), format_unit(None, "MiB"), format_unit(3, "")
    ('85 MiB', '-', '3.0')
    """
    return NONE if value is None else f"{format_number(value)} {unit}".strip()


def format_count(value: int | None) -> str:
    """
    >>> format_count(10_000), format_count(None)
    ('10,000', '-')
    """
    return NONE if value is None else f"{value:,}"


def format_share(value: float) -> str:
    """
    >>> format_share(0.256)
    '26 %'
    """
    return f"{value:.0%}".replace("%", " %")


def format_percent(value: float) -> str:
    """Format a length for SVG.

    >>> format_percent(0.3333)
    '33.33%'
    """
    return f"{value:.2%}"


NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL", "sql": "SQL", "orm": "ORM"}


def format_name(name: str) -> str:
    """Write a name in a result as people write it.

    >>> format_name("sqlite"), format_name("framework")
    ('SQLite', 'framework')
    """
    return NAMES.get(name, name)


FILTERS: dict[str, Callable[..., str]] = {
    "ratio": format_ratio,
    "number": format_number,
    "unit": format_unit,
    "count": format_count,
    "share": format_share,
    "percent": format_percent,
    "name": format_name,
}
