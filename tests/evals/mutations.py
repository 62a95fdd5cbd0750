"""Texts changed in one place: what must change in the comparison changes, and nothing else does.

Each file of ``tests/replay/mutations`` names an event and its mutations: the class, the item, the exact span (``find``), what stands there
instead (``put``), the findings that ``must`` change and those that ``may``. A finding is named by its kind and any of its labels (item,
slot, topic, source …; see ``tests/replay/findings.py``). All other findings are compared with those of the unchanged event.

For each class: ``applied``, ``changed_as_expected`` (all that must change did) and ``unexpected`` (something moved that was not named).
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from newsdigest.comparison.compare import compare
from newsdigest.comparison.packet import Member, Packet
from newsdigest.comparison.record import Comparison
from newsdigest.demo.play import played
from newsdigest.events.event import Copy, Event
from newsdigest.pipeline.packets import packet_of
from newsdigest.records import digest
from newsdigest.settings import Settings
from tests.replay.findings import Edit, Finding, findings

FILES = Path(__file__).resolve().parents[1] / "replay" / "mutations"
EVENTS = FILES.parent / "events"
DEFAULT = FILES
CLASSES = ("number", "actor", "negate", "speaker", "hedge", "quote", "remove")


@dataclass(frozen=True)
class Outcome:
    """What one mutation did: the named findings that did not change, and the changed ones that nobody named."""

    event: str
    spec: Mapping[str, Any]
    unseen: tuple[Mapping[str, str], ...]
    unexpected: tuple[Finding, ...]


def evaluate(path: Path, options: argparse.Namespace) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Apply every mutation of a file, or of all files of a folder."""
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    outcomes = [outcome for file in files for outcome in run(file)]
    scores: dict[str, Any] = {}
    for name in CLASSES:
        of_class = [o for o in outcomes if o.spec["class"] == name]
        if of_class:
            scores[name] = {
                "applied": len(of_class),
                "changed_as_expected": sum(not o.unseen for o in of_class),
                "unexpected": sum(bool(o.unexpected) for o in of_class),
            }
    return scores, [_told(outcome) for outcome in outcomes]


def _told(outcome: Outcome) -> dict[str, Any]:
    spec = outcome.spec
    moved = [f"{f.kind} {dict(f.labels)} {f.body}" for f in outcome.unexpected]
    return {
        "event": outcome.event,
        **{k: spec[k] for k in ("class", "item", "find", "put")},
        "unseen": list(outcome.unseen),
        "unexpected": moved,
    }


@cache
def run(file: Path) -> tuple[Outcome, ...]:
    """Play the event of a file once, and compare it once a mutation."""
    spec = json.loads(file.read_text(encoding="utf-8"))
    packet, slug = packet_of_event(spec)
    before = compare(packet)
    return tuple(_outcome(file.stem, row, packet, slug, before) for row in spec["mutations"])


def _outcome(
    event: str, row: Mapping[str, Any], packet: Packet, slug: Mapping[str, str], unchanged: Comparison
) -> Outcome:
    mutated, edit = mutate(packet, row, slug)
    before = findings(unchanged, slug, edit, made=False)
    after = findings(compare(mutated), slug, edit, made=True)
    changed = {*(before - after), *(after - before)}
    named = [*row["must"], *row.get("may", ())]
    unseen = tuple(w for w in row["must"] if not any(f.fits(w) for f in changed))
    unexpected = tuple(sorted((f for f in changed if not any(f.fits(w) for w in named)), key=lambda f: f.body))
    return Outcome(event, row, unseen, unexpected)


def mutate(packet: Packet, row: Mapping[str, Any], slug: Mapping[str, str]) -> tuple[Packet, Edit]:
    """Return the packet with one span of one item's newest version replaced, and the edit."""
    field = row.get("field", "text")
    (member,) = [m for m in packet.members if slug[m.key] == row["item"]]
    whole = member.title if field == "title" else member.text
    if whole.count(row["find"]) != 1:
        raise ValueError(f"{row['item']}: {row['find']!r} stands {whole.count(row['find'])} times in the {field}")
    start = whole.index(row["find"])
    edit = Edit(member.key, member.version.n, field, start, start + len(row["find"]), row["put"])
    changed = whole[:start] + row["put"] + whole[edit.end :]
    members = tuple(_edited(m, field, changed) if m is member else m for m in packet.members)
    return replace(packet, members=members), edit


def _edited(member: Member, field: str, whole: str) -> Member:
    version = member.version.model_copy(update={field: whole, f"{field}_sha256": digest(whole)})
    item = member.item.model_copy(update={"versions": (*member.item.versions[:-1], version)})
    return replace(member, item=item, version=version)


def packet_of_event(spec: Mapping[str, Any]) -> tuple[Packet, dict[str, str]]:
    """Return the event as the pipeline stores its items, and the document of each item; members and copies are those that the specification names."""
    file = EVENTS / f"{spec['event']}.json" if spec["event"] else None
    with tempfile.TemporaryDirectory() as folder, played(Settings(root=Path(folder)), file=file) as (bureau, record):
        keys = [key for event in record["events"] for key in event["items"]]
        items = bureau.store.items(keys)
        slug = {key: item.url.rsplit("/", 1)[-1].removesuffix(".html") for key, item in items.items()}
        key_of = {name: key for key, name in slug.items()}
        times = [t for name in spec["items"] if (t := items[key_of[name]].versions[0].published.instant)]
        related = [e["id"] for e in record["events"] if {slug[k] for k in e["items"]} & set(spec["related"])]
        event = Event(
            id="mutated",
            items=tuple(key_of[name] for name in spec["items"]),
            copies=tuple(
                Copy(items=tuple(key_of[n] for n in group), kind="syndicated", reason="") for group in spec["copies"]
            ),
            related=tuple(related),
            first=min(times),
            last=max(times),
        )
        return replace(packet_of(bureau, event, max(times)), lexicon=bureau.lexicon), slug
