"""The frozen lexicon: names and terms in three languages, and the tables the stages read.

The data are TOML files under ``data/``; a bureau's own folder is laid over them, entry by entry. ``wiring`` reads the files,
``build`` makes the lexicon, and its digest is stored with every comparison.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

from newsdigest.errors import LexiconError
from newsdigest.language.matcher import Matcher, Mention
from newsdigest.records import digest

EntryKind = Literal["person", "body", "place", "country", "office", "term", "occasion"]
LANGUAGES = ("ja", "en", "zh")


@dataclass(frozen=True, slots=True)
class Entry:
    """A name or a term. ``forms[lang][0]`` is printed, the others are only searched for.

    ``country`` is an entry id (``country.jp``) or empty; ``family`` is the short form after first mention;
    ``office`` the printable office before (en) or after (ja) a person's name; ``offices`` the office's entry ids;
    ``tags`` are free words such as ``topic``, ``ally``, ``vague`` (a term too general to be a topic).
    """

    id: str
    kind: EntryKind
    forms: Mapping[str, tuple[str, ...]]
    country: str = ""
    family: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    office: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    tags: frozenset[str] = frozenset()
    broader: tuple[str, ...] = ()
    guessed: bool = False
    offices: tuple[str, ...] = ()

    def form(self, language: str) -> str | None:
        """The printable form in a language, or None where we know none."""
        forms = self.forms.get(language, ())
        return forms[0] if forms else None

    def aliases(self) -> tuple[str, ...]:
        """Every form in every language, without repeats."""
        return tuple(dict.fromkeys(form for lang in LANGUAGES for form in self.forms.get(lang, ())))


@dataclass(frozen=True)
class Lexicon:
    """Entries by id, tables by file name (``tables["units"]``), and the digest of all of it."""

    entries: Mapping[str, Entry]
    tables: Mapping[str, Mapping[str, Any]]
    digest: str

    @cached_property
    def matcher(self) -> Matcher:
        """The matcher over all entries' forms."""
        han = self.tables.get("han", {})
        return Matcher(self.entries.values(), han.get("variants", {}), han.get("not_within", {}))

    @cached_property
    def titles(self) -> Mapping[str, frozenset[str]]:
        """The forms of the offices that stand beside a person's name, by language."""
        offices = [e for e in self.entries.values() if e.kind == "office" and "title" in e.tags]
        return {lang: frozenset(f for e in offices for f in e.forms.get(lang, ())) for lang in LANGUAGES}

    @cached_property
    def han_forms(self) -> dict[int, str]:
        """Variant Han characters to their one form, as ``str.translate`` takes them."""
        variants = self.tables.get("han", {}).get("variants", {})
        return {ord(variant): form for variant, form in variants.items()}

    def find(self, text: str, language: str | None = None) -> list[Mention]:
        """Return the longest mentions of entries in a text, in order, without overlaps.

        With a language only that language's forms and Latin forms are looked for; without, every form (a silence's search).
        """
        return self.matcher.find(text, language)

    def table(self, name: str) -> Mapping[str, Any]:
        """Return a data file's content; raise LexiconError where it is missing."""
        if name not in self.tables:
            raise LexiconError(f"The language data lack {name}.toml.", about=name)
        return self.tables[name]

    def extended(self, more: Mapping[str, Entry]) -> Lexicon:
        """Return this lexicon with entries discovered in an event laid beneath its own.

        An entry that is known already gains the discovered forms (after its own) and keeps everything else.
        """
        merged = dict(self.entries)
        for identity, entry in more.items():
            merged[identity] = _joined(merged[identity], entry) if identity in merged else entry
        wider = Lexicon(MappingProxyType(merged), self.tables, self.digest)
        # The matcher of thousands of entries is not built again for a handful more.
        wider.__dict__["matcher"] = self.matcher.extended(more.values())
        return wider


def build(files: Mapping[str, Mapping[str, Any]]) -> Lexicon:
    """Make a lexicon from parsed files.

    ``files`` maps a path below the data folder without suffix (``names/people``, ``terms/trade``, ``units``) to its TOML content.
    Files under ``names/`` and ``terms/`` hold ``[[entry]]`` tables; every other file is a table. A later file's entry replaces an earlier
    one of the same id. Raises LexiconError naming the file and the entry.
    """
    entries: dict[str, Entry] = {}
    tables: dict[str, Mapping[str, Any]] = {}
    for path in sorted(files):
        content = files[path]
        if path.startswith(("names/", "terms/")):
            for raw in content.get("entry", []):
                entry = _entry(raw, path)
                entries[entry.id] = entry
        else:
            tables[path] = MappingProxyType(dict(content))
    return Lexicon(MappingProxyType(entries), MappingProxyType(tables), digest({k: files[k] for k in sorted(files)}))


def _joined(known: Entry, found: Entry) -> Entry:
    forms = {
        language: tuple(dict.fromkeys((*known.forms.get(language, ()), *found.forms.get(language, ()))))
        for language in LANGUAGES
    }
    return replace(
        known,
        forms=MappingProxyType(forms),
        country=known.country or found.country,
        guessed=known.guessed or found.guessed,
    )


_KEYS = {"id", "kind", "ja", "en", "zh", "country", "family", "office", "tags", "broader"}


def _entry(raw: Mapping[str, Any], path: str) -> Entry:
    identity = raw.get("id")
    if not isinstance(identity, str) or "." not in identity:
        raise LexiconError(f'{path}.toml: an entry needs an id such as "term.soybeans", not {identity!r}.', about=path)
    unknown = set(raw) - _KEYS
    if unknown:
        raise LexiconError(
            f"{path}.toml: {identity} has the unknown key {sorted(unknown)[0]!r}; known are {', '.join(sorted(_KEYS))}.",
            about=identity,
        )
    forms = {}
    for language in LANGUAGES:
        value = raw.get(language, [])
        listed = [value] if isinstance(value, str) else list(value)
        if not all(isinstance(form, str) and form.strip() for form in listed):
            raise LexiconError(f"{path}.toml: {identity}: {language} must be a list of words.", about=identity)
        forms[language] = tuple(listed)
    if not any(forms.values()):
        raise LexiconError(f"{path}.toml: {identity} has no form in ja, en or zh.", about=identity)
    return Entry(
        id=identity,
        kind=raw.get("kind", identity.split(".", 1)[0]),
        forms=MappingProxyType(forms),
        country=raw.get("country", ""),
        family=MappingProxyType(dict(raw.get("family", {}))),
        office=MappingProxyType(dict(raw.get("office", {}))),
        tags=frozenset(raw.get("tags", [])),
        broader=tuple(raw.get("broader", [])),
    )
