"""Printing people, bodies, places and sources: only forms that a source or the gazetteer gives, office first time, short after."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from newsdigest.comparison.packet import Member
from newsdigest.comparison.record import Name
from newsdigest.drafts.draft import Rendition
from newsdigest.language.lexicon import Entry, Lexicon
from newsdigest.language.matcher import is_latin

_ASIDE = re.compile(r"\s*[（(\[【][^）)\]】]*[）)\]】]|\s*[,，、|｜].*$|\s+[-–—]\s+.*$")


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
        self._called: dict[str, str] = {}

    def copy(self) -> Namer:
        """A namer that has met the same people, for trying a sentence."""
        other = Namer(self._language, self._lexicon, self._style, self._members, self._issuers)
        other._met = set(self._met)
        other._called = self._called
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
            # A body whose name is of another script is called what its source is called.
            spoken = next((m for m in self._members if name.id and _issues(m, name)), None)
            return self.role(name) or (self.outlet(spoken) if spoken is not None else None)
        if (name.kind or (entry.kind if entry else "")) == "person":
            form = self._unlisted(form, name.id or form, short=short)
        guessed = name.guessed or (entry is not None and entry.guessed)
        marked = guessed and not short and not self._printed(form, name)
        return form + self._mark(form) if marked else form

    def _printed(self, form: str, name: Name) -> bool:
        """Whether a source prints the form for what is meant, so that no link between scripts is inferred."""
        if _own(form, name.surface):
            return True
        bare = form.removeprefix("the ").lower()
        if any(bare in own.lower() for m in self._members for own in m.source.name.values()):
            return True
        # A name without a surface is the event's own: it is enough that a text of this half's language has it.
        texts = (m for m in self._members if m.language == self._language)
        return not name.surface and any(bare in m.text.lower() for m in texts)

    def _mark(self, key: str) -> str:
        """The mark of an inferred link between scripts, at its first mention."""
        key = key.removeprefix("the ").lower()
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
            own = self._with_article(entry, self.bare(own) if "issuer" in entry.tags else own)
        if own is None and (latin := entry.form("en")) and self._language == "ja" and entry.kind != "term":
            own = latin
        if own is None:
            return None
        own = re.sub(r"(?<=\w)'", "’", own) if self._language == "en" else own
        marked = entry.guessed and not self._printed(own, Name(id=identity, surface=""))
        return own + self._mark(own) if marked else own

    def bare(self, form: str) -> str:
        """A body's or source's name as a sentence has it: without the asides of its feed's title, typeset for this half."""
        return bare(form, self._style)

    def _with_article(self, entry: Entry, form: str) -> str:
        if self._definite(entry, form):
            offices = self._style["words"].get("office_heads", ())
            first = form.split(" ", 1)[0]
            return f"the {first.lower() if first.lower() in offices else first}{form[len(first) :]}"
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

    def possessives(self, text: str) -> str:
        """Apostrophes curled, and no article before a country's possessive ("China’s government")."""
        words = self._style["words"]
        plain = re.sub(r"(?<=\w)'", "’", text)

        def bare_country(match: re.Match[str]) -> str:
            country, rest = match.group(1), match.group(2)
            entry = next((e for e in self._lexicon.entries.values() if e.form("en") == country), None)
            if entry is None:
                known = any(rest.lower().endswith(head) for head in words["definite_heads"])
                listed = known and " " not in country
            else:
                listed = entry.kind == "country" and entry.id not in words["definite"]
            said = match.group()[4:]
            return said if listed else match.group()

        return re.sub(r"\b[Tt]he ([A-Z]\w+(?: [A-Z]\w+)?)’s((?: \w+){1,3}?\b)(?= [a-z]|[.,;:)]|$)", bare_country, plain)

    def definite_places(self, text: str) -> str:
        """A text with the article before every plain name that has one ("whether the United States …")."""
        for identity in self._style["words"].get("definite", ()):
            entry = self._lexicon.entries.get(identity)
            if entry is not None and (form := entry.form("en")):
                text = re.sub(rf"(?<!the )(?<!The )\b{re.escape(form)}\b(?! [A-Z]|[’'])", f"the {form}", text)
        return text

    def _definite(self, entry: Entry, form: str) -> bool:
        """Whether English sets "the" before a form."""
        words = self._style["words"]
        if "definite" not in words or form.startswith("the "):
            return False
        if re.search(r"[’']s? ", form):
            return False
        # "Ministry of Finance", "Coast Guard": the first word where a part follows, else the last.
        head = (form.split(" of ")[0] if " of " in form else form).rsplit(" ", 1)[-1].lower()
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
        """Who speaks in an item, to stand before its text: "the Chinese", "the Alba Foreign Ministry’s", 中国側の."""
        statement = member.item.statement
        own = statement is not None and statement.channel != "interview"
        words = self._style["words"]
        entry = self._lexicon.entries.get(statement.issuer) if statement is not None and own else None
        if entry is not None and entry.kind == "country":
            adjective = self.adjective(Name(id=entry.id)) if self._language == "en" else None
            if adjective:
                return f"the {adjective}"
            if self._language == "ja" and (name := self.entry(entry.id)):
                return str(words["owner_country"].format(name=name))
        name = self.outlet(member)
        if name is None:
            return None
        plural = self._language == "en" and name.endswith("s")
        return str(words["owner_plural" if plural else "owner"].format(name=name))

    def source(self, member: Member) -> str:
        """The source by a name this half can print, else by kind and country."""
        name = printable_name(member, self._language)
        return self.bare(name) if name else self.described(member)

    def catalogued(self, member: Member) -> str:
        """A source as the catalogue calls it, in this half's language where it has a name in it; asides stay."""
        names = member.source.name
        name = printable_name(member, self._language) or next(iter(names.values()), member.source.id)
        return re.sub(r"(?<=\w)'", "’", name) if self._language == "en" else name

    def what(self, member: Member) -> str:
        """What a listed source is: the body that speaks in it, else its kind and country; a carrier's statement is not its own."""
        statement = member.item.statement
        entry = self._lexicon.entries.get(statement.issuer) if statement is not None else None
        spoken = self.outlet(member) if entry is not None and entry.kind != "country" else None
        return spoken or self.described(member)

    def described(self, member: Member) -> str:
        """A source by what it is ("a Japanese newspaper", "the fire department"); by its id too where another is called alike."""
        if member.source.id not in self._called:
            self._called[member.source.id] = self._described(member)
        return self._called[member.source.id]

    def _described(self, member: Member) -> str:
        said = self._kind_of(member)
        others = {m.source.id for m in self._members if not printable_name(m, self._language)} - {member.source.id}
        alike = any(self._kind_of(m) == said for m in self._members if m.source.id in others)
        return f"{said}{self._style['words']['which'].format(id=member.source.id)}" if alike else said

    def _kind_of(self, member: Member) -> str:
        words, country = self._style["words"], member.source.country
        own = member.source.official or member.source.kind in ("government", "company")
        if own and member.item.statement is not None and (body := self._body(member)):
            return body
        kind = self._style["kinds"].get(member.source.kind, self._style["kinds"]["other"])
        adjective = self._style["countries"].get(country.upper())
        if adjective is not None:
            return str(words["source_of"].format(kind=kind, country=adjective, article=_article(adjective)))
        known = self._country(member)
        if known is None:
            return str(words["some_source"].format(kind=kind, article=_article(kind)))
        return str(words["source_in"].format(kind=kind, country=known, article=_article(kind)))

    def _country(self, member: Member) -> str | None:
        """A source's country by a name this half has: the gazetteer's, or what the event shows the code to mean."""
        code = member.source.country
        if not code:
            return None
        issuers = [m.item.statement.issuer for m in self._members if m.source.country == code and m.item.statement]
        shown = [e.country for i in issuers if (e := self._lexicon.entries.get(i)) is not None and e.country]
        for identity in (f"country.{code.lower()}", *shown):
            entry = self._lexicon.entries.get(identity)
            if entry is not None and (form := entry.form(self._language)):
                return form
        return code if is_latin(code) and len(code) > len("XXX") else None

    def _body(self, member: Member) -> str | None:
        """A body without a printable name by its kind's word and its place: "the Kohoku fire department"."""
        table = self._lexicon.table("kinds").get("word", {}).get(member.source.kind_word, {}).get("body", {})
        said = table.get(self._language, ())
        if self._language != "en" or not said or member.source.kind == "social":
            return None
        called = " ".join(member.source.name.values())
        known = next((n for n, word in enumerate(table.get(member.source.language, ())) if word in called), 0)
        word = said[known] if known < len(said) else said[0]
        words = self._style["words"]
        place = self._place_in(called)
        if place:
            return str(words["body_of" if word in words["places"] else "body_in"].format(body=word, place=place))
        return str(words["body"].format(body=word))

    def _place_in(self, called: str) -> str | None:
        """The place that a name of another script begins with, where the event or the gazetteer has it in this half."""
        first = next((m for m in self._lexicon.find(called) if m.start == 0), None)
        entry = self._lexicon.entries[first.entry] if first is not None else None
        return entry.form(self._language) if entry is not None and entry.kind == "place" else None

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
        if own is not None and name.kind in ("body", "occasion", "office"):
            own = self.bare(own) if (name.id or "").startswith("issuer.") else own
            own = self._with_article(entry, own) if entry is not None and is_latin(own) else own
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


