"""Who speaks an English quotation: the cue before it, after it, in its sentence, or in the sentence before."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from newsdigest.comparison.quotes.speakers import NAME_EN, Names, Speaker
from newsdigest.comparison.record import Name
from newsdigest.records import Bilingual

MASK = "\ue000"
_ADVERB = r"(?:\w+ly|also|later|then|once|has|had|have|was|is|just|again|even|further|still|ever|never|be|been|who|himself|herself|in a statement|on \w+day),?"
_PRONOUN = re.compile(r"\b(he|she|they)\b", re.I)
_PLURAL = re.compile(r"(?<=[\s,])[a-z]+(?:s|people|police)\b|\bpolice\b")

_POSSESSIVE = re.compile(r"['’]s$|s['’]$")
_BOUNDARY = re.compile(
    rf"[;:{MASK}]|(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!Mrs)(?<!Sen)(?<!Rep)(?<!Gov)(?<!Gen)(?<![A-Z])\.\s|,\s(?:and|but|while|as)\s"
)
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are)\s(?:\w+ly\s)?$", re.I)
_ISSUED = re.compile(r"\b(?:issued|released|published|posted|sent|put out|gave|made|wrote)\s+$", re.I)
_OPENS = re.compile(r"\b(?:as|when|while|because|although)\s(?:(?:the|a|an|[A-Z][\w.]*)\s){0,3}$")
_FINITE = re.compile(
    r"\b(?:on|in|by|with|that|which|who|when|after|before|said|says|told|was|were|is|are|has|had|have|will|would|and|but|pushed|called|made|took|went)\s",
    re.I,
)
_ASKED = re.compile(r"(?:when |later |pressed and )?(?:asked|pressed|questioned)\s(?!by\b)", re.I)
_ANSWERS = re.compile(
    r",[^,]{1,60}?(?:, [^,]{1,40},)? (?:said|says|declined|replied|answered|told|denied|confirmed|responded|called|added)\b"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """The speaker with the span of the cue (subject and verb) in the field, the verb, and how it was found."""

    subject: str
    start: int
    end: int
    verb: str
    how: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A noun phrase that can speak, with its span in the frame: a name, a description or a pronoun."""

    text: str
    start: int
    end: int
    sort: str


def find_cue(frame: str, start: int, end: int, names: Names) -> Cue | None:
    """Return the cue of the quote whose masked span is ``[start, end)`` of its sentence's frame, offsets in the frame."""
    left, right = frame[:start], frame[end:]
    if _ASKED.match(frame) and not _ANSWERS.search(left):
        return Cue("", start, start, "", "open")  # words of the question are not those of the one who answers
    after = _after(right, names)
    if after:
        return _shift(after, end)
    earlier = before(left, names)
    if earlier:
        return earlier
    later = _within(right, names)
    if later:
        return _shift(later, end)
    return _according(frame, names)


def _shift(cue: Cue, by: int) -> Cue:
    return Cue(cue.subject, cue.start + by, cue.end + by, cue.verb, cue.how)


def subjects(text: str, names: Names) -> list[Subject]:
    """Return the phrases of a frame that can speak, in order."""
    found: list[Subject] = []
    for match in NAME_EN.finditer(text):
        office, name = names.split(match.group())
        if match.group().lower() in names.words.heads:
            found.append(Subject(match.group(), match.start(), match.end(), "role"))
            continue
        if not name and not (office and office.split()[-1] in names.words.titles and len(office.split()) > 1):
            continue
        shown = name or office
        if _POSSESSIVE.search(match.group()) and re.match(r"\s[a-z]", text[match.end() :]):
            continue  # "Brandt's deputy" is not Brandt
        offset = match.group().rfind((office + " " + name).strip()) if office and name else match.group().rfind(shown)
        begin = match.start() + max(0, offset)
        found.append(Subject(text[begin : match.end()], begin, match.end(), "name"))
    for begin, end in _descriptions(text, names):
        if re.search(r"\b(?:in|via|through|with)\s$", text[:begin]):
            continue
        if not any(s.start < end and begin < s.end and s.end > end for s in found):
            found = [s for s in found if not (begin <= s.start and s.end <= end)]
            found.append(Subject(text[begin:end], begin, end, "role"))
    for match in _PLURAL.finditer(text):
        if match.group() in names.words.heads and not any(s.start <= match.start() < s.end for s in found):
            found.append(Subject(match.group(), match.start(), match.end(), "role"))
    for match in _PRONOUN.finditer(text):
        found.append(Subject(match.group(), match.start(), match.end(), "pronoun"))
    return _named_roles(sorted(found, key=lambda s: s.start), text, names)


