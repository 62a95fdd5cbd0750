"""The comparison's view of the lexicon: roles, pronouns, initials and patterns, compiled once a comparison."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from newsdigest.comparison.patterns import PatternBook
from newsdigest.language.folding import fold
from newsdigest.language.lexicon import LANGUAGES, Lexicon
from newsdigest.language.matcher import is_latin
from newsdigest.records import Bilingual

_NEVER = re.compile(r"(?!)")
# 発表した, 投稿した, 通报了: the word is a verb there, not a text or a body.
_AS_VERB = "(?!し(?:た|て|ま|、|、)|する|され|了)"


@dataclass(frozen=True, slots=True)
class Role:
    """People or a text without a name; see attribution.toml for the types."""

    id: str
    type: str
    name: Bilingual


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot of slots.toml. ``patterns`` and ``noun`` map language to sources; ``topic`` names it as a row of the matrix."""

    id: str
    exclusive: bool
    question: Bilingual
    say: Bilingual
    topic: Bilingual | None
    patterns: Mapping[str, tuple[str, ...]]
    excludes: Mapping[str, tuple[str, ...]]
    noun: Mapping[str, str]
    covers: frozenset[str] = frozenset()
    negative: bool = False
    manner: bool = False
    thing: bool = False
    words: bool = False
    asks: bool = False
    of: str = ""
    act: Mapping[str, str] = field(default_factory=dict)
    say_not: Bilingual | None = None


class Vocabulary:
    """Everything the comparison reads from the lexicon's tables."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.attribution = lexicon.table("attribution")
        han = lexicon.tables.get("han", {}).get("variants", {})
        words = {k: tuple(v) for k, v in lexicon.table("topics").get("occasion_words", {}).items()}
        self.book = PatternBook({ord(k): v for k, v in han.items() if len(k) == 1}, words)
        self.roles = tuple(self._role(raw) for raw in self.attribution.get("role", ()))
        self._role_by_form = {
            language: {
                fold(form).text: role
                for role, raw in zip(self.roles, self.attribution["role"], strict=True)
                for form in raw.get(language, ())
            }
            for language in LANGUAGES
        }
        self.role_pattern = cache(self._role_pattern)
        self.pronoun_pattern = cache(self._pronoun_pattern)
        self.suffix_pattern = cache(self._suffix_pattern)
        self.initial_pattern = cache(self._initial_pattern)

    @staticmethod
    def _role(raw: Mapping[str, Any]) -> Role:
        return Role(raw["id"], raw["type"], Bilingual(ja=raw["ja_name"], en=raw["en_name"]))

    def kind(self, entry: str) -> str:
        """The kind of an entry ("term" for an id that the lexicon lacks)."""
        known = self.lexicon.entries.get(entry)
        return known.kind if known else "term"

    def role_of(self, surface: str, language: str) -> Role:
        """The role that a matched form stands for."""
        return self._role_by_form[language][fold(surface).text]

    def plain(self, entry: str) -> bool:
        """Whether an entry is left as plain words in a tagged clause: a term that is an act or too general to be an object."""
        known = self.lexicon.entries.get(entry)
        return known is not None and known.kind == "term" and bool({"act", "vague"} & known.tags)

    def is_capital(self, entry: str | None) -> bool:
        """Whether a place is a seat of government, whose name stands for the government."""
        known = self.lexicon.entries.get(entry or "")
        return known is not None and ("capital" in known.tags or entry in self._capitals)

    @cached_property
    def _capitals(self) -> frozenset[str]:
        return frozenset(self.attribution.get("capitals", ()))

    def entry_role(self, entry: str) -> Role | None:
        """The role that an entry of the lexicon is, where it names nobody: experts, officials, kinds of vessels."""
        identity = self.attribution.get("office_roles", {}).get(entry)
        known = self.lexicon.entries.get(entry)
        if identity is None and known is not None and known.kind == "term":
            words = (known.form("en") or "").lower().split()
            # "patrol ship" is a ship; "seizure of a ship" is what happens to one.
            identity = "craft" if words and words[-1] in self._craft_words and "of" not in words else None
        if identity is None and known is not None and known.kind == "office":
            # "Japanese official" is nobody in particular, whatever country stands in the entry.
            last = (known.form("en") or "").lower().split()[-1:]
            identity = next((r for w in last if (r := self._unnamed_words.get(w))), None)
        return next((r for r in self.roles if r.id == identity), None)

    @cached_property
    def _unnamed_words(self) -> Mapping[str, str]:
        return {
            form: raw["id"]
            for raw in self.attribution["role"]
            if raw["type"] == "unnamed"
            for form in raw.get("en", ())
            if " " not in form
        }

    @cached_property
    def _craft_words(self) -> frozenset[str]:
        return frozenset(f for raw in self.attribution["role"] if raw["id"] == "craft" for f in raw.get("en", ()))

    def _role_pattern(self, language: str) -> re.Pattern[str]:
        return _any_of(self._role_by_form[language], re.IGNORECASE)

    def _pronoun_pattern(self, language: str) -> re.Pattern[str]:
        return _any_of(self.attribution.get("pronouns", {}).get(language, ()), re.IGNORECASE)

    def _suffix_pattern(self, language: str) -> re.Pattern[str]:
        source = self.attribution.get("suffixes", {}).get(language)
        return re.compile(source) if source else _NEVER

    def initials(self, language: str) -> Mapping[str, str]:
        """One-character names of countries, by character."""
        table: Mapping[str, str] = self.attribution.get("initials", {}).get(language, {})
        return table

    def _initial_pattern(self, language: str) -> re.Pattern[str]:
        """Pairs (米中首脳, 美日领导人) and single ones before "side" (美方, 米側)."""
        chars = "".join(self.initials(language))
        if not chars:
            return _NEVER
        after_pair = "首脳|両|外相|国防相|財務|通商|元首|领导人|领导|两国|两军|关系|関係|の|間|之间|外长|防长|电话|電話|通话|会談|会晤|经贸|貿易|协|協|は|が|双方|沿岸|海警|海上"
        return re.compile(f"[{chars}]{{2,3}}(?={after_pair})|[{chars}](?=側|侧|方(?![法案针向式面便々向針]))")

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Every slot of slots.toml, in its order."""
        return tuple(_slot(raw) for raw in self.lexicon.table("slots").get("slot", ()))

    def slot(self, identity: str) -> Slot:
        """The slot of an id."""
        return next(s for s in self.slots if s.id == identity)


