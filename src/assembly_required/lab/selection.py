"""Select the tests of the contract that an option can affect.

The whole contract runs on each named stack. For an option that no named stack has, only the tests run that it can
break, on the default stack with this one option changed. ``pytest --pairs`` combines every option with every other.
Login, forms, mail, tasks and admin serve the website, which the contract does not test.
"""

from collections.abc import Set

DATA = {"articles", "comments", "identity", "lists", "profiles", "races", "sequences", "tags", "users"}

AFFECTED: dict[str, Set[str]] = {
    "orm": DATA,
    "migrations": DATA,
    "hashing": {"abuse", "identity", "users"},
    "permissions": {"articles", "comments"},
    "login": set(),
    "forms": set(),
    "mail": set(),
    "tasks": set(),
    "admin": set(),
    "limits": {"abuse"},
    "tokens": {"sequences", "tokens", "users"},
    "validation": {"abuse", "articles", "bad_input", "comments", "identity", "lists", "users"},
    "docs": {"abuse", "articles", "bad_input", "comments", "cors", "lists", "profiles", "tags", "tokens", "users"},
    "docs_ui": set(),
}
"""The modules of the contract, without ``test_``, that the options of each slot can affect."""


def affects(stack: str, module: str) -> bool:
    """Return whether a stack, written as for ``--stack``, can change the results of a module's tests.

    >>> affects("hashing=argon2", "assembly_required.contract.test_users")
    True
    >>> affects("hashing=argon2", "assembly_required.contract.test_cors")
    False
    >>> affects("bare", "assembly_required.contract.test_cors")
    True
    """
    case = module.rpartition(".test_")[2]
    if "=" not in stack:
        return True
    slots = [choice.partition("=")[0] for choice in stack.partition(" on ")[0].split(",")]
    return any(slot not in AFFECTED or case in AFFECTED[slot] for slot in slots)
