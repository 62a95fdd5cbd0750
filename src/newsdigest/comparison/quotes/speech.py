"""The words of ``speech.toml``, compiled once a lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from newsdigest.language.lexicon import Lexicon

STRENGTHS = ("neutral", "marked", "concedes", "denies")


@dataclass(frozen=True, slots=True)
class Speech:
    """Verbs of speech by language (one pattern each), the words of names, and the marks of the kinds of quote."""

    table: Mapping[str, Any]
    verbs: Mapping[str, re.Pattern[str]]
    strengths: Mapping[str, Mapping[str, str]]
    not_names: frozenset[str]
    titles: frozenset[str]
    heads: frozenset[str]
    bodies: frozenset[str]
    described_en: re.Pattern[str]
    head_en: re.Pattern[str]
    suffix_ja: re.Pattern[str]
    role_ja: re.Pattern[str]
    role_zh: re.Pattern[str]

    def strength(self, verb: str, language: str) -> str:
        """Return how strong a verb is: neutral, marked, concedes or denies."""
        return self.strengths[language].get(verb.lower(), "neutral")


_COMPILED: dict[str, Speech] = {}


def speech(lexicon: Lexicon) -> Speech:
    """Return the compiled speech words of a lexicon."""
    if lexicon.digest not in _COMPILED:
        if len(_COMPILED) > 8:
            _COMPILED.clear()
        _COMPILED[lexicon.digest] = _compile(lexicon.table("speech"))
    return _COMPILED[lexicon.digest]


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in sorted(set(words), key=lambda w: (-len(w), w)))


def _compile(table: Mapping[str, Any]) -> Speech:
    verbs: dict[str, re.Pattern[str]] = {}
    strengths: dict[str, dict[str, str]] = {}
    for language in ("en", "ja", "zh"):
        by_verb = {verb: strength for strength in STRENGTHS for verb in table["verbs"][language].get(strength, ())}
        strengths[language] = by_verb
        edge = r"(?<![A-Za-z'’-])({})(?![A-Za-z])" if language == "en" else "({})"
        # Capitals matter: "States" is no verb; a headline's "Says" is in the data.
        verbs[language] = re.compile(edge.format(_either(by_verb)))
    names = table["names"]
    return Speech(
        table=table,
        verbs=verbs,
        strengths=strengths,
        not_names=frozenset(names["en"]["not_names"]),
        titles=frozenset(names["en"]["titles"]),
        heads=frozenset(names["en"]["heads"]),
        bodies=frozenset(names["en"]["bodies"]),
        described_en=re.compile(
            r"\b(?:[Aa]n?|[Tt]he|[Oo]ne|[Aa]nother|[Ss]ome|[Ss]everal|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Tt]wo|[Mm]any|[A-Z][\w.]*['’]s)\s+"
            rf"(?:[\w'’.&-]+\s+){{0,6}}?(?:{_either(names['en']['heads'])})\b(?!-)"
        ),
        head_en=re.compile(rf"\s(?:{_either(names['en']['heads'])})\b"),
        suffix_ja=re.compile(rf"([一-龯々〆ァ-ヴーA-Za-zＡ-Ｚ・=＝]{{1,24}}?)({_either(names['ja']['suffixes'])})"),
        role_ja=re.compile(rf"({_either(names['ja']['roles'])})$"),
        role_zh=re.compile(rf"([一-龥·A-Za-z]{{0,16}}?)({_either(names['zh']['roles'])})"),
    )
