"""Who is who in one event: sides, offices, and whom "the president", "he" or "the ministry" stands for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from newsdigest.comparison.homes import homes, same_bodies
from newsdigest.comparison.packet import Member
from newsdigest.comparison.reading import Clause, Reading
from newsdigest.comparison.record import Name
from newsdigest.comparison.speaking import speaks_itself
from newsdigest.comparison.tagging import Group
from newsdigest.comparison.vocabulary import Role, Vocabulary
from newsdigest.language.lexicon import Entry, Lexicon
from newsdigest.records import Bilingual


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody resolved: the printable name, and the side (a country's id, or the entry's own) by which answers are grouped."""

    name: Name
    side: str | None

    @property
    def key(self) -> str:
        """What tells one voice from another: the entry, else the role beside its side."""
        return self.name.id or f"{self.name.role.en if self.name.role else self.name.surface}@{self.side or ''}"


def name_of(entry: str, lexicon: Lexicon, surface: str = "") -> Name:
    """Return the name of a lexicon entry as both halves may print it."""
    known = lexicon.entries.get(entry)
    if known is None:
        return Name(id=entry, surface=surface)
    en = known.form("en")
    return Name(
        id=entry,
        ja=known.form("ja"),
        en=en.replace("'", "’") if en else None,
        surface=surface,
        kind=known.kind,
        guessed=known.guessed,
    )


_OUTLETS = ("wire", "newspaper", "broadcaster", "state_media")


def _within(form: str, name: str) -> bool:
    """Whether a name holds a form, a Latin one between word boundaries."""
    return form in name if not form.isascii() else re.search(rf"\b{re.escape(form)}\b", name) is not None


