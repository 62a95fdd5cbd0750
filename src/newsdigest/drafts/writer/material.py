"""The comparison and its packet with what every section asks of them: look-ups, who holds what, what is official."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from newsdigest.comparison.packet import Member, Packet
from newsdigest.comparison.record import Claim, Comparison, Figure, Name, Quote, Silence
from newsdigest.drafts.writer.point import Arg, Many, Nested, Outlet, When, Who, Word
from newsdigest.items.evidence import Evidence
from newsdigest.moments import Moment

_ACTORS = ("person", "country", "office", "role")


class Material:
    """What the sections are written from; holds no state of writing."""

    def __init__(self, comparison: Comparison, packet: Packet) -> None:
        self.comparison = comparison
        self.packet = packet

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """Claims by id."""
        return {claim.id: claim for claim in self.comparison.claims}

    @cached_property
    def quotes(self) -> dict[str, Quote]:
        """Quotes by id."""
        return {quote.id: quote for quote in self.comparison.quotes}

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Figures by id."""
        return {figure.id: figure for figure in self.comparison.figures}

    @cached_property
    def members(self) -> dict[str, Member]:
        """Every member, related member and piece of history by key."""
        packet = self.packet
        return {m.key: m for m in (*packet.earlier, *packet.history, *packet.related, *packet.members)}

    @cached_property
    def claim_of_quote(self) -> dict[str, Claim]:
        """The claim in whose sentence a quote stands."""
        return {quote: claim for claim in reversed(self.comparison.claims) for quote in claim.quotes}

    @cached_property
    def claim_of_figure(self) -> dict[str, Claim]:
        """The claim in whose sentence a figure stands."""
        return {figure: claim for claim in reversed(self.comparison.claims) for figure in claim.figures}

    @cached_property
    def silences(self) -> tuple[Silence, ...]:
        """The silences of texts whose bodies chose what to say; an outlet's report leaves out what it likes."""
        return tuple(s for s in self.comparison.silences if all(self.member(item).chosen for item in s.items))

    def member(self, key: str) -> Member:
        """The member of a key."""
        return self.members[key]

    def official(self, key: str) -> bool:
        """Whether a body speaks in the item."""
        return self.member(key).item.statement is not None

    def interview(self, key: str) -> bool:
        """Whether an outlet's item is an interview: what is said in it is said by the guest."""
        member = self.member(key)
        channel = member.item.statement.channel if member.item.statement else member.source.channel
        return channel == "interview"

    def speaks(self, claim: Claim) -> bool:
        """Whether the claim stands in the words of a body or of an interview's guest, first-hand."""
        return (self.official(claim.item) or self.interview(claim.item)) and not claim.attribution.second_hand

    def voice_of(self, key: str) -> str:
        """The first item of the same body by the same channel: a body's texts in two languages are one voice to the reader."""
        return self._homes.get(key, key)

    @cached_property
    def _homes(self) -> dict[str, str]:
        first: dict[tuple[str, str], str] = {}
        homes = {}
        for member in self.packet.members:
            statement = member.item.statement
            lead = self.packet.lead_of(member.key)
            homes[member.key] = lead
            if statement is not None and statement.channel not in ("interview", "briefing"):
                homes[member.key] = first.setdefault((statement.issuer, statement.channel), lead)
        return homes

    def channel(self, key: str) -> str:
        """The channel's key in the style tables; ``report`` where no body speaks."""
        statement = self.member(key).item.statement
        if statement is not None:
            return statement.channel
        return "interview" if self.interview(key) else "report"

    def title(self, key: str) -> tuple[Evidence, ...]:
        """What is cited when a sentence is about an item as a whole: its title, else the beginning of its text."""
        member = self.member(key)
        if member.title.strip():
            return (member.cite(0, len(member.title), "title"),)
        end = member.text.find("\n")
        end = len(member.text) if end <= 0 else end
        return (member.cite(0, end),) if end else ()

    def when(self, key: str, *, clock: bool = False) -> When | None:
        """The moment an item's version compared first came out."""
        member = self.member(key)
        moment = member.item.versions[0].published
        if moment.instant is None:
            moment = member.version.published
        return None if moment.instant is None else When(moment, self.zone(key), clock=clock)

    def shown(self, key: str) -> Arg | None:
        """The moment an item came out, with that of the version compared where it was edited since."""
        first, member = self.when(key, clock=True), self.member(key)
        version = member.version
        if first is None or len(member.item.versions) < 2 or version.n == 1:
            return first
        edited = version.modified or version.published
        if edited.instant is None or edited.instant == first.moment.instant:
            edited = Moment(instant=version.first_seen, precision="minute", zone="UTC")
        return Nested("when_edited", {"when": first, "edited": When(edited, self.zone(key), clock=True)})

    def zone(self, key: str) -> str | None:
        """The zone in which an item's day is told: the source's own where it has one."""
        zone = self.member(key).source.zone
        return zone if zone and zone != "UTC" else None

    def said(self, claim: Claim) -> When | None:
        """When a claim was said, in its speaker's zone."""
        moment: Moment = claim.said_at
        return None if moment.instant is None else When(moment, self.zone(claim.item))

    def holder(self, claim: Claim) -> Arg:
        """Who holds a claim: the speaker named, else the body or outlet that the item speaks for."""
        holder = claim.attribution.holder
        if holder is None or claim.attribution.role in ("carrier", "editorial", "issuer"):
            return Outlet(claim.item)
        return Who(holder)

    def holder_key(self, claim: Claim) -> str:
        """The same string for claims of the same holder."""
        holder = claim.attribution.holder
        if holder is None or claim.attribution.role in ("carrier", "editorial", "issuer"):
            statement = self.member(claim.item).item.statement
            return statement.issuer if statement is not None else self.member(claim.item).source.id
        # Who is not named is nobody else's unnamed holder.
        return f"unnamed {claim.item}" if claim.attribution.role == "unnamed" else name_key(holder)

    def sayable(self, claim: Claim) -> bool:
        """Whether the claim has the parts that its slot's clause needs."""
        table = self.packet.lexicon.tables.get("slots", {}).get("slot", ())
        frame = next((s["say"]["ja"] for s in table if s["id"] == claim.slot and s.get("say")), None)
        if frame is None:
            return False
        if claim.slot == "denied" and claim.object is None:
            return bool(self.topics(claim))
        if claim.slot in self.style["clauses_of_things"] and claim.object is not None and claim.object.kind in _ACTORS:
            return False
        if claim.slot == "committed" and not self.bought(claim):
            return False
        holder = claim.attribution.holder
        # Nobody says of his own text that it leaves something out.
        own = claim.actor is not None and holder is not None and name_key(claim.actor) == name_key(holder)
        if claim.slot == "not_mentioned" and own:
            return False
        without = self.packet.lexicon.table("style/ja")["clauses_without_actor"]
        actor = claim.actor is not None or bool(claim.parties) or claim.slot in without
        return (actor or "{actor}" not in frame) and (claim.object is not None or "{object}" not in frame)

    def bought(self, claim: Claim) -> bool:
        """Whether what is committed to is told as bought: "committed to soybeans" says nothing."""
        words = self.style["bought"]
        topics = any("purchase" in topic for topic in claim.topics)
        return topics or any(
            word in e.exact.lower() for e in claim.evidence for word in words[self.member(e.item).language]
        )

    @cached_property
    def spoken(self) -> frozenset[str]:
        """Slots that the language data can say as a clause."""
        table = self.packet.lexicon.tables.get("slots", {}).get("slot", ())
        return frozenset(slot["id"] for slot in table if slot.get("say"))

    def sides(self, claim: Claim) -> tuple[Name, ...]:
        """The parties of a happening that can stand beside its noun: people, else countries, else bodies that do not tell of it.

        A lone body or country only tells of it, and people do not collide with ships: of mixed kinds none is printed.
        """
        names = claim.parties or ((claim.actor,) if claim.actor is not None else ())
        issuers = {s.issuer for m in self.packet.members if (s := m.item.statement) is not None}
        people = tuple(n for n in names if n.kind == "person")
        countries = tuple(n for n in names if n.kind == "country")
        bodies = tuple(n for n in names if n.kind == "body" and n.id not in issuers)
        if claim.object is not None and any(char.isupper() for char in claim.object.en or ""):
            # An occasion with a proper name has its parties in it.
            return ()
        if len(people) > 1:
            return people[:3]
        if len(countries) > 1 and not people:
            return countries[:3]
        return bodies[:3] if len(bodies) > 1 and not people else ()

    def is_person(self, topic: str) -> bool:
        """Whether a topic is only a person's name: that a text does not name somebody says little."""
        entry = self.packet.lexicon.entries.get(topic)
        return (entry is not None and entry.kind == "person") or ".person." in f".{topic}"

    def reserve(self, claims: Iterable[Claim]) -> str | None:
        """The first reserve of some claims that a number's own bound does not say already."""
        return next((h.id for c in claims for h in c.hedges if not said_already(c, h.id)), None)

    @cached_property
    def style(self) -> Mapping[str, Any]:
        """The style table of the half written first; what it says of kinds of things holds for both."""
        return self.packet.lexicon.table("style/ja")

    def telling(self, topic: str) -> bool:
        """Whether a topic says something by its presence or absence: no person's name, no happening as such, no mere word."""
        if self.is_person(topic) or topic.removeprefix("slot.") != topic:
            return False
        entry = self.packet.lexicon.entries.get(topic)
        dull = entry is not None and (
            entry.kind in ("occasion", "office") or "vague" in entry.tags or not entry.form("en")
        )
        return not dull and topic not in self.style["topics"]["dull"]

    def negates(self, claim: Claim) -> bool:
        """Whether the claim's slot has words of its own for what was not done."""
        table = self.packet.lexicon.tables.get("slots", {}).get("slot", ())
        return any(s["id"] == claim.slot and "say_not" in s for s in table)

    def past(self, claim: Claim) -> bool:
        """Whether a slot's clause tells of something done, so that no plan can be made of it."""
        table = self.packet.lexicon.tables.get("slots", {}).get("slot", ())
        return any(s["id"] == claim.slot and s.get("say", {}).get("ja", "").endswith(("た", "だ")) for s in table)

    @cached_property
    def listing(self) -> frozenset[str]:
        """Slots that list what a text names instead of saying an act."""
        return frozenset(("topics", "occasions"))

    def topics(self, claim: Claim) -> tuple[str, ...]:
        """The topics of a claim that can be printed: no party's country beside it, no word too general."""
        entries = self.packet.lexicon.entries
        plain = (t for t in claim.topics if t not in entries or "vague" not in entries[t].tags)
        return tuple(t for t in plain if self.stands(claim, t))

    def stands(self, claim: Claim, topic: str) -> bool:
        """Whether what the claim rests on has the topic itself: a group may carry a claim by a member said elsewhere."""
        lexicon = self.packet.lexicon
        if topic not in lexicon.entries or not lexicon.entries[topic].forms:
            return True
        found = {i for e in claim.evidence for m in lexicon.find(e.exact) for i in (m.entry, *m.others)}
        return any(
            topic == i or (i in lexicon.entries and topic in (lexicon.entries[i].country, *lexicon.entries[i].broader))
            for i in found
        )

    def beside(self, claim: Claim) -> tuple[str, ...]:
        """The topics of a claim's sentence other than its parties and their countries."""
        entries = self.packet.lexicon.entries
        parties = [n.id for n in (claim.actor, claim.object, *claim.parties) if n is not None and n.id]
        aside = {*parties, *(entries[i].country for i in parties if i in entries)}
        left = (t for t in claim.topics if t not in aside and t in entries and "vague" not in entries[t].tags)
        # What the slot's own words say ("used water cannon") is nothing beside it.
        told = (t for t in left if t.rsplit(".", 1)[-1] != claim.slot and self.telling(t))
        return tuple(t for t in told if self.stands(claim, t))

    def outlets(self, items: Iterable[str]) -> Arg:
        """The outlets or bodies of items as a list."""
        return Many(tuple(Outlet(item) for item in dict.fromkeys(items)))

    def text_word(self, key: str) -> Word:
        """What an item is called as a text ("the post")."""
        return Word("texts", self.channel(key))


def said_already(claim: Claim, hedge: str) -> bool:
    """Whether a reserve is kept by how its number or its unnamed holder is printed."""
    unnamed = hedge == "people_familiar" and claim.attribution.role == "unnamed"
    return unnamed or hedge in ("about", "at_least", "at_most")


def name_key(name: Name) -> str:
    """The same string for the same name."""
    return name.id or name.en or name.ja or name.surface or (name.role.en if name.role else "")


def claim_key(claim: Claim) -> tuple[str, ...]:
    """The same tuple for claims that say the same: slot, parties, topics, polarity."""
    people = [name_key(n) if n is not None else "" for n in (claim.actor, claim.object)]
    return (claim.slot or "", *people, *sorted(map(name_key, claim.parties)), claim.polarity)
