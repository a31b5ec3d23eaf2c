"""What every option and every peer weighs, for the report."""

from typing import Any

from ..stack.slots import SLOTS
from .peers import PEERS
from .weight import count_peer, weigh


def list_options() -> dict[str, dict[str, Any]]:
    """Weigh the options of every slot that are installed.

    :returns: by slot and option: lines of the adapter, names of packages that Flask does not need, and megabytes.
    """
    weights = {
        slot.name: {option.name: weigh(slot, option) for option in slot.options if not option.missing()}
        for slot in SLOTS.values()
    }
    return {
        slot: {
            option: {"lines": each.lines, "packages": [*each.packages], "megabytes": round(each.size / 1e6, 2)}
            for option, each in options.items()
        }
        for slot, options in weights.items()
    }


def count_peer_lines() -> dict[str, dict[str, int]]:
    """Count the lines that each peer needs for each slot."""
    return {peer.name: count_peer(peer) for peer in PEERS.values()}


def take_inventory() -> dict[str, Any]:
    """Return what the report shows beside the measurements."""
    return {"options": list_options(), "peer_lines": count_peer_lines()}
