"""The tags in use.

*In Django* tags are a package (django-taggit) or a ``ManyToManyField``.

*Here* a tag is a name that at least one article carries; when its last article goes, it goes from the list.

*What it costs*: the list is read anew each time, so that a tag is there as soon as its article is.

*Next*: :mod:`assembly_required.conduit.operations`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .operation import operation

if TYPE_CHECKING:
    from .interfaces import Store


@operation("GET", "/tags", tag="Tags", caller="anyone", gives="Tags")
def list_tags(store: Store) -> dict[str, Any]:
    """List all tags in use."""
    return {"tags": store.tags()}
