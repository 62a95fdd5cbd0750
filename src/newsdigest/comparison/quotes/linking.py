"""A printed translation and the original it renders, held by another item of the event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from newsdigest.comparison.figures.numbers import Number, numbers_in, same_number
from newsdigest.comparison.packet import Member, Packet
from newsdigest.comparison.record import Quote
from newsdigest.language.lexicon import Lexicon
from newsdigest.language.sentences import sentences

# A link needs as much in common as one shared name within the words, or two in the sentences around them; and a lead on the next.
_ENOUGH = 2.0
_LEAD = 1.0
_LIKE = 0.55


def link(
    quotes: Sequence[Quote], packet: Packet, vectors: Mapping[str, NDArray[np.float32]] | None = None
) -> tuple[Quote, ...]:
    """Return the quotes, each translation with ``original`` set where another member holds the original beyond doubt.

    The speaker must be the same and the language another; numbers must agree; names within the words, then those of the sentence, decide.
    ``vectors`` (quote id → unit row of a centred space for all languages) add likeness. Without a clear lead nothing is linked.
    """
    originals = [q for q in quotes if q.kind == "original" and q.speaker]
    return tuple(_linked(q, originals, packet, vectors or {}) if q.kind == "translation" else q for q in quotes)


def _linked(
    quote: Quote, originals: Sequence[Quote], packet: Packet, vectors: Mapping[str, NDArray[np.float32]]
) -> Quote:
    candidates = [
        o for o in originals if o.lang != quote.lang and o.carrier != quote.carrier and same_speaker(o, quote)
    ]
    ranked = sorted(
        ((_score(quote, o, packet, vectors), o.id) for o in candidates), key=lambda pair: (-pair[0], pair[1])
    )
    if not ranked or ranked[0][0] < _ENOUGH:
        return quote
    # The same words in two items (a copy, a quote printed twice) are no rival.
    texts = {o.id: o.text for o in candidates}
    rivals = [score for score, identity in ranked[1:] if texts[identity] != texts[ranked[0][1]]]
    if rivals and ranked[0][0] - rivals[0] < _LEAD:
        return quote
    return quote.model_copy(update={"original": ranked[0][1]})


def same_speaker(a: Quote, b: Quote) -> bool:
    """Whether two quotes are credited to one person or body: by id, else by the printed name in one language."""
    first, second = a.speaker_name, b.speaker_name
    if first is None or second is None:
        return False
    if first.id and second.id:
        return first.id == second.id
    return any(x and x == y for x, y in ((first.en, second.en), (first.ja, second.ja), (first.surface, second.surface)))


def _score(a: Quote, b: Quote, packet: Packet, vectors: Mapping[str, NDArray[np.float32]]) -> float:
    lexicon = packet.lexicon
    ours, theirs = numbers_in(a.text, a.lang, lexicon), numbers_in(b.text, b.lang, lexicon)
    if not _agree(ours, theirs) or not _like_length(a, b):
        return 0.0
    score = 2.0 * min(len(ours), len(theirs))
    inside = (_named(a.text, a.lang, lexicon, a), _named(b.text, b.lang, lexicon, b))
    around = (_named(_sentence(a, packet), a.lang, lexicon, a), _named(_sentence(b, packet), b.lang, lexicon, b))
    score += 2.0 * len(inside[0] & inside[1]) - 1.0 * len(inside[0] ^ inside[1])
    score += 1.0 * len((around[0] & around[1]) - (inside[0] | inside[1]))
    if _short(a) and _short(b) and around[0] & around[1]:
        score += 1.0
    if a.id in vectors and b.id in vectors:
        likeness = float(vectors[a.id] @ vectors[b.id])
        score += 4.0 * (likeness - _LIKE)
    return score


def _agree(ours: tuple[Number, ...], theirs: tuple[Number, ...]) -> bool:
    """Whether every number of each side has its equal on the other."""
    return all(any(same_number(n, m) for m in theirs) for n in ours) and all(
        any(same_number(n, m) for m in ours) for n in theirs
    )


def _like_length(a: Quote, b: Quote) -> bool:
    """Whether one can be a rendering of the other by length: a Han or kana character counts for half a Latin word's five."""
    first, second = _weight(a), _weight(b)
    return max(first, second) <= 3 * min(first, second) + 12


def _weight(quote: Quote) -> float:
    return len(quote.text) / (5.5 if quote.lang == "en" else 2.2)


def _short(quote: Quote) -> bool:
    return _weight(quote) < 4


def _named(text: str, language: str, lexicon: Lexicon, quote: Quote) -> set[str]:
    speaker = quote.speaker_name.id if quote.speaker_name else None
    found = (m.entry for m in lexicon.find(text, language))
    # Offices and kinds of meeting are said in one language and left out in another.
    return {e for e in found if e != speaker and lexicon.entries[e].kind not in ("office", "occasion")}


def _sentence(quote: Quote, packet: Packet) -> str:
    member: Member = packet.member(quote.carrier)
    if quote.evidence.field == "title":
        return member.title
    for sentence in sentences(member.text, member.language):
        if sentence.start <= quote.evidence.start < sentence.end:
            return member.text[sentence.start : max(sentence.end, quote.evidence.end)]
    return quote.text
