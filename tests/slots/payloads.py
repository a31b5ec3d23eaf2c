"""Random payloads for the operations of the API."""

from typing import Any

from hypothesis import strategies as st

from assembly_required.conduit.examples import EXAMPLES
from assembly_required.conduit.operation import Operation

FIELDS = sorted(
    {"user", "article", "comment"}
    | {
        key
        for example in EXAMPLES.values()
        for inside in example.values()
        if isinstance(inside, dict)
        for key in inside
    }
)
TEXT = st.text(st.characters(), max_size=70) | st.sampled_from(["x@y.de", "\ud800", "\x00", " ", "password123"])
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(FIELDS) | TEXT, inner, max_size=5),
    max_leaves=12,
)


@st.composite
def payloads(draw: st.DrawFn, operation: Operation) -> Any:
    """Generate a payload: random JSON, or the operation's example with random changes."""
    if operation.takes is None or draw(st.booleans()):
        return draw(VALUE)
    ((envelope, fields),) = EXAMPLES[operation.takes].items()
    changed = draw(st.dictionaries(st.sampled_from([*fields, "tagList"]), VALUE | TEXT | st.lists(TEXT, max_size=3)))
    return {envelope: {**fields, **changed}}