def _named_roles(ordered: list[Subject], text: str, names: Names) -> list[Subject]:
    """A description with its name behind it is one subject: "the foreign minister, Ana Mora"."""
    out: list[Subject] = []
    for subject in ordered:
        last = out[-1] if out else None
        if (
            last
            and last.sort == "role"
            and _speaks(last.text, names)
            and subject.sort == "name"
            and _joined(text[last.end : subject.start], names)
        ):
            out[-1] = Subject(subject.text, last.start, subject.end, "name")
        else:
            out.append(subject)
    return out


def _joined(between: str, names: Names) -> bool:
    """Whether a description runs on to its name: "Chief executive Barry Lund", "the foreign minister, Ana Mora"."""
    return between == ", " or all(word in names.words.titles for word in between.split())


def _speaks(description: str, names: Names) -> bool:
    """Whether a description is of one person or body that a name can stand for, not of a text."""
    texts = names.words.table["names"]["en"]["texts"]
    return description.split()[-1] not in texts and not description.lower().startswith(("two", "many", "some"))


def _descriptions(text: str, names: Names) -> list[tuple[int, int]]:
    """Spans of "a White House official", "the coast guard spokesman": an article up to the last of adjoining heads."""
    found = []
    position = 0
    while match := names.words.described_en.search(text, position):
        end = match.end()
        while more := names.words.head_en.match(text, end):
            end = more.end()
        position = end
        if _FINITE.search(text[match.start() : end]):
            # A whole clause lies between the article and the head: the description begins later, if at all.
            position = match.start() + 1
            continue
        found.append((match.start(), end))
    return found


def _after(right: str, names: Names) -> Cue | None:
    """``," he said`` / ``," said Romney`` / ``," Sen. McCain, R-Ariz., said`` right behind the quote."""
    lead = re.match(r"[\s,.—–-]*", right)
    begin = lead.end() if lead else 0
    clause = re.split(rf"[;{MASK}]", right[begin:])[0]
    verbs = list(names.words.verbs["en"].finditer(clause))
    for verb in verbs[:2]:
        ahead = clause[: verb.start()]
        if not ahead.strip(" ,"):
            following = [
                s
                for s in subjects(clause[verb.end() :], names)
                if not clause[verb.end() : verb.end() + s.start].strip(" ,")
            ]
            if following:
                s = following[0]
                stop = verb.end() + s.end
                return Cue(s.text, begin, begin + stop, verb.group(), "after")
            continue
        first = next(
            (
                s
                for s in subjects(ahead, names)
                if not ahead[: s.start].strip(" ,.") or len(ahead[: s.start].split()) <= 3
            ),
            None,
        )
        if first and _reaches(ahead[first.end :]):
            return Cue(first.text, begin + first.start, begin + verb.end(), verb.group(), "after")
    return None


def _reaches(between: str) -> bool:
    """Whether only adverbs or an apposition stand between the subject and its verb."""
    rest = between.strip()
    if rest.startswith(","):
        return len(rest) <= 140
    return (
        bool(
            re.fullmatch(
                rf"(?:(?:{_ADVERB}|\([^)]*\)|of [\w\s.]+|for [\w\s.]+|at [\w\s.]+|who [\w\s,.'’-]+)\s*)*", rest, re.I
            )
        )
        and len(rest) <= 90
    )


def before(left: str, names: Names) -> Cue | None:
    """``Romney said that "`` / ``the report, by Bauer, concluded that "``: the last verb before the quote and its subject."""
    verbs = list(names.words.verbs["en"].finditer(left))
    for verb in reversed(verbs):
        ahead = left[: verb.start()]
        if _PASSIVE.search(ahead) and not verb.group().endswith("ing"):
            continue  # what is said of a thing is not what it says
        inserted = _inserted(ahead, left[verb.end() :], names)
        if inserted:
            begin = verb.end() + inserted.start
            return Cue(inserted.text, verb.start(), begin + len(inserted.text), verb.group(), "before")
        boundary = max((m.end() for m in _BOUNDARY.finditer(ahead)), default=0)
        for begin in dict.fromkeys((boundary, 0)):
            clause = ahead[begin:]
            options = subjects(clause, names)
            if not options:
                continue
            nearest = options[-1]
            adjacent = _adjacent(clause[nearest.end :]) or _apposed(clause, options, names)
            chosen = (
                nearest if adjacent else _participle(verb.group(), clause, options, names) or _main(clause, options)
            )
            if adjacent and len(options) > 1 and _ISSUED.search(clause[: nearest.start]):
                chosen = _main(clause[: nearest.start], options[:-1]) or nearest  # "X issued a statement calling …"
            if chosen is None:
                continue
            return Cue(chosen.text, begin + chosen.start, verb.end(), verb.group(), "before")
    return None


