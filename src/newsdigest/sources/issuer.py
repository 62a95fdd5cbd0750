"""Who speaks at an official source, as both halves of a draft may print it."""

from __future__ import annotations

import re
from types import MappingProxyType

from newsdigest.language.lexicon import Entry, Lexicon
from newsdigest.sources.kinds import Kind
from newsdigest.sources.source import Source

_ASIDE = re.compile(r"\s*[（(\[【][^）)\]】]*[）)\]】]\s*|\s*[,，、|｜].*$|\s+[-–—]\s+.*$")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def issuer_of(source: Source, kind: Kind, lexicon: Lexicon) -> Entry | None:
    """Return the issuer of an official source: an entry of the lexicon, or one made of the source's name, country and kind.

    The made entry (id ``issuer.SOURCE``) holds only what is known: the source's own name, and in the other languages country and kind of
    body where the lexicon has the country. None where the source is not official.
    """
    if source.issuer is None:
        return None
    if source.issuer in lexicon.entries:
        return lexicon.entries[source.issuer]
    country = lexicon.entries.get(f"country.{source.country.lower()}")
    known = _known_body(source, kind, country, lexicon)
    return known or _made(source, kind, country, lexicon)


def _known_body(source: Source, kind: Kind, country: Entry | None, lexicon: Lexicon) -> Entry | None:
    """The lexicon's body that the source's names name, or the only one that is "country + kind of body"."""
    names = [source.issuer or "", *source.name.values()]
    for name in names:
        for mention in lexicon.find(_plain(name)):
            for identity in (mention.entry, *mention.others):
                entry = lexicon.entries[identity]
                if entry.kind == "body" and entry.country in ("", country.id if country else ""):
                    return entry
    if country is None:
        return None
    wanted = {f"{c}{b}" for c in country.forms.get("ja", ()) for b in kind.body_words("ja")}
    wanted |= {f"{c}{b}" for c in country.forms.get("zh", ()) for b in kind.body_words("zh")}
    wanted |= {
        f"{c}{j}{b}".lower() for c in country.forms.get("en", ()) for j in (" ", "'s ") for b in kind.body_words("en")
    }
    found = [
        entry
        for entry in lexicon.entries.values()
        if entry.kind == "body"
        and entry.country == country.id
        and any(form.lower() in wanted for form in entry.aliases())
    ]
    return found[0] if len(found) == 1 else None


def _made(source: Source, kind: Kind, country: Entry | None, lexicon: Lexicon) -> Entry:
    forms: dict[str, tuple[str, ...]] = {"ja": (), "en": (), "zh": ()}
    spoken = _office(source, country, lexicon) if source.channel == "post" else None
    institution = kind.kind == "government" and source.channel != "post" and not _local(source, lexicon)
    for language in ("ja", "en", "zh"):
        own = _plain(source.name.get(language, ""))
        body = next(iter(kind.body_words(language)), "")
        if spoken and spoken.get(language):
            forms[language] = (spoken[language],)
        elif own:
            forms[language] = (own,)
        elif institution and country is not None and body and (place := country.form(language)):
            forms[language] = (_of(country, body) if language == "en" else f"{place}{body}",)
    if not any(forms.values()):
        name = source.issuer or source.id
        forms["ja" if _CJK.search(name) else "en"] = (name,)
    return Entry(
        id=f"issuer.{source.id}",
        kind="body",
        forms=MappingProxyType(forms),
        country=country.id if country else "",
        tags=frozenset({"issuer"}),
    )


def _local(source: Source, lexicon: Lexicon) -> bool:
    """Whether a source's name speaks of a city, a prefecture …: it must not be printed as its country's."""
    words = lexicon.tables.get("kinds", {}).get("subnational", ())
    return any(word in name for name in source.name.values() for word in words)


def _office(source: Source, country: Entry | None, lexicon: Lexicon) -> dict[str, str] | None:
    """A source named after an office ("President of …, posts") speaks as that office."""
    if country is None:
        return None
    for name in source.name.values():
        for mention in lexicon.find(_plain(name)):
            office = lexicon.entries[mention.entry]
            if office.kind != "office":
                continue
            said = {}
            for language in ("ja", "zh"):
                place, title = country.form(language), office.form(language)
                if place and title:
                    said[language] = f"{place}{title}"
            if title := office.form("en"):
                said["en"] = _of(country, title)
            return said
    return None


def _of(country: Entry, what: str) -> str:
    """ "U.S. president", "France's coast guard"."""
    short = next((form for form in country.forms.get("en", ()) if form.endswith(".")), None)
    return f"{short} {what}" if short else f"{country.form('en')}'s {what}"


def _plain(name: str) -> str:
    """A source's name without asides: "X Ministry, English service (replay)" is "X Ministry"."""
    return _ASIDE.sub("", name).strip()
