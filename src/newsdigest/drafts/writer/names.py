"""Printing people, bodies, places and sources: only forms that a source or the gazetteer gives, office first time, short after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from newsdigest.comparison.packet import Member
from newsdigest.comparison.record import Name
from newsdigest.drafts.draft import Rendition
from newsdigest.language.lexicon import Entry, Lexicon
from newsdigest.language.matcher import is_latin


class Namer:
    """Prints names in one rendition and remembers who was already introduced."""

    def __init__(
        self,
        language: Rendition,
        lexicon: Lexicon,
        style: Mapping[str, Any],
        members: Sequence[Member] = (),
        issuers: Mapping[str, Name] = MappingProxyType({}),
    ) -> None:
        self._language = language
        self._lexicon = lexicon
        self._style = style
        self._members = members
        self._issuers = issuers
        self._met: set[str] = set()

    def copy(self) -> Namer:
        """A namer that has met the same people, for trying a sentence."""
        other = Namer(self._language, self._lexicon, self._style, self._members, self._issuers)
        other._met = set(self._met)
        return other

    def say(self, name: Name, *, short: bool = False) -> str | None:
        """The printable name, or its role, or None where this half knows neither."""
        said = self._say(name, short=short)
        return said.removeprefix("the ") if said and short else said

    def _say(self, name: Name, *, short: bool) -> str | None:
        if name.kind == "outlet" and name.id and name.id.startswith("source."):
            found = next((m for m in self._members if f"source.{m.source.id}" == name.id), None)
            if found is not None:
                return self.source(found)
        entry = self._lexicon.entries.get(name.id) if name.id else None
        if entry is not None and entry.kind == "person" and not entry.guessed and entry.form(self._language):
            return self._person(entry, short=short)
        form = self._form(name, entry)
        if form is None:
            return self.role(name)
        if (name.kind or (entry.kind if entry else "")) == "person":
            form = self._unlisted(form, name.id or form, short=short)
        guessed = name.guessed or (entry is not None and entry.guessed)
        return form + self._mark(name.id or form) if guessed and not short and not _own(form, name.surface) else form

    def _mark(self, key: str) -> str:
        """The mark of an inferred link between scripts, at its first mention."""
        if f"guess {key}" in self._met:
            return ""
        self._met.add(f"guess {key}")
        return str(self._style["words"]["guessed"])

    def role(self, name: Name) -> str | None:
        """What somebody without a printable name is called."""
        return None if name.role is None else str(getattr(name.role, self._language))

    def entry(self, identity: str) -> str | None:
        """A lexicon entry's printed form, or the Latin form that another language shares."""
        entry = self._lexicon.entries.get(identity)
        if entry is None:
            return None
        own = entry.form(self._language)
        if own is not None:
            own = self._with_article(entry, own)
        if own is None and (latin := entry.form("en")) and self._language == "ja" and entry.kind != "term":
            own = latin
        if own is None:
            return None
        return own + self._mark(identity) if entry.guessed else own

    def _with_article(self, entry: Entry, form: str) -> str:
        if self._definite(entry, form):
            return f"the {form}"
        heads = self._style["words"].get("indefinite_heads", ())
        if entry.kind == "term" and form.rsplit(" ", 1)[-1].lower() in heads:
            return f"{_article(form) if not form.startswith('one-') else 'a'} {form}"
        return form

    def known_place(self, text: str) -> str:
        """A plain name of a country or body with its article, where it is one that has one ("the United States")."""
        for identity in self._style["words"].get("definite", ()):
            entry = self._lexicon.entries.get(identity)
            if entry is not None and entry.form("en") == text:
                return f"the {text}"
        return text

    def _definite(self, entry: Entry, form: str) -> bool:
        """Whether English sets "the" before a form."""
        words = self._style["words"]
        if "definite" not in words or form.startswith("the "):
            return False
        head = form.rsplit(" ", 1)[-1].lower()
        return entry.id in words["definite"] or entry.kind in ("occasion", "office") or head in words["definite_heads"]

    def adjective(self, name: Name) -> str | None:
        """A country's adjective ("U.S."), where this half has one."""
        entry = self._lexicon.entries.get(name.id or "")
        if entry is None or entry.kind != "country":
            return None
        adjective: str | None = self._style["countries"].get(entry.id.rsplit(".", 1)[-1].upper())
        return adjective

    def topic(self, identity: str) -> str | None:
        """A topic's printed form: an entry, or a group of the table ``topics``; None for terms too general to name one."""
        entry = self._lexicon.entries.get(identity)
        if entry is not None:
            return None if "vague" in entry.tags else self.entry(identity)
        groups = self._lexicon.tables.get("topics", {}).get("group", ())
        group = next((g for g in groups if g["id"] == identity), None)
        if group is not None:
            return str(group[self._language])
        subjects = self._lexicon.tables.get("units", {}).get("subject", ())
        subject = next((s for s in subjects if s["id"] == identity), None)
        return str(subject[f"label_{self._language}"]) if subject else None

    def outlet(self, member: Member) -> str | None:
        """Who speaks in an item: the issuing body, else the source by its own name, else by kind and country."""
        statement = member.item.statement
        # An interview is its outlet's text; who speaks in it is named with what he says.
        if statement is not None and statement.channel != "interview":
            known = self._issuers.get(member.key)
            listed = statement.issuer in self._lexicon.entries
            # A plain name in the source's script gives way to the form that another text of the event gives it.
            other = self.say(known) if known is not None and not listed and self._form(known, None) else None
            issuer = other or self._issuer(statement.issuer)
            if issuer is not None:
                return issuer
        return self.source(member)

    def owner(self, member: Member) -> str | None:
        """Who speaks in an item, to stand before its text: "the Chinese", "the Alba Foreign Ministry’s", 中国の."""
        statement = member.item.statement
        own = statement is not None and statement.channel != "interview"
        adjective = self.adjective(Name(id=statement.issuer)) if statement is not None and own else None
        if adjective and self._language == "en":
            return f"the {adjective}"
        name = self.outlet(member)
        return None if name is None else str(self._style["words"]["owner"].format(name=name))

    def source(self, member: Member) -> str:
        """The source by a name this half can print, else by kind and country."""
        names = member.source.name
        own = names.get(self._language)
        if own and (self._language == "ja" or is_latin(own)):
            return own
        latin = next((name for name in names.values() if is_latin(name)), None)
        return latin or self.described(member)

    def described(self, member: Member) -> str:
        """A source by kind and country ("a Japanese newspaper")."""
        kind = self._style["kinds"].get(member.source.kind, self._style["kinds"]["other"])
        country = member.source.country
        if not country:
            return str(self._style["words"]["some_source"].format(kind=kind, article=_article(kind)))
        adjective = self._style["countries"].get(country.upper())
        if adjective is None:
            known = self.entry(f"country.{country.lower()}") or (country if is_latin(country) else None)
            if known is None:
                return str(self._style["words"]["some_source"].format(kind=kind, article=_article(kind)))
            return str(self._style["words"]["source_in"].format(kind=kind, country=known, article=_article(kind)))
        return str(self._style["words"]["source_of"].format(kind=kind, country=adjective, article=_article(adjective)))

    def _issuer(self, issuer: str) -> str | None:
        if issuer in self._lexicon.entries:
            entry = self._lexicon.entries[issuer]
            if entry.kind == "person":
                return self._person(entry, short=False) if entry.form(self._language) else None
            return self.entry(issuer)
        return issuer if is_latin(issuer) or (self._language == "ja" and not _simplified(issuer)) else None

    def _form(self, name: Name, entry: Entry | None) -> str | None:
        own: str | None = getattr(name, self._language)
        if own is None and entry is None and name.role is not None:
            return None
        if entry is not None and not entry.guessed and entry.form(self._language):
            return self.entry(entry.id)
        if own is None and self._language == "ja":
            latin = name.en or (name.surface if name.surface and is_latin(name.surface) else None)
            own = latin if latin is not None and is_latin(latin) else None
        if own is not None and self._language == "en" and not is_latin(own):
            return None
        return own

    def _person(self, entry: Entry, *, short: bool) -> str:
        first = entry.id not in self._met
        full = entry.form(self._language) or ""
        family = entry.family.get(self._language) or full
        office = entry.office.get(self._language, "")
        if short:
            return str(self._style["persons"]["headline"].format(full=full, family=family, office=office))
        self._met.add(entry.id)
        key = ("first" if office else "first_plain") if first else "after"
        return str(self._style["persons"][key].format(full=full, family=family, office=office)).strip()

    def _unlisted(self, form: str, key: str, *, short: bool) -> str:
        """A person of no list: always in full, for only a list knows which part is the family's."""
        pattern = "headline" if short else "first_plain" if key not in self._met else "after"
        self._met.add(key)
        return str(self._style["persons"][pattern].format(full=form, family=form, office="")).strip()


def _own(form: str, surface: str) -> bool:
    """Whether a text of the event has the printed form itself, so that nothing is inferred."""
    return bool(surface) and is_latin(form) and form.lower() in surface.lower()


def _article(word: str) -> str:
    return "an" if word[:1].lower() in "aeiou" else "a"


def _simplified(text: str) -> bool:
    """Whether a CJK string is a Chinese body's name without a Japanese form: such a name has no kana to tell."""
    return not any("\u3040" <= char <= "\u30ff" for char in text)
