"""Permanent redirects: followed at once, believed only after they were seen again and again.

``memory["move"]`` is ``{"to", "since", "seen"}`` while a move is watched, and has ``"settled": true`` once it is believed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

SIGHTINGS = 3
SPAN = timedelta(hours=48)


def follow_move(memory: dict[str, Any], asked: str, final: str, permanent: bool, now: datetime) -> None:
    """Note what a good answer says about the address: a sighting of a permanent move, or its end.

    The answer was read as what the source is, so the target is known to hold it. 302 and 307 never count.
    """
    move = memory.get("move")
    if move and move.get("settled"):
        if asked != move["to"] or (permanent and final != asked):
            forget_move(memory)
        return
    if not permanent or final == asked:
        forget_move(memory)
        return
    if not move or move["to"] != final:
        memory["move"] = {"to": final, "since": now.isoformat(), "seen": 1}
        return
    seen = int(move["seen"]) + 1
    settled = seen >= SIGHTINGS and now - datetime.fromisoformat(move["since"]) >= SPAN
    memory["move"] = {**move, "seen": seen, **({"settled": True, "from": asked} if settled else {})}


def moved_to(memory: Mapping[str, Any]) -> str | None:
    """Where the source has lastingly moved to, if it has."""
    move = memory.get("move")
    return str(move["to"]) if move and move.get("settled") else None


def forget_move(memory: dict[str, Any]) -> None:
    """Go back to the catalogue's address."""
    memory.pop("move", None)
