"""Edits, related notes and caveats, the sources and how the memo was made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsdigest.comparison.record import Drift
from newsdigest.drafts.writer.contrasts import text_of
from newsdigest.drafts.writer.material import Material
from newsdigest.drafts.writer.point import Arg, Count, Many, Outlet, Plan, Point, Said, Word, spans
from newsdigest.items.evidence import Evidence

_LISTED = 4
_DRIFTS = {
    "paraphrase": "drift_paraphrase",
    "condition_dropped": "drift_condition",
    "hedge_dropped": "drift_reserve",
}


def edits(material: Material) -> Iterator[Plan]:
    """What changed in an item after it came out, a sentence an item; a topic that was taken out of it by name."""
    own: dict[str, list[Drift]] = {}
    dropped: dict[tuple[str, str], Drift] = {}
    for drift in material.comparison.drifts:
        if drift.kind == "dropped_mention":
            dropped.setdefault((drift.first.item, drift.topic_id or ""), drift)
        elif drift.second is None or drift.second.item == drift.first.item:
            own.setdefault(drift.first.item, []).append(drift)
    points = (
        *(_edited(material, item, drifts) for item, drifts in own.items()),
        *(_dropped(material, drift) for drift in [*dropped.values()][:_LISTED]),
    )
    if points:
        heading = Point("frame", "h_edits", evidence=spans(*(p.evidence for p in points)))
        yield Plan("edits", heading, points)


def told_otherwise(material: Material) -> Iterator[Plan]:
    """Wording that differs between a text and one that tells it, what was lost on the way; each told once."""
    told: dict[tuple[str, str, str], list[Drift]] = {}
    for drift in material.comparison.drifts:
        if drift.second is not None and drift.second.item != drift.first.item:
            told.setdefault((drift.first.item, drift.second.item, drift.note.en), []).append(drift)
    points = tuple(_drift(material, drifts) for drifts in told.values())
    if points:
        yield Plan("drift", Point("frame", "h_drift", evidence=spans(*(p.evidence for p in points))), points)


def _dropped(material: Material, drift: Drift) -> Point:
    assert drift.topic is not None
    args: dict[str, Arg] = {"who": text_of(material, drift.first.item), "topic": Said(drift.topic)}
    return Point("fact", "dropped_mention", args, evidence=spans((drift.first,), material.title(drift.first.item)))


def _edited(material: Material, item: str, drifts: list[Drift]) -> Point:
    """Which text was edited and how: added, taken out, changed, by the versions in which the words stand."""
    latest = material.member(item).version.n
    kinds = ["changed" if d.second is not None else "added" if d.first.version == latest else "removed" for d in drifts]
    args: dict[str, Arg] = {
        "who": text_of(material, item),
        "language": Word("languages", material.member(item).language),
        "what": Many(tuple(Word("edits", kind) for kind in dict.fromkeys(kinds))),
    }
    proof = spans((d.first for d in drifts), (d.second for d in drifts if d.second is not None))
    return Point("fact", "edited", args, evidence=proof)


def _drift(material: Material, drifts: list[Drift]) -> Point:
    first = drifts[0]
    assert first.second is not None
    proof = spans(
        *(d.chain for d in drifts), (d.first for d in drifts), (d.second for d in drifts if d.second is not None)
    )
    args: dict[str, Arg] = {
        "who": text_of(material, first.first.item),
        "other": text_of(material, first.second.item),
        "note": Said(first.note, inside=True),
    }
    frame = _DRIFTS.get(first.kind, "drift")
    if len(first.chain) > 1 and first.kind == "paraphrase":
        args["link"] = text_of(material, first.chain[-2].item)
        same = first.chain[0].item == first.chain[-2].item
        frame = "drift_quoted" if same else "drift_chain"
    return Point("fact", frame, args, evidence=proof)


def notes(material: Material, inferred: tuple[Evidence, ...]) -> Plan:
    """The reserves that hold for this memo, each citing what it is about; ``inferred`` are the spans of guessed names."""
    marked = [Point("caveat", "note_inferred", evidence=inferred)] if inferred else []
    points = (*marked, *_notes(material))
    return Plan("notes", Point("frame", "h_notes", evidence=spans(*(p.evidence for p in points))), points)


def _notes(material: Material) -> Iterator[Point]:
    comparison = material.comparison
    held = [material.claims[i] for i in comparison.interpretations if i in material.claims]
    if held:
        yield Point("caveat", "note_interpretation", evidence=_first(c.evidence for c in held))
    told = [material.claims[i] for i in comparison.accounts if i in material.claims]
    if told:
        yield Point("caveat", "note_account", evidence=_first(c.evidence for c in told))
    quiet = [material.title(item) for s in material.silences for item in s.items]
    quiet += [material.title(f.item) for f in comparison.formulae if not f.present]
    if quiet or held:
        yield Point("caveat", "note_intent", evidence=spans(*quiet) or _first(c.evidence for c in held))
    if len(comparison.voices) == 1:
        yield Point("caveat", "note_single", evidence=material.title(comparison.voices[0].lead))
    edited = [m.key for m in material.packet.members if len(m.item.versions) > 1]
    if edited:
        yield Point("caveat", "note_edited", evidence=spans(*(material.title(k) for k in edited)))
    partial = [m.key for m in material.packet.members if not m.version.complete]
    if partial:
        args = {"who": material.outlets(partial)}
        yield Point("caveat", "note_partial", args, evidence=spans(*(material.title(k) for k in partial)))
    for flag in comparison.flags:
        known = next((k for k in material.style["flags"] if k in flag.kind), "other")
        named: dict[str, Arg] = {"who": Outlet(flag.item), "note": Word("flags", known)}
        yield Point("caveat", "note_flag", named, evidence=material.title(flag.item))
    for copy in comparison.copies:
        if copy.kind in ("translation", "official_translation") and len({_body(material, k) for k in copy.items}) == 1:
            languages = dict.fromkeys(material.member(k).language for k in copy.items)
            versions: dict[str, Arg] = {
                "who": Outlet(copy.items[0]),
                "languages": Many(tuple(Word("languages", x) for x in languages)),
            }
            yield Point(
                "caveat", "note_translation", versions, evidence=spans(*(material.title(k) for k in copy.items))
            )
            continue
        pair: dict[str, Arg] = {"who": material.outlets(copy.items[1:]), "lead": Outlet(copy.items[0])}
        yield Point("caveat", "note_copies", pair, evidence=spans(*(material.title(k) for k in copy.items)))
    if comparison.quotes:
        yield Point("caveat", "note_untranslated", evidence=spans(q.evidence for q in comparison.quotes[:3]))
    if any(r.reason == "removed" for r in comparison.reopened):
        yield Point("caveat", "note_removed", evidence=material.title(comparison.items[0]))
    leads = spans(*(material.title(v.lead) for v in comparison.voices))
    if len(comparison.voices) > 1:
        yield Point("caveat", "note_scope", {"n": Count(len(comparison.voices), "sources")}, evidence=leads)
    yield Point("caveat", "note_update", evidence=material.title(comparison.items[-1]))


def _body(material: Material, key: str) -> str:
    statement = material.member(key).item.statement
    return statement.issuer if statement is not None else key


def _first(groups: Iterable[tuple[Evidence, ...]]) -> tuple[Evidence, ...]:
    return spans(*(group[:1] for group in groups))


def sources(material: Material, used: set[str]) -> Iterator[Plan]:
    """The list of sources: those cited above, then those that were not, with the reason."""
    keys = [m.key for m in material.packet.members]
    related = [m.key for m in material.packet.related if m.key in used]
    cited = tuple(_source(material, key) for key in [*keys, *related] if key in used)
    yield Plan("sources", Point("frame", "h_sources", evidence=spans(*(p.evidence for p in cited))), cited)
    rest = tuple(_unused(material, key) for key in keys if key not in used)
    if rest:
        yield Plan("unused", Point("frame", "h_unused", evidence=spans(*(p.evidence for p in rest))), rest)


def _source(material: Material, key: str) -> Point:
    args: dict[str, Arg] = {
        "who": Outlet(key, listed=True),
        "described": Outlet(key, described=True),
        "kind": Word("kinds", material.member(key).source.kind),
        "channel": Word("channels", material.channel(key)),
    }
    when = material.shown(key)
    if when is not None:
        args["when"] = when
    return Point("frame", "source" if when else "source_undated", args, evidence=material.title(key))


def reason(material: Material, key: str) -> str:
    """Why an item is not cited, as a key of the style table ``reasons``."""
    if material.packet.lead_of(key) != key:
        return "copy"
    claims = [c for c in material.comparison.claims if c.item == key]
    if claims and all(c.attribution.second_hand for c in claims):
        return "second_hand"
    return "repeats" if claims else "nothing_typed"


def _unused(material: Material, key: str) -> Point:
    args: dict[str, Arg] = {"who": Outlet(key, listed=True), "reason": Word("reasons", reason(material, key))}
    when = material.shown(key)
    if when is not None:
        args["when"] = when
    return Point("frame", "unused" if when else "unused_undated", args, evidence=material.title(key))


def method(material: Material) -> Plan:
    """How the memo was made: no model, not yet seen by an editor."""
    proof = material.title(material.comparison.items[0])
    return Plan("method", Point("frame", "h_method", evidence=proof), (Point("caveat", "method", evidence=proof),))