class Cast:
    """Resolves groups of one event's readings. Built once; it learns which person and body belongs to which side."""

    def __init__(self, readings: Iterable[Reading], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.lexicon = vocabulary.lexicon
        self._sides: dict[str, Counter[str]] = {}
        self._offices: dict[tuple[str | None, str], Counter[str]] = {}
        self._persons: dict[str, Counter[str]] = {}
        self._called: dict[tuple[str, str], set[str]] = {}
        self._role_sides: dict[tuple[str | None, str | None], str] = {}
        readings = tuple(readings)
        self._homes = homes([r.member for r in readings], self.lexicon)
        self._same = same_bodies([r.member for r in readings], self.lexicon)
        self._official = tuple({m.source.id: m for r in readings if speaks_itself(m := r.member)}.values())
        self._kinds = self._kinds_of_sources(r.member for r in readings)
        self._texts: dict[str, dict[str, Actor]] = {}
        self._bodies: dict[str, dict[str, Actor]] = {}
        for reading in readings:
            self._learn_own(reading)
        for reading in readings:
            for clause in reading.clauses:
                for group in clause.groups.values():
                    self._learn(group)
                    if group.kind == "person" and group.entry and group.office:
                        self._called.setdefault((group.entry, reading.member.language), set()).add(group.office)
        for reading in readings:
            if speaks_itself(reading.member) and reading.member.chosen and (issuer := self.issuer(reading.member)):
                self._texts.setdefault(issuer.side or "", {})[issuer.key] = issuer
        for member in (r.member for r in readings if speaks_itself(r.member)):
            speaker = self.issuer(member)
            for words in (speaker.name.surface, *member.source.name.values()) if speaker else ():
                for role in (r for lang in ("en", "ja", "zh") if (r := self._body_role(words, lang))):
                    if speaker:
                        self._bodies.setdefault(role.id, {})[speaker.key] = speaker

    def _kinds_of_sources(self, members: Iterable[Member]) -> dict[str, set[str]]:
        """The entries that sources of the event are named by: outlets, and companies that speak for themselves."""
        found: dict[str, set[str]] = {"outlet": set(), "company": set()}
        for source in {m.source.id: m.source for m in members}.values():
            kind = "outlet" if source.kind in _OUTLETS else "company" if source.kind == "company" else None
            if kind is None:
                continue
            if source.issuer:
                found[kind].add(source.issuer)
            for language, name in source.name.items():
                plain = re.split(r"[（(]", name)[0].strip()
                owners = [m.entry for m in self.lexicon.find(plain, language) if m.surface == plain]
                found[kind].update(e for e in owners if self.lexicon.entries[e].kind == "body")
        return found

    def _learn_own(self, reading: Reading) -> None:
        """A minister whom a body of a state names without a country, in its own text, is of its own state."""
        issuer = self.issuer(reading.member) if speaks_itself(reading.member) else None
        if issuer is None or issuer.side is None or self.vocabulary.kind(issuer.side) != "country":
            return
        for group in (g for c in reading.clauses for g in c.groups.values()):
            known = self.lexicon.entries.get(group.entry or "")
            if known and known.kind == "person" and group.office and not (group.country or known.country):
                self._sides.setdefault(known.id, Counter())[issuer.side] += 1

    def _learn(self, group: Group) -> None:
        named = self.lexicon.entries.get(group.owner or "")
        owner = group.country or (named.country or None if named else None)
        for entry in (group.entry, group.body):
            if owner and entry and entry != owner:
                self._sides.setdefault(entry, Counter())[owner] += 1
        if group.kind == "person" and group.entry:
            side = self.side(group.entry)
            if group.office:
                self._offices.setdefault((side, group.office), Counter())[group.entry] += 1
                self._offices.setdefault((None, group.office), Counter())[group.entry] += 1
            if side:
                self._persons.setdefault(side, Counter())[group.entry] += 1

    def side(self, entry: str | None) -> str | None:
        """The side an entry belongs to: its country, the country it is named with, a country itself; else the entry itself."""
        if entry is None:
            return None
        known = self.lexicon.entries.get(entry)
        if known is None:
            return entry if entry.startswith("country.") else None
        if known.kind == "country":
            return entry
        learned = self._sides.get(entry)
        if learned and (not known.country or entry.startswith("found.")):
            # What stands beside a name in this event says more than an inferred country.
            return min(learned.items(), key=lambda pair: (-pair[1], pair[0]))[0]
        if known.country:
            return known.country
        return None if known.kind in ("office", "occasion", "term") else entry

    def side_of_role(self, name: Name) -> str | None:
        """The side of a name that is a country's role ("Seret’s coast guard"), which has no entry of its own."""
        return self._role_sides.get((name.ja, name.en))

    def issuer(self, member: Member) -> Actor | None:
        """Who issues a statement; None for an outlet's report and for an interview that an outlet carries."""
        statement = member.item.statement
        if statement is None or not statement.issuer:
            return None
        if statement.channel == "interview" and statement.speaker:
            return self.body(statement.speaker, member)
        return self.body(statement.issuer, member)

    def body(self, issuer: str, member: Member) -> Actor:
        """The actor of an issuer's id or plain name; of a source's id, what the source's name says of it."""
        if issuer in self.lexicon.entries:
            side = self.side(issuer)
            if side == issuer and self.lexicon.entries[issuer].kind != "country":
                side = self.country_of(member) or side
            return Actor(name_of(issuer, self.lexicon, issuer), side)
        for words in (issuer, *member.source.name.values()):
            actor = self._named_body(words, member)
            if actor is not None:
                return actor
        ja, en = member.source.name.get("ja"), member.source.name.get("en")
        name = Name(ja=ja or en or issuer, en=en or ja or issuer, surface=issuer, kind="body")
        return self._sided(name, self.country_of(member))

    def _named_body(self, words: str, member: Member) -> Actor | None:
        mentions = [m for lang in ("en", "ja", "zh") for m in self.lexicon.find(words, lang)]
        whole = next((m for m in mentions if m.surface == words.strip()), None)
        body = whole or next((m for m in mentions if self.vocabulary.kind(m.entry) == "body"), None)
        if body:
            return Actor(name_of(body.entry, self.lexicon, words), self.side(body.entry))
        country = next((m.entry for m in mentions if self.vocabulary.kind(m.entry) == "country"), None)
        side = country or self.country_of(member)
        role = next((r for lang in ("en", "ja", "zh") if (r := self._body_role(words, lang))), None)
        if not side or not role:
            return None
        composed = self._composed(side, role.name.ja, role.name.en, words)
        known = next((m for m in self.lexicon.find(composed.ja or "", "ja") if m.surface == composed.ja), None)
        if known:
            return Actor(name_of(known.entry, self.lexicon, words), side)
        return Actor(composed, side)

    def _sided(self, name: Name, side: str | None) -> Actor:
        if side:
            self._role_sides[(name.ja, name.en)] = side
        return Actor(name, side)

    def _body_role(self, issuer: str, language: str) -> Role | None:
        for match in self.vocabulary.role_pattern(language).finditer(issuer):
            role = self.vocabulary.role_of(match.group(), language)
            if role.type == "body":
                return role
        return None

    def apart(self, one: Actor, other: Actor) -> bool:
        """Whether two are surely of different sides, so that what one tells of the other is its account.

        A company is not its country; nobody is apart from himself, whatever he is called.
        """
        if one.side is None or other.side is None or one.key == other.key:
            return False
        if one.side != other.side:
            return True
        firms = [a.name.id for a in (one, other) if self._is(a.name, "company")]
        return len(firms) == 1 or len(set(firms)) == 2

    def speaks_in(self, entry: str) -> bool:
        """Whether a body speaks for itself in a source of the event, whatever it is called there."""
        return entry in self._same or any(
            self.is_own(Actor(name_of(entry, self.lexicon), None), m) for m in self._official
        )

    def with_article(self, name: str) -> str:
        """A country's English name as a sentence has it ("the Philippines")."""
        articles = self.vocabulary.attribution.get("articles", {}).get("the", ())
        return f"the {name}" if any(name == a or name.startswith(f"{a} ") for a in articles) else name

    def source_of(self, name: Name, members: Iterable[Member]) -> str | None:
        """The source of the event that an outlet's name means."""
        found = (m.source.id for m in members if self.is_own(Actor(name, None), m))
        return next(found, None)

    def is_outlet(self, name: Name) -> bool:
        """Whether somebody is an outlet, which carries what others say."""
        return self._is(name, "outlet")

    def _is(self, name: Name, tag: str) -> bool:
        known = self.lexicon.entries.get(name.id or "")
        return name.kind == tag or (known is not None and (tag in known.tags or name.id in self._kinds.get(tag, ())))

    def is_own(self, actor: Actor, member: Member) -> bool:
        """Whether an actor is whom a member's source is named after: a body under its own, its seat's or its country's name."""
        names = [n.lower() for n in member.source.name.values()]
        # Of a government's source the country's name is its own too; "Alba Motors" is not Alba.
        for identity in (actor.name.id, actor.side if member.source.kind == "government" else None):
            known = self.lexicon.entries.get(identity or "")
            forms = known.aliases() if known else ()
            if any(_within(form.lower(), name) for form in forms for name in names):
                return True
        return False

    def country_of(self, member: Member) -> str | None:
        """The country entry of a member's source."""
        code = member.source.country.lower()
        identity = code if code.startswith("country.") else f"country.{code}"
        return identity if code and identity in self.lexicon.entries else self._homes.get(code)

    def carrier(self, member: Member) -> Name:
        """The outlet as both halves may print it."""
        name = member.source.name
        return Name(
            id=f"source.{member.source.id}",
            ja=name.get("ja") or name.get("en") or next(iter(name.values()), None),
            en=name.get("en") or name.get("ja") or next(iter(name.values()), None),
            surface=next(iter(name.values()), member.source.id),
            kind="outlet",
        )

    def resolve(self, group: Group, clause: Clause, before: Iterable[Actor] = ()) -> Actor | None:
        """Whom a group stands for; ``before`` are the actors named earlier in the text, the latest first."""
        if group.kind in ("person", "body", "country", "place") and group.entry:
            entry = self._same.get(group.entry, group.entry)
            return Actor(name_of(entry, self.lexicon, group.surface), self.side(entry) or group.country)
        if group.kind == "pronoun":
            return self._pronoun(clause, tuple(before))
        if group.kind == "office" and group.office:
            return self._office(group, clause, tuple(before))
        if group.role is not None:
            return self._role(group, clause, tuple(before))
        return None

    def _office(self, group: Group, clause: Clause, before: tuple[Actor, ...]) -> Actor | None:
        assert group.office is not None
        known = self.lexicon.entries.get(group.office)
        side = group.country or (known.country if known and known.country else None)
        issuer = self.issuer(clause.member)
        if side is None and issuer is not None and speaks_itself(clause.member):
            # In a body's own text "the president" is its own.
            return self._own_officer(issuer, group.office) or issuer
        if side is None:
            earlier = next(
                (a for a in before if a.name.kind == "person" and a.name.id in self._holders(None, group.office)), None
            )
            if earlier:
                return earlier
        language = clause.member.language
        # President Xi is no 大統領: an office is not his whom the event's texts of this language call by another only.
        holders = [
            h
            for h in self._holders(side, group.office)
            if group.office in self._called.get((h, language), {group.office})
        ]
        if len(holders) == 1:
            person = holders[0]
            return Actor(name_of(person, self.lexicon, group.surface), self.side(person))
        if side and known and known.country == side:
            return Actor(self._own_words(known, group.surface), side)
        if side:
            return Actor(
                self._composed(
                    side, known.form("ja") if known else None, known.form("en") if known else None, group.surface
                ),
                side,
            )
        return next((a for a in before if a.name.kind == "person"), None)

    def _own_words(self, office: Entry, surface: str) -> Name:
        """An office that names its country itself (米大統領) needs no other word for it."""
        ja, en = office.form("ja"), office.form("en")
        role = Bilingual(ja=ja, en=en) if ja and en else None
        name = Name(ja=ja, en=f"the {en}" if en else None, surface=surface, kind="role", role=role)
        self._role_sides[(name.ja, name.en)] = office.country
        return name

    def _pronoun(self, clause: Clause, before: tuple[Actor, ...]) -> Actor | None:
        issuer = self.issuer(clause.member)
        statement = clause.member.item.statement
        if issuer is not None and statement is not None and statement.channel == "post":
            # One person writes a post: "he" in it is its author, whoever was named before.
            own = [a for a in before if a.name.kind == "person" and a.side == issuer.side]
            return own[0] if own else issuer
        return next((a for a in before if a.name.kind in ("person", "body", "role")), None)

    def _own_officer(self, issuer: Actor, office: str) -> Actor | None:
        """The person of the issuer's side who holds an office, as the event names him or the lexicon knows him."""
        if issuer.name.kind == "person":
            return issuer
        holders = self._holders(issuer.side, office)
        if not holders:
            words = {form.lower() for form in self.lexicon.entries[office].forms.get("en", ())}
            for person in sorted(self._persons.get(issuer.side or "", ())):
                known = self.lexicon.entries.get(person)
                held = known.office.get("en", "").lower() if known else ""
                if any(held.endswith(word) for word in words if word):
                    holders.append(person)
        return Actor(name_of(holders[0], self.lexicon), issuer.side) if len(holders) == 1 else None

    def _holders(self, side: str | None, office: str) -> list[str]:
        return sorted(self._offices.get((side, office), ()))

    def _role(self, group: Group, clause: Clause, before: tuple[Actor, ...]) -> Actor | None:
        role = group.role
        assert role is not None
        owner = group.country or (self.side(group.body) if group.body else None) or self._office_side(group)
        if role.type in ("joint", "carrier"):
            return None
        if role.type == "leader":
            people = self._persons.get(owner or "", Counter())
            if owner and len(people) == 1:
                person = next(iter(people))
                return Actor(name_of(person, self.lexicon, group.surface), owner)
            return Actor(self._composed(owner, role.name.ja, role.name.en, group.surface), owner) if owner else None
        if role.type == "again":
            return next((a for a in before if a.name.kind == "person"), None)
        if role.type == "again_body" and not owner:
            return self._body_again(role, clause, before)
        if role.type in ("analyst", "unnamed"):
            return Actor(self._unnamed(role.name, owner, role.type, group), owner if role.type == "unnamed" else None)
        texts = self._texts.get(owner or "", {})
        if role.type == "document" and len(texts) == 1:
            # "The Chinese account" is the one text that this side's issuer published.
            return next(iter(texts.values()))
        if group.body and role.type == "craft" and self.is_ship(group.body):
            return Actor(name_of(group.body, self.lexicon, group.surface), self.side(group.body) or owner)
        if group.body and role.type != "craft":
            body = self._same.get(group.body, group.body)
            return Actor(name_of(body, self.lexicon, group.surface), self.side(body) or owner)
        if owner:
            craft = role.type == "craft"
            return Actor(self._composed(owner, role.name.ja, role.name.en, group.surface, craft=craft), owner)
        own = speaks_itself(clause.member) and role.type in ("speaker", "body", "document")
        if own:
            return self.issuer(clause.member)
        # "The fire department said": the one body of this kind that speaks in the event.
        bodies = self._bodies.get(role.id, {})
        return next(iter(bodies.values())) if len(bodies) == 1 else None

    def is_ship(self, entry: str) -> bool:
        """Whether an entry is a ship that the event names: it stands for the side that runs it, and is no party."""
        known = self.lexicon.entries.get(entry)
        return known is not None and "ship" in known.tags

    def _body_again(self, role: Role, clause: Clause, before: tuple[Actor, ...]) -> Actor | None:
        """ "The company" in its own text is itself, in another's the body spoken of last."""
        source = clause.member.source.kind
        if speaks_itself(clause.member) and (source == "company") == (role.id == "company"):
            return self.issuer(clause.member)
        return next((a for a in before if a.name.kind == "body"), None)

    def _office_side(self, group: Group) -> str | None:
        for entry in (group.office, group.entry):
            known = self.lexicon.entries.get(entry or "")
            if known and known.country:
                return known.country
        return None

    def _unnamed(self, role: Bilingual, owner: str | None, kind: str, group: Group) -> Name:
        return Name(surface=group.surface, kind="role", role=role)

    def _composed(
        self, owner: str | None, ja: str | None, en: str | None, surface: str, *, craft: bool = False
    ) -> Name:
        """ "Seret's coast guard": a country's known name with a known role. Only known words, so nothing is invented."""
        country = self.lexicon.entries.get(owner or "")
        ja_owner = country.form("ja") if country else None
        en_owner = country.form("en") if country else None
        joint = "の" if craft else ""
        name = Name(
            ja=f"{ja_owner}{joint}{ja}" if ja_owner and ja else None,
            en=f"{en_owner}’s {en}" if en_owner and en else None,
            surface=surface,
            kind="role",
            role=Bilingual(ja=ja, en=en) if ja and en else None,
        )
        if owner:
            self._role_sides[(name.ja, name.en)] = owner
        return name
