"""The named stacks: whole choices worth a name.

*In Django* there is one stack, and it has no name.

*Here* ``STACK = "classic"`` fills every slot at once, and ``STACK_<SLOT>`` changes one. A stack names only the slots in
which it differs from the defaults.

*What it costs*: nothing; these are data.

*Next*: :mod:`assembly_required.settings`.
"""

STACKS: dict[str, dict[str, str]] = {
    "classic": {},
    "bare": {
        "orm": "plain",
        "migrations": "plain",
        "hashing": "plain",
        "login": "plain",
        "tokens": "plain",
        "validation": "plain",
        "docs": "plain",
    },
}
"""From the name of a stack to its choices.

``classic``: the packages most Flask applications are made of. For whoever learns Flask today.

``bare``: by hand wherever that is possible; Flask, and nothing brought. For whoever wants to see what the others save.
"""
