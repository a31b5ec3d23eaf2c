"""The operators: Cosmic Ray's, and some that remove one thing, so that a test has to show what it is for."""

import re
from ast import literal_eval
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import parso
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator
from patterns import shorten

Node = Any
"""A node of parso. Parso has no type hints."""

THEIRS = (
    *("AddNot", "ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceUnaryOperator_Delete_Not"),
    *("RemoveDecorator", "ExceptionReplacer", "ZeroIterationForLoop"),
    *("ReplaceBreakWithContinue", "ReplaceContinueWithBreak"),
    *(f"ReplaceComparisonOperator_{change}" for change in ("Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is")),
    *(f"ReplaceComparisonOperator_{change}" for change in ("Lt_LtE", "Lt_GtE", "LtE_Lt", "LtE_Gt")),
    *(f"ReplaceComparisonOperator_{change}" for change in ("Gt_GtE", "Gt_LtE", "GtE_Gt", "GtE_Lt")),
    *(f"ReplaceBinaryOperator_{change}" for change in ("Add_Sub", "Sub_Add", "Pow_Mul")),
    *(f"ReplaceBinaryOperator_{change}" for change in ("LShift_RShift", "RShift_LShift")),
)
"""Of Cosmic Ray's operators, those that are about behaviour. ``|`` is left out: here it only joins types."""


LOGGING = re.compile(r"^\s*(\w+\.)*(log|logger)\.\w+\(")


class Edit(Operator):
    """An operator that replaces the code of a node."""

    def alternatives(self, node: Node) -> Iterable[str]:
        """Return the code that can take the place of a node."""
        raise NotImplementedError

    def mutation_positions(self, node: Node) -> Iterator[Any]:
        return ((node.start_pos, node.end_pos) for _ in self.alternatives(node))

    def mutate(self, node: Node, index: int) -> Node:
        return parso.parse(node.get_first_leaf().prefix + list(self.alternatives(node))[index])

    @classmethod
    def examples(cls) -> tuple[()]:
        return ()


class ChangeNumber(Edit):
    """Add or take away one. A product such as ``24 * 60 * 60`` counts as one number."""

    def alternatives(self, node: Node) -> Iterable[str]:
        if node.type == "number" and not (node.parent.type == "term" and node.parent.children[0] is not node):
            yield from (str(literal_eval(node.value) + by) for by in (1, -1))


class DeleteStatement(Edit):
    """Delete a call, a ``raise`` or an assignment to an attribute or item. What is only logged stays."""

    def alternatives(self, node: Node) -> Iterable[str]:
        if node.type == "simple_stmt" and _has_effect(node.children[0]):
            yield "pass\n"


class RemoveElement(Edit):
    """Remove an element of a collection, a named argument, or an operand of ``and`` and ``or``."""

    def alternatives(self, node: Node) -> Iterable[str]:
        if node.type in ("and_test", "or_test"):
            yield from _without_one([_code(each) for each in node.children[0::2]], f" {node.children[1].value} ")
        elif node.type in ("arglist", "testlist_comp", "dictorsetmaker") and "for" not in node.children[-1].type:
            parts = _split(node.children)
            removable = [*map(_is_named, parts)] if node.type == "arglist" else None
            yield from _without_one(parts, ",", removable, "," if node.type == "testlist_comp" else "")
        elif node.type == "atom" and _is_set_of_one(node):
            yield "set()"


class NegateMembership(Edit):
    """Turn ``in`` into ``not in``, and back."""

    def alternatives(self, node: Node) -> Iterable[str]:
        if node.type == "comparison":
            left, sign, right = map(_code, node.children[:3])
            turned = {"in": "not in", "not in": "in"}.get(" ".join(sign.split()))
            if turned:
                yield f"{left} {turned} {right}"


class ShortenPattern(Edit):
    """Remove one part of a regular expression."""

    def alternatives(self, node: Node) -> Iterable[str]:
        if node.type == "string" and _is_pattern(node):
            start = node.value.index('"') + 1
            for pattern in shorten(node.value[start:-1]):
                yield node.value[:start] + pattern + '"'


def create_operators() -> list[Operator]:
    theirs = [get_operator(f"core/{name}")() for name in THEIRS]
    return [*theirs, ChangeNumber(), DeleteStatement(), RemoveElement(), NegateMembership(), ShortenPattern()]


def _has_effect(statement: Node) -> bool:
    if LOGGING.search(statement.get_code()):
        return False
    if statement.type == "expr_stmt":
        return statement.children[0].type in ("atom_expr", "power")
    return statement.type in ("atom_expr", "power", "raise_stmt")


def _split(children: Sequence[Node]) -> list[str]:
    """Return the code between the commas, with the white space before it."""
    parts = [""]
    for child in children:
        if child.type == "operator" and child.value == ",":
            parts.append("")
        else:
            parts[-1] += child.get_code()
    return [part for part in [parts[0].lstrip(), *parts[1:]] if part]


def _without_one(
    parts: Sequence[str], between: str, removable: Sequence[bool] | None = None, end: str = ""
) -> Iterator[str]:
    for index in range(len(parts)):
        if removable is None or removable[index]:
            left = [*parts[:index], *parts[index + 1 :]]
            yield between.join(left) + (end if len(left) == 1 else "")


def _is_named(argument: str) -> bool:
    name, sign, _ = argument.partition("=")
    return bool(sign) and name.strip().isidentifier()


def _is_set_of_one(atom: Node) -> bool:
    brace, inside, *_ = atom.children
    return brace.value == "{" and inside.type not in ("dictorsetmaker", "operator")


def _is_pattern(string: Node) -> bool:
    call = string.parent.parent if string.parent.type == "arglist" else string.parent
    return call.type == "trailer" and call.get_first_leaf().get_previous_leaf().value == "compile"


def _code(node: Node) -> str:
    return str(node.get_code(include_prefix=False))
