"""The quotations of one item, with who speaks them and of what kind they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from newsdigest.comparison.packet import Member
from newsdigest.comparison.quotes import chinese, english, japanese
from newsdigest.comparison.quotes.english import MASK, Cue
from newsdigest.comparison.quotes.kinds import kind_of
from newsdigest.comparison.quotes.spans import Span, spans
from newsdigest.comparison.quotes.speakers import Names, Speaker
from newsdigest.comparison.quotes.speech import speech
from newsdigest.comparison.record import Quote
from newsdigest.items.evidence import Field
from newsdigest.language.lexicon import Lexicon
from newsdigest.language.sentences import sentences
from newsdigest.records import short_key

_DATELINE = re.compile(
    r"(?m)^[A-Z][A-Z .'’-]+(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?(?:,? [A-Z][a-z]+\.? \d{1,2})?(?: \([^)\n]{2,30}\))? ?(?:—|–|--) ?"
)
_FIELDS: tuple[Field, ...] = ("title", "text")
_CUES = {"en": english.find_cue, "ja": japanese.find_cue, "zh": chinese.find_cue}
_REPORTS = {"en": english.reported, "ja": japanese.reported, "zh": chinese.find_cue}
_SPEAKERS: dict[str, Callable[[str, Names], Speaker | None]] = {
    "en": english.describe,
    "ja": japanese.describe,
    "zh": chinese.describe,
}


@dataclass(frozen=True, slots=True)
class Found:
    """One quoted span, its sentence in the masked field, the cue and the speaker."""

    field: Field
    span: Span
    begin: int
    end: int
    paragraph: int
    cue: Cue | None = None
    speaker: Speaker | None = None


def extract(member: Member, lexicon: Lexicon, present: frozenset[str] | None = None) -> tuple[Quote, ...]:
    """Return the quotes of an item's title and text in order. A speaker who is not certain is None.

    ``present`` are the persons whom the event's sources name (by default those of this item): an office stands for no other.
    """
    names = Names(member, lexicon, speech(lexicon), present)
    return tuple(_quote(found, member, names) for found in find(member, names))


def find(member: Member, names: Names) -> list[Found]:
    """Return the quoted spans of an item with cue and speaker."""
    return [found for field in _FIELDS for found in Resolver.of(member, field, names).run()]


class Voices:
    """Who speaks any span of an item: within a quote its speaker, else whoever its sentence says said it."""

    def __init__(self, member: Member, lexicon: Lexicon, present: frozenset[str] | None = None) -> None:
        self._names = Names(member, lexicon, speech(lexicon), present)
        self._resolvers = {field: Resolver.of(member, field, self._names) for field in _FIELDS}
        for resolver in self._resolvers.values():
            resolver.run()

    def at(self, field: Field, start: int, end: int) -> Speaker | None:
        """Return the speaker of ``[start, end)`` of a field, None where the sentence names none."""
        return self._resolvers[field].speaker_at(start, end)

    def author(self) -> Speaker | None:
        """Return who speaks in the item as a whole, where it is a statement."""
        return author_of(self._names)


def mask(text: str, quoted: list[Span]) -> str:
    """The text with every quote blanked; a quote that ends a sentence leaves its stop, so that sentences still part there."""
    frame = list(text)
    for span in quoted:
        frame[span.outer_start : span.outer_end] = MASK * (span.outer_end - span.outer_start)
        last = text[span.end - 1]
        if last in ".?!" and span.closed and text[span.outer_end - 1] != "」":
            frame[span.outer_end - 1] = last
    return "".join(frame)


def _sentences(frame: str, language: str) -> list[tuple[int, int, int]]:
    """Sentences of the frame; "Why?" he asked. is one."""
    out: list[tuple[int, int, int]] = []
    for sentence in sentences(frame, language):
        text = frame[sentence.start : sentence.end]
        last = frame[out[-1][0] : out[-1][1]] if out else ""
        goes_on = language == "en" and last[-1:] in "?!." and last[-2:-1] == MASK and _tail(text)
        if out and goes_on and out[-1][2] == sentence.paragraph:
            out[-1] = (out[-1][0], sentence.end, sentence.paragraph)
        else:
            out.append((sentence.start, sentence.end, sentence.paragraph))
    return out


def _tail(text: str) -> bool:
    """Whether a sentence only says who spoke: it starts small, or is a name and a verb with little else."""
    return text[:1].islower() or (
        len(text.split()) <= 6
        and MASK not in text
        and bool(re.match(r"[A-Z][\w.]+(?: [A-Z][\w.]+)* (?:said|asked|wrote|added|says|tweeted|replied)\b", text))
    )


class Resolver:
    """Finds the cue and the speaker of each quote of one field, in order: later ones may go on with an earlier speaker."""

    def __init__(
        self, field: Field, text: str, frame: str, sliced: list[tuple[int, int, int]], quoted: list[Span], names: Names
    ) -> None:
        self.field, self.text, self.frame, self.sliced, self.quoted, self.names = (
            field,
            text,
            frame,
            sliced,
            quoted,
            names,
        )
        self.language = names.member.language
        self.describe = _SPEAKERS[self.language]
        self.done: list[Found] = []

    @classmethod
    def of(cls, member: Member, field: Field, names: Names) -> Resolver:
        """The resolver of one field of an item."""
        text = member.title if field == "title" else member.text
        quoted = spans(text)
        frame = mask(text, quoted)
        if field == "text" and member.language == "en":
            # Where a report was filed speaks for nobody.
            frame = _DATELINE.sub(lambda m: " " * len(m.group()), frame)
        sliced = _sentences(frame, member.language) if field == "text" else [(0, len(frame), 0)]
        return cls(field, text, frame, sliced, quoted, names)

    def speaker_at(self, start: int, end: int) -> Speaker | None:
        """Return the speaker of a span: of the quote around it, else of the report that its sentence gives."""
        for found in self.done:
            if found.span.start <= start and end <= found.span.end and found.speaker:
                return found.speaker
        begin, stop, paragraph = next(((b, e, p) for b, e, p in self.sliced if b <= start < e), (start, end, -1))
        sentence = self.frame[begin:stop]
        cue = _REPORTS[self.language](sentence, start - begin, end - begin, self.names)
        if cue is None or cue.how in ("verb", "open"):
            return None
        cue = replace(cue, start=cue.start + begin, end=cue.end + begin)
        span = Span(start, end, start, end, "")
        return self._speaker(cue, Found(self.field, span, begin, stop, paragraph))

    def run(self) -> list[Found]:
        """Return the quotes, each with its speaker where one is certain."""
        for span in self.quoted:
            begin, end, paragraph = next(
                ((b, e, p) for b, e, p in self.sliced if b <= span.outer_start < e),
                (span.outer_start, span.outer_end, -1),
            )
            end = max(end, span.outer_end)
            self.done.append(self._resolve(Found(self.field, span, begin, end, paragraph)))
        self._fill()
        return self.done

    def _resolve(self, found: Found) -> Found:
        span = found.span
        if self.field == "title":
            return self._titled(found)
        sentence = self.frame[found.begin : found.end]
        cue = _CUES[self.language](sentence, span.outer_start - found.begin, span.outer_end - found.begin, self.names)
        if cue is None:
            return found
        cue = replace(cue, start=cue.start + found.begin, end=cue.end + found.begin)
        speaker = self._speaker(cue, found)
        return replace(found, cue=cue, speaker=speaker)

    def _titled(self, found: Found) -> Found:
        if self.language == "en":
            ahead = self.text[: found.span.outer_start].rstrip()
            named = english.subjects(ahead[:-1], self.names) if ahead.endswith(":") else []
            cue = (
                Cue(named[-1].text, named[-1].start, named[-1].end, "", "headline")
                if named and named[-1].end >= len(ahead) - 1
                else None
            )
            cue = cue or english.find_cue(self.frame, found.span.outer_start, found.span.outer_end, self.names)
        else:
            cue = japanese.headline(self.text, found.span.outer_start, self.names) if self.language == "ja" else None
        if cue is None:
            return found
        # A headline's bare office (知事「…」) has nobody before it to point at: it stays a description.
        return replace(found, cue=cue, speaker=self._speaker(cue, found) or self.describe(cue.subject, self.names))

    def _speaker(self, cue: Cue, found: Found) -> Speaker | None:
        if cue.how == "open":
            return None
        if not cue.subject or self._points_back(cue.subject):
            return self._antecedent(cue, found)
        return self.describe(cue.subject, self.names)

    def _points_back(self, subject: str) -> bool:
        if self.language == "en":
            return subject.lower() in self.names.words.table["names"]["en"]["he"]
        return bool((japanese if self.language == "ja" else chinese).pronoun(subject, self.names))

    def _antecedent(self, cue: Cue, found: Found) -> Speaker | None:
        """Whom a pronoun or a bare verb points at: a name before it in the sentence, the last speaker, the last subject."""
        author = self._author(found)
        if author:
            return author
        beside = [
            f.speaker for f in self.done if f.begin == found.begin and f.speaker and f.span.end <= found.span.start
        ]
        if beside and not cue.subject:
            return beside[-1]
        holder = next((f.speaker for f in reversed(self.done) if f.speaker and _holds(f.speaker, cue.subject)), None)
        if holder and self.language != "en":
            return holder
        if self.language == "en":
            ahead = self.frame[found.begin : cue.start]
            same = [s for s in self._persons(ahead) if self.names.suits(s, cue.subject)]
            if same:
                return same[0]
        index = next((i for i, (b, _, _) in enumerate(self.sliced) if b == found.begin), 0)
        for back in range(1, 5):
            if index - back < 0:
                break
            begin, end, _ = self.sliced[index - back]
            spoken = [
                f.speaker
                for f in self.done
                if begin <= f.span.start < end
                and f.speaker
                and f.speaker.sort in ("person", "role")
                and self.names.suits(f.speaker, cue.subject)
            ]
            if spoken:
                return spoken[-1]
            persons = [s for s in self._persons(self.frame[begin:end]) if self.names.suits(s, cue.subject)]
            if persons:
                return persons[0]
        return None

    def _persons(self, text: str) -> list[Speaker]:
        if self.language == "en":
            named = [self.names.person(s.text) for s in english.subjects(text, self.names) if s.sort == "name"]
            return [s for s in named if s and s.sort == "person" and self.names.certain(s)]
        if self.language == "ja":
            found = []
            for match in re.finditer(r"([^、。\s" + MASK + r"]+?)(?:は|が)", text):
                speaker = japanese.describe(match.group(1), self.names)
                if speaker and speaker.sort == "person":
                    found.append(speaker)
            return found
        pieces = [chinese.describe(piece, self.names) for piece in re.split(r"[,，、。]", text) if piece]
        return [s for s in pieces if s and s.sort == "person"]

    def _author(self, found: Found) -> Speaker | None:
        """In a post, the person whose account it is."""
        statement = self.names.member.item.statement
        if statement is None or statement.channel != "post":
            return None
        return author_of(self.names)

    def _fill(self) -> None:
        """Give quotes without a cue the speaker of the passage they go on with."""
        for index, found in enumerate(self.done):
            if found.speaker is None and (found.cue is None or found.cue.how == "verb"):
                neighbour = (
                    self._told_behind(found) or self._continued(index) or self._introduced(found) or self._ahead(index)
                )
                if neighbour:
                    self.done[index] = replace(found, speaker=neighbour)

    def _told_behind(self, found: Found) -> Speaker | None:
        """``「…」。X氏はこう話す。``: the next sentence tells who."""
        if self.language != "ja" or not self._whole(found):
            return None
        following = next(((b, e, p) for b, e, p in self.sliced if b >= found.end), None)
        if following is None or following[2] != found.paragraph:
            return None
        told = japanese.TOLD_BEHIND.match(self.frame[following[0] : following[1]])
        return japanese.describe(told.group(1), self.names) if told else None

    def _whole(self, found: Found) -> bool:
        """Whether the quote is its whole sentence."""
        rest = self.frame[found.begin : found.end].replace(MASK, "").strip(' .!?。"”')
        return not rest

    def _continued(self, index: int) -> Speaker | None:
        found = self.done[index]
        if index == 0:
            return None
        last = self.done[index - 1]
        if last.speaker is None or last.field != found.field:
            return None
        if last.begin == found.begin:
            return last.speaker
        gap = self.frame[last.end : found.begin].strip()
        if last.span.mark != "「" and not last.span.closed and found.paragraph == last.paragraph + 1:
            return last.speaker
        if self._whole(found) and not gap and found.paragraph - last.paragraph <= 1:
            return last.speaker
        return None

    def _introduced(self, found: Found) -> Speaker | None:
        """A whole-sentence quote behind a sentence that ends with a colon or has a speaker of its own."""
        if not self._whole(found) or self.language == "zh":
            return None
        index = next((i for i, (b, _, _) in enumerate(self.sliced) if b == found.begin), 0)
        if index == 0:
            return None
        begin, end, _ = self.sliced[index - 1]
        before = self.frame[begin:end]
        if self.language == "ja":
            topic = japanese.topic(before, self.names)
            verb = self.names.words.verbs["ja"].search(before)
            return japanese.describe(topic[0], self.names) if topic and verb else None
        cue = english.before(before.rstrip(":. ") + " ", self.names)
        if cue is None:
            return None
        if self._points_back(cue.subject):
            return self._antecedent(replace(cue, start=cue.start + begin), replace(found, begin=begin))
        return english.describe(cue.subject, self.names)

    def _ahead(self, index: int) -> Speaker | None:
        """``"A." "B," she said``: the next quote of the same paragraph tells who."""
        found = self.done[index]
        if index + 1 >= len(self.done) or not self._whole(found):
            return None
        following = self.done[index + 1]
        same = following.paragraph == found.paragraph and following.field == found.field
        return following.speaker if same and following.cue and following.cue.how == "after" else None


def _holds(speaker: Speaker, office: str) -> bool:
    """Whether a speaker was called by an office that now stands for him (三田村市長, then 市長)."""
    return len(office) >= 2 and (speaker.office or "").endswith(office)


def author_of(names: Names) -> Speaker | None:
    """The person who speaks in an item's own statement."""
    statement = names.member.item.statement
    if statement is None:
        return None
    for who in (statement.speaker, statement.issuer):
        if who and who in names.lexicon.entries:
            entry = names.lexicon.entries[who]
            return names.of_entry(entry, entry.form(names.member.language) or who)
        if who:
            entry_found = names.entry(who)
            if entry_found:
                return names.of_entry(entry_found, who)
    return None


def _quote(found: Found, member: Member, names: Names) -> Quote:
    span, speaker = found.span, found.speaker
    evidence = member.cite(span.start, span.end, found.field)
    text = member.title if found.field == "title" else member.text
    kind = kind_of(text, span, found.field, speaker, found.cue is not None, names)
    if kind in ("title", "scare") and found.cue is None:
        speaker = None
    cue = found.cue
    return Quote(
        id=short_key("q", member.key, str(member.version.n), found.field, str(span.start), str(span.end)),
        text=evidence.exact,
        lang=member.language,
        kind=kind,
        speaker=_printed(speaker, member.language) if speaker else None,
        speaker_name=speaker.name if speaker else None,
        office=speaker.office if speaker else None,
        carrier=member.key,
        evidence=evidence,
        cue=member.cite(cue.start, cue.end, found.field) if cue and cue.start < cue.end else None,
    )


def _printed(speaker: Speaker, language: str) -> str:
    name = speaker.name
    role: Literal["ja", "en"] = "ja" if language == "ja" else "en"
    if name.role and language != "zh":
        return name.role.ja if role == "ja" else name.role.en
    return name.en or name.ja or name.surface
