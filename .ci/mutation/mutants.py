"""The mutants of a module."""

import ast
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, zip_longest

from areas import Unit
from cosmic_ray.mutating import mutate_code
from operators import create_operators

OPPOSITES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}


@dataclass(frozen=True)
class Mutant:
    """A module with one change.

    :param module: its path below the package.
    :param code: the changed source.
    :param line: the number of the first line that changes.
    :param before: that line, without indentation.
    :param after: the line with this number in the changed source.
    """

    module: str
    code: str
    line: int
    before: str
    after: str


def create_mutants(unit: Unit, module: str, source: str) -> Iterator[Mutant]:
    """Make each change once. What is not Python, or is the same program, is no mutant."""
    lines = _find_lines(source, unit.functions)
    known = {_parse(source)}
    for operator in create_operators():
        for occurrence in count():
            code = mutate_code(source, operator, occurrence)
            if code is None:
                break
            tree = _parse(code)
            if tree is None or tree in known:
                continue
            known.add(tree)
            line, before, after = _compare(source, code)
            if line in lines and not before.startswith(unit.leave):
                yield Mutant(module, code, line, before, after)


def _parse(source: str) -> str | None:
    try:
        return ast.dump(_Canonical().visit(ast.parse(source)))
    except SyntaxError:
        return None


class _Canonical(ast.NodeTransformer):
    """Turn ``not a in b`` into ``a not in b``, and so on, as the compiler does."""

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        self.generic_visit(node)
        if isinstance(node.op, ast.Not) and isinstance(node.operand, ast.Compare) and len(node.operand.ops) == 1:
            turned = OPPOSITES.get(type(node.operand.ops[0]))
            if turned:
                return ast.Compare(node.operand.left, [turned()], node.operand.comparators)
        return node


def _find_lines(source: str, functions: Sequence[str]) -> Container[int]:
    """Return the lines of these functions and of their decorators; if none is named, all lines."""
    if not functions:
        return range(1, source.count("\n") + 2)
    found = [
        range(min([each.lineno for each in node.decorator_list], default=node.lineno), (node.end_lineno or 0) + 1)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.name in functions
    ]
    return {line for lines in found for line in lines}


def _compare(source: str, code: str) -> tuple[int, str, str]:
    """Return the number of the first line that differs, and that line in both."""
    pairs = enumerate(zip_longest(source.splitlines(), code.splitlines(), fillvalue=""), start=1)
    line, (before, after) = next((line, pair) for line, pair in pairs if pair[0] != pair[1])
    return line, before.strip(), after.strip()
