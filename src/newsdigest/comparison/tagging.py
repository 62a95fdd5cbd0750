"""Turns a clause into a string in which each name, office, role or term is one character, with the way back to the source.

Slots and attributions are read from such strings: a pattern says "actor, verb, object" and need not know any name.
Names that stand together ("U.S. Treasury Secretary Scott Bessent", ベッセント米財務長官) are one group with one head.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsdigest.comparison.patterns import BLOCK_SIZE, BLOCKS
from newsdigest.comparison.vocabulary import Role, Vocabulary
from newsdigest.language.matcher import Mention

_HEADS = ("person", "role", "body", "office", "country", "place", "pronoun")
# Where a name and a role share a span: a craft or a text is a role, not a term.
_RANK = {"role": 1, "pronoun": 2, "term": 3}
# "the patrol ship X of the Y": the craft belongs to what follows.
_OF = frozenset({" of ", " of the "})
_MERGED = frozenset({"person", "body", "office", "country", "role"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A known word at ``[start, end)`` of the field: a lexicon entry, or a role, a pronoun, an initial."""

    start: int
    end: int
    kind: str
    entry: str | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Words that name one thing. ``entry`` is its head's id (None for roles and pronouns).

    ``country``, ``body``, ``office`` and ``beside`` (a role) stand beside it; ``owner`` is a second body ("patrol ship X of the Y").
    """

    start: int
    end: int
    kind: str
    surface: str
    entry: str | None = None
    role: Role | None = None
    country: str | None = None
    body: str | None = None
    office: str | None = None
    beside: Role | None = None
    capital: bool = False
    owner: str | None = None


def pieces(text: str, mentions: Iterable[Mention], vocabulary: Vocabulary, language: str) -> list[Piece]:
    """Return the known words of a text in order, without overlaps; a longer role wins over a name inside it."""
    found = [_piece(m, vocabulary) for m in mentions if not vocabulary.plain(m.entry)]
    for match in vocabulary.role_pattern(language).finditer(text):
        role = vocabulary.role_of(match.group(), language)
        found.append(Piece(match.start(), match.end(), "role", role=role))
    for match in vocabulary.pronoun_pattern(language).finditer(text):
        found.append(Piece(match.start(), match.end(), "pronoun"))
    found.sort(key=lambda p: (p.start, -(p.end - p.start), _RANK.get(p.kind, 0)))
    kept: list[Piece] = []
    for piece in found:
        if kept and piece.start < kept[-1].end:
            if piece.end - piece.start > kept[-1].end - kept[-1].start and piece.start == kept[-1].start:
                kept[-1] = piece
            continue
        kept.append(piece)
    return _with_initials(text, kept, vocabulary, language)


def _piece(mention: Mention, vocabulary: Vocabulary) -> Piece:
    kind = vocabulary.kind(mention.entry)
    role = vocabulary.entry_role(mention.entry) if kind in ("office", "term") else None
    return Piece(mention.start, mention.end, "role" if role else kind, entry=mention.entry, role=role)


def _with_initials(text: str, known: list[Piece], vocabulary: Vocabulary, language: str) -> list[Piece]:
    initials = vocabulary.initials(language)
    if not initials:
        return known
    covered: set[int] = set()
    for piece in known:
        covered.update(range(piece.start, piece.end))
    starts = {p.start: p.kind for p in known}
    more = []
    for match in vocabulary.initial_pattern(language).finditer(text):
        for offset, char in enumerate(match.group()):
            place = match.start() + offset
            if place not in covered and char in initials:
                more.append(Piece(place, place + 1, "country", entry=initials[char]))
    for start, kind in starts.items():
        before = start - 1
        stands = before >= 0 and before not in covered and text[before] in initials
        alone = before <= 0 or not _han(text[before - 1]) or before - 1 in covered
        if kind in ("office", "body") and stands and alone:
            more.append(Piece(before, start, "country", entry=initials[text[before]]))
    unique = {p.start: p for p in more}
    return sorted([*known, *unique.values()], key=lambda p: p.start)


def _han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def groups(text: str, known: Sequence[Piece], vocabulary: Vocabulary, language: str) -> list[Group]:
    """Join neighbouring pieces that name one thing."""
    out: list[Group] = []
    run: list[Piece] = []
    for piece in known:
        if run and _joins(text, run, piece):
            run.append(piece)
            continue
        if run:
            out.append(_group(text, run, vocabulary, language))
        run = [piece]
    if run:
        out.append(_group(text, run, vocabulary, language))
    return out


def _joins(text: str, run: Sequence[Piece], piece: Piece) -> bool:
    last = run[-1]
    if last.kind not in _MERGED or piece.kind not in _MERGED:
        return False
    between = text[last.end : piece.start]
    kinds = {p.kind for p in run}
    if piece.kind == "country":
        # ベッセント米財務長官: the country stands after the person; 中美 are two parties.
        return between == "" and kinds == {"person"}
    if piece.kind == "person" and ("person" in kinds or _is_craft(run[-1])):
        return False
    if between in _OF and piece.kind in ("country", "body") and any(p.role and p.role.type == "craft" for p in run):
        return True
    if piece.kind == last.kind and piece.kind != "role":
        return False
    if between in ("", " ", "-", "・", "·"):
        return True
    possessive = between.strip() in ("'s", "’s", "の", "的")
    return possessive and (piece.kind in ("body", "office") or _is_named_by_owner(piece))


def _is_craft(piece: Piece) -> bool:
    return piece.role is not None and piece.role.type in ("craft", "document")


def _is_named_by_owner(piece: Piece) -> bool:
    return piece.role is not None and piece.role.type in ("body", "speaker", "document", "leader", "craft", "unnamed")


def _group(text: str, run: Sequence[Piece], vocabulary: Vocabulary, language: str) -> Group:
    head = min(run, key=lambda p: _HEADS.index(p.kind) if p.kind in _HEADS else -1)
    if head.kind == "role":
        # "coast guard vessel": the last role says what it is.
        roles = [p for p in run if p.kind == "role"]
        head = roles[-1]
        if head.role and head.role.type == "speaker":
            # "Foreign Ministry spokesperson": the ministry speaks.
            head = next((p for p in roles if p.role and p.role.type == "body"), head)
    country = next((p.entry for p in run if p.kind == "country"), None)
    body = next((p.entry for p in run if p.kind == "body"), None)
    office = next((p.entry for p in run if p.kind == "office"), None)
    start, end = run[0].start, run[-1].end
    suffix = vocabulary.suffix_pattern(language).match(text, end)
    if suffix and head.kind in _MERGED and suffix.end() > end:
        end = suffix.end()
    kind = head.kind if head.kind in BLOCKS else "term"
    return Group(
        start,
        end,
        kind,
        text[start:end],
        entry=head.entry,
        role=head.role,
        country=country,
        body=body,
        office=office,
        beside=next((p.role for p in run if p.role), None),
        capital=head.kind == "place" and vocabulary.is_capital(head.entry),
        owner=next((p.entry for p in reversed(run) if p.kind == "body" and p.entry != body), None),
    )


@dataclass(frozen=True, slots=True)
class Tagged:
    """A clause's string with names as tokens, the source offset of each character plus the end, and the group by position."""

    string: str
    origin: tuple[int, ...]
    groups: dict[int, Group]

    def group(self, match: re.Match[str], name: str) -> Group | None:
        """The group that a named part of a match stands on, if any."""
        if name not in match.re.groupindex or match.start(name) < 0:
            return None
        return self.groups.get(match.start(name))


def tagged(start: int, end: int, within: Sequence[Group], fold: str) -> Tagged:
    """Tag ``[start, end)`` of a field; ``fold`` is the whole field folded character by character."""
    out: list[str] = []
    origin: list[int] = []
    places: dict[int, Group] = {}
    position = start
    for number, group in enumerate(within):
        if number >= BLOCK_SIZE or group.start < position:
            continue
        out.append(fold[position : group.start])
        origin.extend(range(position, group.start))
        places[len(origin)] = group
        out.append(chr(BLOCKS["capital" if group.capital else group.kind] + number))
        origin.append(group.start)
        position = min(group.end, end)
    out.append(fold[position:end])
    origin.extend(range(position, end))
    origin.append(end)
    return Tagged("".join(out), tuple(origin), places)