def _slot(raw: Mapping[str, Any]) -> Slot:
    patterns = {language: tuple(raw.get(language, ())) for language in LANGUAGES}
    return Slot(
        raw["id"],
        bool(raw.get("exclusive", False)),
        Bilingual(**raw["question"]),
        Bilingual(**raw["say"]),
        Bilingual(**raw["topic"]) if "topic" in raw else None,
        {k: tuple(p for p in v if not p.startswith("-")) for k, v in patterns.items()},
        {k: tuple(p[1:] for p in v if p.startswith("-")) for k, v in patterns.items()},
        dict(raw.get("noun", {})),
        frozenset(raw.get("covers", ())),
        bool(raw.get("negative", False)),
        bool(raw.get("manner", False)),
        bool(raw.get("thing", False)),
        bool(raw.get("words", False)),
        bool(raw.get("asks", False)),
        raw.get("of", ""),
        dict(raw.get("act", {})),
        Bilingual(**raw["say_not"]) if "say_not" in raw else None,
    )


def _any_of(forms: Sequence[str] | Mapping[str, Any], flags: int = 0) -> re.Pattern[str]:
    if not forms:
        return _NEVER
    longest_first = sorted(forms, key=lambda f: (-len(f), f))
    latin = "|".join(re.escape(form) for form in longest_first if is_latin(form))
    other = "|".join(re.escape(form) for form in longest_first if not is_latin(form))
    parts = [*([f"(?:{other}){_AS_VERB}"] if other else []), *([rf"\b(?:{latin})\b"] if latin else [])]
    return re.compile("|".join(parts), flags)
