"""The report of a comparison: one HTML file with its style and its charts inside, which loads nothing.

It is made from the result of ``flask compare`` alone, so the same result gives the same file on every machine. Charts
are bars of SVG in a page of HTML: their labels stay text of the page, which keeps its size on a phone and is found by
a search.
"""

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from ..health import Table
from . import numbers
from .charts import build_costs, build_requests, build_shares
from .contract import build_grid
from .method import METHODS, list_limitations
from .prose import format_code
from .serving import build_serving, build_waiting
from .slots import build_slots
from .summary import build_summary


def render(result: Mapping[str, Any], health: Table) -> str:
    """Render the report of a result.

    :param result: what ``flask compare --json`` prints. Parts that were not measured are left out of the report.
    :param health: the table of packages.
    """
    environment = Environment(
        loader=PackageLoader(__name__),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(numbers.FILTERS, code=format_code)
    return environment.get_template("report.html").render(
        result=result,
        summary=build_summary(result),
        requests=build_requests(result),
        costs=build_costs(result),
        shares=build_shares(result),
        serving=build_serving(result),
        waiting=build_waiting(result),
        slots=build_slots(result, health),
        contract=build_grid(result),
        health=health,
        limitations=list_limitations(result),
        methods=[method for method in METHODS if method.applies(result)],
    )
