"""silence: each "no mention" has its search, its complete text and its kind of item; the search is made again here."""

from __future__ import annotations

from collections.abc import Iterator

from newsdigest.comparison.packet import Member
from newsdigest.comparison.record import Silence
from newsdigest.drafts.draft import GateResult, Rendition
from newsdigest.drafts.gates.place import Desk, Place, result, unquoted
from newsdigest.drafts.gates.shapes import read
from newsdigest.drafts.writer.names import Namer
from newsdigest.language.folding import fold
from newsdigest.language.lexicon import Lexicon


def check(desk: Desk) -> GateResult:
    """Search every silent text again for every form of its topic; find sentences that claim a silence without one."""
    faults: list[str] = []
    for silence in desk.draft.silences:
        faults.extend(_proof(desk, silence))
    checked = len(desk.draft.silences)
    proven = {s.id for s in desk.draft.silences} | {a.id for a in desk.comparison.agreements if a.silent}
    formulae = {f.id for f in desk.draft.formulae}
    for place in desk.places:
        if place.part == "heading":
            continue
        checked += place.sentence.kind == "no_mention"
        faults.extend(_claimed(desk, place, proven, formulae))
        faults.extend(_holders(desk, place))
    known = {s.id: s for s in desk.comparison.silences}
    faults += [f"silence {s.id} is not as the comparison has it" for s in desk.draft.silences if known.get(s.id) != s]
    return result("silence", checked, faults)


_SHAPES = ("lede_only", "no_mention", "headline_only", "headline_only_bare")


def _holders(desk: Desk, place: Place) -> Iterator[str]:
    """A sentence that says whose text lacks a topic names the body of that very text."""
    held = [s for s in desk.comparison.silences if s.id in place.sentence.claims]
    if place.sentence.kind != "no_mention" or not held:
        return
    style = desk.lexicon.table(f"style/{place.rendition}")
    parts = [fields["silent"] for fields in read(style, _SHAPES, place.sentence.text)] or [place.sentence.text]
    for silence in held:
        forms = [form for key in silence.items for form in _bodies(desk, place.rendition, key)]
        if forms and not any(form.lower() in part.lower() for form in forms for part in parts):
            yield place.fault(f"names another than the body whose text lacks “{silence.topic.en}”")


def _bodies(desk: Desk, language: Rendition, key: str) -> list[str]:
    member = next((m for m in desk.packet.members if m.key == key), None)
    if member is None:
        return []
    issuers = {v.lead: v.name for v in desk.comparison.voices if v.official}
    everybody = (*desk.packet.members, *desk.packet.related)
    namer = Namer(language, desk.lexicon, desk.lexicon.table(f"style/{language}"), everybody, issuers)
    forms = (namer.owner(member), namer.outlet(member))
    return [form.removeprefix("the ").removesuffix("’s").removesuffix("’") for form in forms if form]


def _proof(desk: Desk, silence: Silence) -> Iterator[str]:
    name = f"silence {silence.id} ({silence.topic.en})"
    if not silence.searched:
        yield f"{name}: no search is recorded"
    for key in silence.items:
        member = next((m for m in desk.packet.members if m.key == key), None)
        if member is None:
            yield f"{name}: {key} is not of this event"
            continue
        if not member.version.complete:
            yield f"{name}: the text of {key} is not complete"
        carried = silence.carried and member.source.kind == "state_media"
        if not carried and (member.item.statement is None or not member.item.statement.chosen):
            yield f"{name}: {key} is no text whose body chose what to say"
        if silence.text_sha256 and member.version.text_sha256 not in silence.text_sha256:
            yield f"{name}: the search was made in another version of {key}"
        found = _search(desk, silence, member)
        if found:
            yield f"{name}: “{found}” stands in {key}"


def _search(desk: Desk, silence: Silence, member: Member) -> str | None:
    """The first form of the topic in the whole text, in any language; None where there is none."""
    for text in (member.title, member.text):
        for mention in desk.mentions(text):
            if silence.topic_id in (mention.entry, *mention.others):
                return mention.surface
        plain = fold(text).text
        for word in silence.searched:
            if _stands(fold(word).text, plain, desk.lexicon):
                return word
    return None


def _stands(word: str, text: str, lexicon: Lexicon) -> bool:
    if not word:
        return False
    latin = all(ord(char) < 0x2E80 for char in word)
    position = text.find(word)
    while position >= 0:
        inside = lexicon.matcher.inside_other_word(text, position, position + len(word))
        if not latin and not inside:
            return True
        before = text[position - 1] if position else " "
        after = text[position + len(word)] if position + len(word) < len(text) else " "
        if latin and not inside and not before.isalnum() and not after.isalnum():
            return True
        position = text.find(word, position + 1)
    return False


def _claimed(desk: Desk, place: Place, proven: set[str], formulae: set[str]) -> Iterator[str]:
    gate = desk.lexicon.table(f"style/{place.rendition}")["gate"]
    text = unquoted(place.sentence.text)
    for word in gate["silent"]:
        if word in text:
            yield place.fault(f"“{word}”: say that there is no mention")
    claims = set(place.sentence.claims)
    absent = place.sentence.kind == "no_mention" or any(word in text for word in gate["no_mention"])
    excused = place.sentence.kind in ("caveat", "frame") or claims & formulae or _reported(desk, place)
    if absent and not claims & proven and not excused:
        yield place.fault("says that something is not mentioned without a search that proves it")


def _reported(desk: Desk, place: Place) -> bool:
    """Whether the sentence reports somebody else's word that something is not mentioned (a claim of the comparison)."""
    claims = {c.id: c for c in desk.comparison.claims}
    held = [claims[i] for i in place.sentence.claims if i in claims]
    return place.sentence.kind == "fact" and bool(held) and all(c.slot == "not_mentioned" for c in held)
