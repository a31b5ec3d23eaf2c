"""Two converters: what comes in, checked, with its names changed; what goes out, with its names changed back."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from attrs import fields, has
from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from assembly_required.conduit.limits import BLANK
from assembly_required.conduit.model import timestamp

from .fields import AtMost, Wrong, rules, wire

Structure = Callable[[Any, Any], Any]

incoming, outgoing = Converter(omit_if_default=True), Converter()


def renamed(shape: type) -> dict[str, Any]:
    """``tag_list=override(rename="tagList")``, for each name that is another one on the wire."""
    return {each.name: override(rename=wire(each.name)) for each in fields(shape) if wire(each.name) != each.name}


@incoming.register_structure_hook_factory(has)
def structure_object(shape: type) -> Structure:
    """What cattrs generates for a class, for an object only; surplus fields are dropped, as cattrs does by default."""
    structure: Structure = make_dict_structure_fn(shape, incoming, **renamed(shape))

    def checked(value: Any, kind: Any) -> Any:
        if not isinstance(value, Mapping):
            raise Wrong(BLANK)
        return structure(value, kind)

    return checked


@incoming.register_structure_hook_factory(lambda kind: bool(rules(kind)))
def structure_annotated(kind: Any) -> Structure:
    """A value is what its annotation says; the items of a list are for cattrs to structure."""
    (said,) = rules(kind)
    if isinstance(said, AtMost):
        check, structure = said.check, incoming.get_structure_hook(kind.__origin__)
        return lambda value, _: structure(check(value), kind.__origin__)
    return lambda value, _: said.check(value)


@outgoing.register_unstructure_hook_factory(has)
def unstructure_object(shape: type) -> Callable[[Any], dict[str, Any]]:
    return make_dict_unstructure_fn(shape, outgoing, **renamed(shape))


outgoing.register_unstructure_hook(datetime, timestamp)
