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
        if issuer is not None and issuer.id.startswith("issuer.") and source.kind == "company":
            named = _same_name(issuer, lexicon)
            if named is not None:
                out[issuer.id] = named
            continue
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


def same_bodies(members: Sequence[Member], lexicon: Lexicon) -> dict[str, str]:
    """The made issuer that a body found in the texts is: of the same name, or the one body of its country that the source is named after."""
    out: dict[str, str] = {}
    for source in _official(members):
        issuer = lexicon.entries.get(source.issuer or "")
        if issuer is None or not issuer.id.startswith("issuer."):
            continue
        forms = {form.lower() for form in issuer.aliases()}
        for entry in lexicon.entries.values():
            if entry.id.startswith("found.") and entry.kind == "body" and entry.id not in out:
                alike = any(form.lower() in forms for form in entry.aliases())
                home = not issuer.country or not entry.country or entry.country == issuer.country
                named = home and _names_body(source, entry)
                if alike or named:
                    out[entry.id] = issuer.id
    return out


def _names_body(source: Source, body: Entry) -> bool:
    return any(_names(source, form) for form in body.aliases())


def _official(members: Sequence[Member]) -> list[Source]:
    return list({m.source.id: m.source for m in members if m.source.issuer}.values())


def _names(source: Source, form: str) -> bool:
    return any(form.lower() in name.lower() for name in source.name.values())


def _same_name(issuer: Entry, lexicon: Lexicon) -> Entry | None:
    """A company's issuer with the forms that the event's texts link to its name, where they add one."""
    own = {form.lower() for form in issuer.aliases()}
    found = [
        e
        for e in lexicon.entries.values()
        if e.id.startswith("found.company.") and own & {f.lower() for f in e.aliases()}
    ]
    if len(found) != 1:
        return None
    forms = {language: issuer.forms.get(language) or found[0].forms.get(language, ()) for language in LANGUAGES}
    if all(forms[language] == issuer.forms.get(language, ()) for language in LANGUAGES):
        return None
    return replace(issuer, forms=MappingProxyType(forms), guessed=True)


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
