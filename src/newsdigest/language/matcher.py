"""Finding known names and terms in text: a trie over folded forms, longest match first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsdigest.language.folding import fold

if TYPE_CHECKING:
    from newsdigest.language.lexicon import Entry

_END = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """``text[start:end] == surface`` names the entry; ``others`` are entries that share the form."""

    entry: str
    start: int
    end: int
    surface: str
    others: tuple[str, ...] = ()


def is_latin(form: str) -> bool:
    """Whether a form is written in an alphabet, so that it must stand between word boundaries."""
    return all(ord(char) < 0x2E80 for char in form)


class Matcher:
    """Longest-match search for all forms of all entries.

    An all-capital Latin form of up to four letters (``AI``, ``UN``) matches only in capitals.
    """

    def __init__(self, entries: Iterable[Entry], han: Mapping[str, str]) -> None:
        self._han = {ord(variant): form for variant, form in han.items()}
        self._root: dict[str, Any] = {}
        for entry in entries:
            for language, forms in entry.forms.items():
                for form in forms:
                    self._add(form, language, entry.id)

    def _add(self, form: str, language: str, identity: str) -> None:
        folded = fold(form, self._han).text
        node = self._root
        for char in folded:
            node = node.setdefault(char, {})
        latin = is_latin(form)
        capitals = latin and form.isupper() and len(form) <= 4
        node.setdefault(_END, []).append((identity, language, latin, capitals))

    def find(self, text: str, language: str | None = None) -> list[Mention]:
        """Return non-overlapping mentions in order; see Lexicon.find."""
        folded = fold(text, self._han)
        plain = folded.text
        found: list[Mention] = []
        position = 0
        while position < len(plain):
            mention = self._longest(plain, position, folded.origin, text, language)
            if mention is None:
                position += 1
                continue
            found.append(mention[0])
            position = mention[1]
        return found

    def _longest(
        self, plain: str, begin: int, origin: tuple[int, ...], text: str, language: str | None
    ) -> tuple[Mention, int] | None:
        node = self._root
        best: tuple[Mention, int] | None = None
        word_before = begin > 0 and _word(plain[begin - 1])
        position = begin
        while position < len(plain) and (node := node.get(plain[position])):  # type: ignore[assignment]
            position += 1
            if _END not in node:
                continue
            start, end = origin[begin], origin[position - 1] + 1
            surface = text[start:end]
            owners = []
            for identity, lang, latin, capitals in node[_END]:
                if latin and (word_before or (position < len(plain) and _word(plain[position]))):
                    continue
                if capitals and not surface.isupper():
                    continue
                if language is not None and lang != language and not latin:
                    continue
                owners.append(identity)
            if owners:
                names = tuple(dict.fromkeys(owners))
                best = (Mention(names[0], start, end, surface, names[1:]), position)
        return best


def _word(char: str) -> bool:
    return char.isascii() and char.isalnum() or ("\u00c0" <= char <= "\u024f")
