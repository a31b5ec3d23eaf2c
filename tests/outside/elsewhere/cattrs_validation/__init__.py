"""``validation = elsewhere.cattrs_validation``: attrs classes, and cattrs that makes and unmakes them.

*In Django* a serializer is its data's class, its checks and its translation in one.

*Here* these are three. An attrs class says what there is; a type hint's annotation says what holds for it; a
``Converter`` turns JSON values into objects (to structure) and objects into JSON values (to unstructure), by hooks for
types. What is wrong comes as a group of exceptions that nest as the input does. Two converters, because names are in
camel case on the wire only.

*What it costs*: two packages, pure Python. Left alone, cattrs makes a text of anything (``str(1)``), and takes the
letters of a text for a list: each kind of field needs a hook to be strict. attrs' own validators run in ``__init__``,
where the first that fails ends it; hooks say all that is wrong.
"""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from cattrs import BaseValidationError, ClassValidationError
from flask import Flask

from assembly_required.conduit.errors import Invalid
from assembly_required.conduit.limits import BLANK, INVALID
from assembly_required.stack.interfaces import Dumper, JSONSchemas, Loader

from .converters import incoming, outgoing
from .fields import Wrong, described, wire
from .schemas import SCHEMAS, Page


class CattrsValidation:
    """Loading and dumping by cattrs."""

    schemas = SCHEMAS

    def loader(self, name: str) -> Loader:
        shape = SCHEMAS[name]
        structure, unstructure = incoming.get_structure_hook(shape), incoming.get_unstructure_hook(shape)

        def load(data: Any) -> dict[str, Any]:
            try:
                loaded: dict[str, Any] = unstructure(structure(data, shape))
            except BaseValidationError as error:
                raise self.refusal(error) from None
            return loaded if issubclass(shape, Page) else loaded.popitem()[1]

        return load

    def dumper(self, name: str) -> Dumper:
        # What is generated for a class reads attributes, whoever's they are: here those of the blog's own dataclasses.
        unstructure = outgoing.get_unstructure_hook(SCHEMAS[name])
        return lambda found: unstructure(SimpleNamespace(**found))

    def json_schemas(self) -> JSONSchemas:
        return described(SCHEMAS.values())

    def refusal(self, error: BaseValidationError) -> Invalid:
        errors: dict[str, list[str]] = {}
        for key, message in flat(error):
            errors.setdefault(key, []).append(message)
        return Invalid(errors)


def flat(error: Exception, key: str = "body") -> Iterator[tuple[str, str]]:
    """The innermost field of each thing that is wrong; whatever is wrong with an item of a list, the list is invalid.

    ``cattrs.transform_error`` walks the same groups, and makes English texts of them.
    """
    match error:
        case ClassValidationError():
            for each, note in error.group_exceptions()[0]:
                yield from flat(each, wire(note.name))
        case KeyError():
            yield key, BLANK
        case Wrong():
            yield from ((key, message) for message in error.messages)
        case _:
            yield key, INVALID


def build(app: Flask) -> CattrsValidation:
    """The same for every app: converters hold no state of one."""
    return CattrsValidation()
