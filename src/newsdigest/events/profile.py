"""What a document's words say about which event it is: numbers, names, places, terms, as weighted sets in channels."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from newsdigest.events.numbers import numbers_in
from newsdigest.events.places import place_names, scenes, transcriptions, without_dateline
from newsdigest.events.skeleton import skeleton_of_hanzi, skeleton_of_katakana, skeletons_of_latin
from newsdigest.language.lexicon import Lexicon

# Characters read for the profile. Beyond them a report turns to background, which other events share.
READ = {"en": 3000, "ja": 1200, "zh": 1200}
LEDE = {"en": 300, "ja": 120, "zh": 120}
# Consonants from which a skeleton tells one name from another.
BONES = 3
CHANNELS = ("words", "han", "katakana", "latin", "numbers", "entities", "places", "skeletons", "scenes")

_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ'’-]*")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff々]{2,}")
_KATAKANA = re.compile(r"[ァ-ヴー]{2,}")
_POSSESSIVE = re.compile(r"['’]s?$")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n]['\"”’)]*\s+|[\"“‘'(]|--?\s|\u2014\s*)$")
_COMMON = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "from",
        "that",
        "this",
        "have",
        "has",
        "had",
        "was",
        "were",
        "will",
        "would",
        "could",
        "should",
        "about",
        "after",
        "before",
        "into",
        "over",
        "under",
        "said",
        "says",
        "say",
        "also",
        "more",
        "most",
        "than",
        "then",
        "they",
        "their",
        "there",
        "them",
        "those",
        "these",
        "which",
        "while",
        "where",
        "when",
        "what",
        "who",
        "whom",
        "his",
        "her",
        "its",
        "our",
        "your",
        "been",
        "being",
        "are",
        "but",
        "not",
        "all",
        "any",
        "can",
        "may",
        "one",
        "two",
        "new",
        "out",
        "off",
        "his",
        "him",
        "she",
        "you",
    ]
)


@dataclass(frozen=True, slots=True)
class EventDocument:
    """One document as the event stage sees it.

    Instants are aware; ``issuer`` is set where the item is an official statement; ``owner`` and ``country`` are those of its source.
    """

    key: str
    title: str
    text: str
    language: str
    published: datetime | None = None
    source: str = ""
    source_kind: str = ""
    issuer: str | None = None
    first_seen: datetime | None = None
    owner: str = ""
    country: str = ""

    @property
    def moment(self) -> datetime | None:
        """When it came out, as far as we know."""
        return self.published or self.first_seen


@dataclass(frozen=True, slots=True)
class Profile:
    """Per channel how often each token stands in title and text (``whole``) and in title and lede alone (``head``).

    ``length`` is in characters; the title counts twice in ``whole``, for what it names the report is about.
    """

    whole: Mapping[str, Mapping[str, int]]
    head: Mapping[str, Mapping[str, int]]
    length: int


def profile(document: EventDocument, lexicon: Lexicon) -> Profile:
    """Return the document's tokens by channel."""
    body = document.text.removeprefix(document.title).strip() if document.title else document.text
    lede = f"{document.title}\n{body[: LEDE.get(document.language, 120)]}"
    rest = body[LEDE.get(document.language, 120) : READ.get(document.language, 1200)]
    head = _tokens(lede, document.language, lexicon)
    tail = _tokens(rest, document.language, lexicon)
    title, opening = (
        unicodedata.normalize("NFKC", part) for part in (document.title, body[: LEDE.get(document.language, 120)])
    )
    found = scenes(_folded(title, lexicon), opening, document.language, lexicon)
    head["scenes"] = Counter(found)
    tail["scenes"] = Counter()
    whole = {channel: head[channel] + tail[channel] for channel in CHANNELS}
    return Profile(whole, head, len(document.title) + len(body))


def _tokens(text: str, language: str, lexicon: Lexicon) -> dict[str, Counter[str]]:
    plain = unicodedata.normalize("NFKC", text)
    folded = _folded(plain, lexicon)
    words, names = _latin(without_dateline(plain) if language == "en" else plain, language)
    katakana = Counter(_KATAKANA.findall(plain)) if language == "ja" else Counter[str]()
    skeletons = Counter[str]()
    for name, times in katakana.items():
        skeletons[skeleton_of_katakana(name)] += times
    for name, times in names.items():
        skeletons.update(dict.fromkeys(skeletons_of_latin(name), times))
    if language == "zh":
        skeletons.update(skeleton_of_hanzi(run) for run in transcriptions(folded, lexicon))
    mentions = lexicon.find(text, language)
    places = Counter(place_names(folded, language, lexicon))
    places.update(m.entry for m in mentions if lexicon.entries[m.entry].kind == "place")
    return {
        "words": words,
        "han": Counter(_bigrams(folded)) if language != "en" else Counter(),
        "katakana": katakana,
        "latin": names,
        "numbers": Counter(numbers_in(plain, language)),
        "entities": Counter(mention.entry for mention in mentions),
        "places": places,
        "skeletons": Counter({bones: times for bones, times in skeletons.items() if len(bones) >= BONES}),
    }


def _latin(text: str, language: str) -> tuple[Counter[str], Counter[str]]:
    """Content words cut to a stem, and the names: capitalised inside a sentence, or any Latin word in a CJK text."""
    words: Counter[str] = Counter()
    names: Counter[str] = Counter()
    opening: Counter[str] = Counter()
    lowered: set[str] = set()
    for match in _WORD.finditer(text):
        low = _POSSESSIVE.sub("", match.group()).lower()
        if len(low) < 2 or low in _COMMON:
            continue
        if language != "en":
            names[low] += 1
            continue
        words[low[:6]] += 1
        if not match.group()[0].isupper():
            lowered.add(low)
        elif _SENTENCE_START.search(text[max(0, match.start() - 4) : match.start()]):
            opening[low] += 1
        else:
            names[low] += 1
    names.update({low: times for low, times in opening.items() if low not in lowered})
    return words, names


def _bigrams(text: str) -> Iterable[str]:
    for run in _HAN.findall(text):
        for position in range(len(run) - 1):
            yield run[position : position + 2]


def _folded(text: str, lexicon: Lexicon) -> str:
    """The text with variant Han characters in one form."""
    return text if text.isascii() else text.translate(lexicon.han_forms)
