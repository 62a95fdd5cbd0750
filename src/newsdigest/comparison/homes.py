"""Issuers whose country no gazetteer knows: tied to the country that the event's own texts and the source's name show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from newsdigest.comparison.packet import Member
from newsdigest.language.lexicon import LANGUAGES, Entry, Lexicon
from newsdigest.sources.source import Source


def homes(members: Sequence[Member], lexicon: Lexicon) -> dict[str, str]:
    """The country entry of each source country code that ``country.CODE`` does not name, read from official sources' names."""
    found: dict[str, str] = {}
    countries = [e for e in lexicon.entries.values() if e.kind == "country" and e.id.startswith("found.")]
    for source in _official(members):
        code = source.country.lower()
        if not code or f"country.{code}" in lexicon.entries or code in found:
            continue
        named = {c.id for c in countries if any(_names(source, form) for form in c.aliases())}
        if len(named) == 1:
            found[code] = named.pop()
    return found


def settled(members: Sequence[Member], lexicon: Lexicon) -> dict[str, Entry]:
    """The made issuers of such sources with their country, and with the names that the event's texts link to them (guessed)."""
    known = homes(members, lexicon)
    out: dict[str, Entry] = {}
    for source in _official(members):
        issuer = lexicon.entries.get(source.issuer or "")
        home = lexicon.entries.get(known.get(source.country.lower(), ""))
        if issuer is None or home is None or issuer.country or not issuer.id.startswith("issuer."):
            continue
        more = _body_forms(source, home, lexicon) or _office_forms(source, home, lexicon)
        forms = {language: issuer.forms.get(language) or more.get(language, ()) for language in LANGUAGES}
        guessed = any(forms[language] and not issuer.forms.get(language) for language in LANGUAGES)
        out[issuer.id] = replace(
            issuer, forms=MappingProxyType(forms), country=home.id, guessed=issuer.guessed or guessed
        )
    return out


def _official(members: Sequence[Member]) -> list[Source]:
    return list({m.source.id: m.source for m in members if m.source.issuer}.values())


def _names(source: Source, form: str) -> bool:
    return any(form.lower() in name.lower() for name in source.name.values())


def _body_forms(source: Source, home: Entry, lexicon: Lexicon) -> Mapping[str, tuple[str, ...]]:
    """The forms of the one body of the country that the source's name names."""
    bodies = [
        e
        for e in lexicon.entries.values()
        if e.kind == "body"
        and e.id.startswith("found.")
        and e.country == home.id
        and any(_names(source, form) for form in e.aliases())
    ]
    return bodies[0].forms if len(bodies) == 1 else {}


def _office_forms(source: Source, home: Entry, lexicon: Lexicon) -> Mapping[str, tuple[str, ...]]:
    """Country and office ("President of …"), where the source is named after an office."""
    for language, name in source.name.items():
        # Without the country: with it the whole name may be the issuer's own.
        bare = name
        for form in home.forms.get(language, ()):
            bare = bare.replace(form, " ")
        for mention in lexicon.find(bare, language):
            office = lexicon.entries[mention.entry]
            if office.kind == "office" and not office.country:
                return {
                    lang: (f"{place}{title}",)
                    for lang in ("ja", "zh")
                    if (place := home.form(lang)) and (title := office.form(lang))
                }
    return {}
