"""Cells of a CSV file that a spreadsheet does not run as formulas."""

from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""How a cell begins that a spreadsheet may run; the last four are the full-width forms of the first four.

Source: https://owasp.org/www-community/attacks/CSV_Injection
"""


def neutralize(value: Any) -> Any:
    """Put an apostrophe before a text that a spreadsheet could run. Numbers and dates are returned as they are.

    >>> neutralize("=1+1"), neutralize("a=1"), neutralize(-1)
    ("'=1+1", 'a=1', -1)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