def _inserted(ahead: str, behind: str, names: Names) -> Subject | None:
    """Who speaks in an insertion: ``Her comments, said Ann Roe, the press secretary, are "``."""
    if not ahead.rstrip().endswith(","):
        return None
    named = subjects(behind, names)
    first = named[0] if named and not behind[: named[0].start].strip() else None
    return first if first and first.sort == "name" and behind[first.end :].startswith(",") else None


def _apposed(clause: str, options: list[Subject], names: Names) -> bool:
    """Whether the last name before a verb is the one whom a description before it names: ``A spokesman for X, Ann Roe, said``."""
    last = options[-1]
    described = any(o.sort == "role" and _speaks(o.text, names) for o in options[:-1])
    return (
        described and last.sort == "name" and clause[: last.start].endswith(", ") and clause[last.end :].strip() == ","
    )


def _adjacent(between: str) -> bool:
    return bool(re.fullmatch(rf"\s*(?:(?:{_ADVERB})\s*)*", between, re.I))


def _participle(verb: str, clause: str, options: list[Subject], names: Names) -> Subject | None:
    """Whose "saying" it is: the subject of the last clause that a conjunction opens ("… as Roe declined to meet, saying")."""
    if not verb.endswith("ing"):
        return None
    beside = re.search(r"\bwith\s([^,]{2,40})$", clause)
    if beside:  # "…, with the president saying"
        return next(
            (
                replace(s, start=beside.start(1) + s.start, end=beside.start(1) + s.end)
                for s in subjects(beside.group(1), names)
            ),
            None,
        )
    return next((o for o in reversed(options) if _OPENS.search(clause[: o.start])), None)


def _main(clause: str, options: list[Subject]) -> Subject | None:
    """The clause's own subject: the first phrase that no preposition governs."""
    for option in options:
        ahead = clause[: option.start].rstrip().lower()
        if not re.search(
            r"\b(?:of|in|to|by|for|from|with|about|against|at|on|after|before|during|over|under|than|as|between|among)(?:\s(?:the|a|an))?$",
            ahead,
        ):
            return option
    return options[0] if len(options) == 1 else None


def _within(right: str, names: Names) -> Cue | None:
    """A cue farther behind in the same sentence, up to the next quote: ``"x" in a statement, Romney said``."""
    clause = re.split(MASK, right)[0]
    for verb in names.words.verbs["en"].finditer(clause):
        ahead = clause[: verb.start()]
        options = subjects(ahead, names)
        if options and _adjacent(ahead[options[-1].end :]) and re.search(r",\s*$", ahead[: options[-1].start]):
            chosen = options[-1]
            return Cue(chosen.text, chosen.start, verb.end(), verb.group(), "within")
    return None


def _according(frame: str, names: Names) -> Cue | None:
    for phrase in names.words.table["according"]["en"]:
        at = frame.lower().find(phrase)
        if at >= 0:
            rest = subjects(frame[at + len(phrase) : at + len(phrase) + 120], names)
            if rest and rest[0].start <= 12:
                return Cue(rest[0].text, at, at + len(phrase) + rest[0].end, phrase, "according")
    return None


def reported(frame: str, start: int, end: int, names: Names) -> Cue | None:
    """Who says the words at ``[start, end)`` of a sentence without quoting them: ``X said …``, ``…, officials said``."""
    earlier = before(frame[:start], names)
    if earlier:
        return earlier
    later = _within(frame[end:], names)
    return _shift(later, end) if later else _according(frame, names)


def describe(subject: str, names: Names) -> Speaker | None:
    """The speaker of a noun phrase: a name, else a description ("a White House official") as a role."""
    head = subject.split()[-1].lower()
    lowered = (
        subject.lower() == head
        or subject[:1].islower()
        or subject.split()[0] in ("A", "An", "The", "One", "Another", "Some", "Several")
    )
    if head not in names.words.heads or not (lowered or len(subject.split()) > 1):
        return names.person(subject)
    if re.match(r"the\s", subject, re.I) and len(subject.split()) == 2:
        holder = names.titled(head)
        if holder:
            return holder
    bare = re.sub(r"^(?:the|his|her|its|their)\s+", "", subject, flags=re.I)
    shown = re.sub(r"^(An?|One|Another|Some|Several)\b", lambda m: m.group().lower(), bare)
    sort = "text" if head in names.words.table["names"]["en"]["texts"] else "role"
    role = _role_words(shown, names)
    return Speaker(Name(surface=subject, kind="role", role=role), None, sort, names.country_of(subject))  # type: ignore[arg-type]


def _role_words(shown: str, names: Names) -> Bilingual | None:
    """Both languages' words for a description, where the roles data know its head."""
    roles = names.lexicon.tables.get("attribution", {}).get("role", ())
    for role in roles:
        if any(shown.lower().endswith(form) for form in role.get("en", ())) and role.get("type") in (
            "unnamed",
            "analyst",
            "speaker",
        ):
            return Bilingual(ja=role["ja_name"], en=shown)
    return None
