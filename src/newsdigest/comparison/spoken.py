"""Who speaks in a clause: of all whom it lets speak, the one on whom the rest hangs; and whose words he tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsdigest.comparison.cast import Actor, Cast
from newsdigest.comparison.reading import Clause
from newsdigest.comparison.record import Modality
from newsdigest.comparison.tagging import Group

_KINDS: tuple[tuple[str, Modality], ...] = (
    ("declines", "declines"),
    ("denies", "denies"),
    ("confirms", "confirms"),
    ("says", "says"),
    ("cites", "says"),
    ("last", "says"),
)
_NEAR = 30
"""How far behind its subject "citing" may stand."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks in a clause, how, and as what (``analyst``, ``unnamed``, …); ``told`` is whom he lets speak in turn."""

    actor: Actor
    modality: Modality
    kind: str
    told: Actor | None = None


@dataclass(frozen=True, slots=True)
class _Heard:
    """One reading of a clause's speech: who, by which kind of pattern, where he stands and where the match ends."""

    actor: Actor
    group: Group
    by: str
    modality: Modality
    at: int
    start: int
    end: int


def speaker_of(clause: Clause, cast: Cast, seen: Sequence[Actor]) -> Speaker | None:
    """Find who holds a clause, None where it names nobody who speaks.

    Whoever is named behind or before the whole sentence holds it; else the first to speak; an outlet only where nobody else does,
    since it carries; whoever an outlet cites is heard in its place.
    """
    heard = sorted(_heard(clause, cast, seen), key=lambda h: (h.at, [k for k, _ in _KINDS].index(h.by)))
    spoken = [h for h in heard if not cast.is_outlet(h.actor.name)] or heard
    if not spoken:
        return None
    cited = [h for h in spoken if h.by == "cites" and not _own_citing(h, spoken)]
    last = [h for h in spoken if h.by == "last"]
    best = (cited or last or spoken)[0]
    own = next((h for h in spoken if h.actor.key == best.actor.key and h.by not in ("last", "cites")), best)
    modality = own.modality if best.by not in ("last", "cites") else best.modality
    kind = best.group.role.type if best.group.role else best.group.kind
    return Speaker(best.actor, modality, kind, _told(best, spoken, cast, clause))


def _own_citing(cites: _Heard, spoken: Sequence[_Heard]) -> bool:
    """Whether a body that speaks itself cites another in passing ("the ministry said, citing a report by …")."""
    return any(h.by == "says" and 0 <= cites.start - h.end <= _NEAR and h.actor.key != cites.actor.key for h in spoken)


def _told(best: _Heard, spoken: Sequence[_Heard], cast: Cast, clause: Clause) -> Actor | None:
    """Whom the speaker of a clause lets speak in it: his words stand in another's mouth."""
    words, language = cast.vocabulary.attribution, clause.member.language
    ends = words.get("not_told", {}).get(language)
    # In Japanese what is told stands before the verb of telling, elsewhere behind it.
    inside = language in words.get("told_inside", {}).get("languages", ())
    for other in spoken:
        behind = best.at < other.at < best.end if inside else other.at >= best.end
        behind = behind or best.by in ("last", "cites")
        if other.actor.key == best.actor.key or not behind or other.by in ("last", "cites"):
            continue
        between = clause.names.string[best.end : other.at] if other.at > best.end else ""
        if ends and between and cast.vocabulary.book.compile(ends, language).search(between):
            continue
        return other.actor
    return None


def _heard(clause: Clause, cast: Cast, seen: Sequence[Actor]) -> Iterator[_Heard]:
    language = clause.member.language
    speech = cast.vocabulary.attribution["speech"].get(language, {})
    for kind, modality in _KINDS:
        for source in speech.get(kind, ()):
            for match in cast.vocabulary.book.compile(source, language).finditer(clause.names.string):
                group = clause.group_at(match, "actor")
                actor = cast.resolve(group, clause, seen) if group else None
                if actor is None or group is None or group.kind == "place" or _goes_on(group, clause, cast):
                    continue
                yield _Heard(actor, group, kind, modality, match.start("actor"), match.start(), match.end())


def _goes_on(group: Group, clause: Clause, cast: Cast) -> bool:
    """Whether a country's name is only the beginning of a longer name that the lexicon lacks."""
    allowed = cast.vocabulary.attribution.get("after_country", {}).get(clause.member.language)
    if group.kind != "country" or not allowed:
        return False
    following = clause.text[group.end - clause.start : group.end - clause.start + 1]
    return "\u4e00" <= following <= "\u9fff" and following not in allowed


def passes_on(clause: Clause, cast: Cast, seen: Sequence[Actor]) -> bool:
    """Whether another outlet stands between the speaker of a clause and the item that carries it."""
    found = (h.actor for h in _heard(clause, cast, seen) if cast.is_outlet(h.actor.name))
    return any(not cast.is_own(actor, clause.member) for actor in found)