def printable_name(member: Member, language: Rendition) -> str | None:
    """A source's name as the catalogue has it, where a half can print it in a sentence."""
    names = member.source.name
    own = names.get(language)
    if own and (language == "ja" or is_latin(own)):
        return own
    return next((name for name in names.values() if is_latin(name)), None)


def bare(form: str, style: Mapping[str, Any]) -> str:
    """A name without the asides of a feed's title ("X Ministry, press releases (sample)": "X Ministry")."""
    plain = _ASIDE.sub("", form).strip() or form
    for word in style["words"].get("asides", ()):
        plain = plain.removesuffix(word).strip() or plain
    return plain if not is_latin(plain) else re.sub(r"(?<=\w)'", "’", plain)


def _issues(member: Member, name: Name) -> bool:
    return member.item.statement is not None and member.item.statement.issuer == name.id


def _own(form: str, surface: str) -> bool:
    """Whether a text of the event has the printed form itself, so that nothing is inferred."""
    return bool(surface) and is_latin(form) and form.lower() in surface.lower()


def _article(word: str) -> str:
    return "an" if word[:1].lower() in "aeiou" else "a"


def _simplified(text: str) -> bool:
    """Whether a CJK string is a Chinese body's name without a Japanese form: such a name has no kana to tell."""
    return not any("\u3040" <= char <= "\u30ff" for char in text)
