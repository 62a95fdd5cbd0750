"""Finding known names and terms in text: longest match first, over folded forms.

Forms are kept in one dictionary and found through their heads: a Latin form by its first word, any other by its first two
characters. A text is read once; at every possible head only the lengths that some form has are tried.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsdigest.language.folding import fold

if TYPE_CHECKING:
    from newsdigest.language.lexicon import Entry


@dataclass(frozen=True, slots=True)
class Mention:
    """``text[start:end] == surface`` names the entry; ``others`` are entries that share the form."""

    entry: str
    start: int
    end: int
    surface: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Owner:
    """One entry's claim on a form. ``case``: "" any, "initial" a capital first, "exact" as the form has it.

    ``inflects`` allows a plural, ``open_end`` a katakana word that goes on, ``whole`` no hyphen beside it.
    """

    entry: str
    language: str
    latin: bool
    case: str
    spelling: str
    inflects: bool
    open_end: bool
    whole: bool


_HEAD = re.compile("[a-z0-9\u00df-\u00f6\u00f8-\u024f]+|[^\x00-\x7f]")
NUMERALS = "0123456789０１２３４５６７８９〇零一二三四五六七八九十百千万萬億亿兆両两兩"
# Characters of text whose mentions are kept: a large event's.
_KEPT = 2_000_000
_PROPER = frozenset({"person", "body", "place", "country"})
_ACCENTS = {
    code: base
    for code in range(0xC0, 0x250)
    if len(base := unicodedata.normalize("NFD", chr(code))[:1]) == 1 and base.isascii() and base.isalpha()
} | {ord("ø"): "o", ord("ł"): "l", ord("đ"): "d"}


def is_latin(form: str) -> bool:
    """Whether a form is written in an alphabet, so that it must stand between word boundaries."""
    return form.isascii() or max(form) < "\u2e80"


class Matcher:
    """Longest-match search for all forms of all entries.

    Case: a Latin name must begin with a capital where its form does; an all-capital form of up to four letters (``AI``, ``UN``) and a
    name of up to three (``Xi``) must stand exactly so. Terms and offices are found in their plural too. A form that begins or
    ends in katakana must not continue a katakana word (``リマ`` is not in ``クリマ``), except that a term of four and more may begin one.
    ``not_within`` maps a form to longer words in which it means something else (``中国`` in ``中国地方``).
    """

    def __init__(
        self, entries: Iterable[Entry], han: Mapping[str, str], not_within: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self._fold_map: dict[int, str] = {**_ACCENTS, **{ord(variant): form for variant, form in han.items()}}
        self._forms: dict[str, tuple[_Owner, ...]] = {}
        self._heads: dict[str, tuple[int, ...]] = {}
        self._within: dict[str, tuple[tuple[str, int], ...]] = {}
        self._digits = frozenset(map(self._plain, NUMERALS))
        self._numbered: set[str] = set()
        self._known: dict[tuple[str, str | None], tuple[Mention, ...]] = {}
        self._kept = 0
        for form, words in (not_within or {}).items():
            plain = self._plain(form)
            longer = [self._plain(word) for word in words]
            self._within[plain] = tuple((word, word.index(plain)) for word in longer if plain in word)
        self._add_all(entries)

    def extended(self, entries: Iterable[Entry]) -> Matcher:
        """Return a matcher that knows further entries too; this one stays as it is."""
        more = Matcher((), {})
        more._fold_map, more._within = self._fold_map, self._within
        more._digits, more._numbered = self._digits, set(self._numbered)
        more._forms, more._heads = dict(self._forms), dict(self._heads)
        more._add_all(entries)
        return more

    def fold(self, text: str) -> str:
        """The folded form under which a spelling is looked up."""
        return self._plain(text)

    def owners(self, form: str) -> tuple[str, ...]:
        """The entries that have this form, in any language."""
        return tuple(dict.fromkeys(owner.entry for owner in self._forms.get(self._plain(form), ())))

    def may_number(self, text: str) -> bool:
        """Whether a mention in a text may hold a numeral; False only where no form with one stands in it."""
        plain = self._plain(text)
        if len(plain) != len(text) or any(char.isnumeric() and char not in NUMERALS for char in text):
            return True
        return any(map(plain.__contains__, self._numbered))

    def find(self, text: str, language: str | None = None) -> list[Mention]:
        """Return non-overlapping mentions in order; see Lexicon.find. A comparison asks for the same sentences many times."""
        asked = (text, language)
        if asked not in self._known:
            self._kept += len(text)
            if self._kept > _KEPT:
                self._known.clear()
                self._kept = len(text)
            self._known[asked] = tuple(self._find(text, language))
        return list(self._known[asked])

    def _find(self, text: str, language: str | None) -> list[Mention]:
        folded = fold(text)
        plain = folded.text.translate(self._fold_map)
        heads, found, free = self._heads, [], 0
        for match in _HEAD.finditer(plain):
            begin = match.start()
            if begin < free:
                continue
            head = match.group()
            lengths = heads.get(head if head.isascii() else plain[begin : begin + 2])
            if lengths is None:
                continue
            for length in lengths:
                # A slice past the end is shorter than it says, and would be found under its own length anyway.
                owners = self._forms.get(plain[begin : begin + length]) if begin + length <= len(plain) else None
                if owners is None:
                    continue
                hit = self._accepted(owners, plain, begin, begin + length, folded.origin, text, language)
                if hit is not None:
                    found.append(hit[0])
                    free = hit[1]
                    break
        return found

    def _accepted(
        self,
        owners: tuple[_Owner, ...],
        plain: str,
        begin: int,
        end: int,
        origin: Sequence[int],
        text: str,
        language: str | None,
    ) -> tuple[Mention, int] | None:
        if self.inside_other_word(plain, begin, end):
            return None
        start = origin[begin]
        surface = text[start : origin[end - 1] + 1]
        own: list[str] = []
        names: list[str] = []
        for owner in owners:
            if language is not None and owner.language != language and not owner.latin:
                continue
            if not _whole(owner, plain, begin, end) or not _cased(owner, surface):
                continue
            (own if owner.language == language else names).append(owner.entry)
        names = list(dict.fromkeys([*own, *names]))
        if not names:
            return None
        return Mention(names[0], start, start + len(surface), surface, tuple(names[1:])), end

    def inside_other_word(self, plain: str, begin: int, end: int) -> bool:
        """Whether a form stands at ``plain[begin:end]`` only as a part of a longer word that means something else."""
        contexts = self._within.get(plain[begin:end])
        return contexts is not None and any(
            begin >= offset and plain.startswith(word, begin - offset) for word, offset in contexts
        )

    def _plain(self, form: str) -> str:
        return fold(form).text.translate(self._fold_map)

    def _add_all(self, entries: Iterable[Entry]) -> None:
        lengths: dict[str, set[int]] = {}
        for entry in entries:
            kind = entry.kind
            for language, forms in entry.forms.items():
                for form in forms:
                    self._add(form, language, entry.id, kind, lengths)
        for head, some in lengths.items():
            known = some.union(self._heads.get(head, ()))
            self._heads[head] = tuple(sorted(known, reverse=True))

    def _add(self, form: str, language: str, identity: str, kind: str, lengths: dict[str, set[int]]) -> None:
        plain = self._plain(form)
        if _HEAD.match(plain) is None:
            return
        latin = is_latin(form)
        owner = _Owner(
            identity,
            language,
            latin,
            _case_rule(form, kind) if latin else "",
            form,
            latin and kind not in _PROPER,
            kind not in _PROPER and len(plain) >= 4,
            kind == "person",
        )
        for spelling in _plurals(plain) if owner.inflects else (plain,):
            self._forms[spelling] = (*self._forms.get(spelling, ()), owner)
            if not self._digits.isdisjoint(spelling):
                self._numbered.add(spelling)
            head = _HEAD.match(spelling)
            word = head.group() if head else ""
            lengths.setdefault(word if word.isascii() else spelling[:2], set()).add(len(spelling))


def _case_rule(form: str, kind: str) -> str:
    if form.isupper() and sum(map(str.isalpha, form)) <= 4:
        return "exact"
    if kind in _PROPER and form[0].isupper():
        return "exact" if len(form) <= 3 else "initial"
    return ""


def _cased(owner: _Owner, surface: str) -> bool:
    if owner.case == "initial":
        return surface[0].isupper()
    return owner.case != "exact" or surface == owner.spelling


def _plurals(plain: str) -> tuple[str, ...]:
    """A form and its plural."""
    if len(plain) < 3 or not plain[-1].isalpha():
        return (plain,)
    if plain[-1] == "y" and plain[-2] not in "aeiou":
        return plain, plain[:-1] + "ies"
    return plain, plain + ("es" if plain.endswith(("s", "x", "ch", "sh")) else "s")


def _whole(owner: _Owner, plain: str, begin: int, end: int) -> bool:
    """Whether a mention cuts no word."""
    first, last = plain[begin], plain[end - 1]
    before = plain[begin - 1] if begin else ""
    after = plain[end] if end < len(plain) else ""
    if _word(first) and _word(before):
        return False
    if _word(last) and _word(after):
        return False
    if owner.whole and owner.latin and (before == "-" or (after == "-" and _word(plain[end + 1 : end + 2]))):
        return False
    if _katakana(first) and _katakana(before):
        return False
    return not (_katakana(last) and _katakana(after) and not owner.open_end)


def _word(char: str) -> bool:
    return (char.isascii() and char.isalnum()) or ("\u00c0" <= char <= "\u024f")


def _katakana(char: str) -> bool:
    return "\u30a1" <= char <= "\u30fa" or char == "ー"
