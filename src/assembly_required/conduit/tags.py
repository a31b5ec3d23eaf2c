"""Tags: the list of all tags that at least one article has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .operation import operation

if TYPE_CHECKING:
    from .interfaces import Store


@operation("GET", "/tags", tag="Tags", caller="anyone", gives="Tags")
def list_tags(store: Store) -> dict[str, Any]:
    """List all tags in use."""
    return {"tags": store.tags()}
