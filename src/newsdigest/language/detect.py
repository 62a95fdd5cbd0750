"""The language of a text by script and codec, with the source's language as prior: libraries did worse on short titles.

Kana is Japanese. Han alone is told by the character sets that hold all of it: a form simplified in China is in no Japanese set,
one simplified in Japan in no Chinese set (JIS X 0208, GB 2312, Big5). What fits both is the source's language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast

Language = Literal["ja", "en", "zh"]

_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
# A Latin word says about as much as two CJK characters.
_WORD_WEIGHT = 2
_ENOUGH_KANA = 0.08
# What a quote or line must hold to have a language of its own.
_OWN_WORDS = 3
_OWN_HAN = 4
_OWN_SENTENCE = 6
_FOREIGN_FORMS = 2
_LETTER = re.compile(r"\w")
_LINE = re.compile(r"[^\n]+")
_QUOTED = re.compile(
    r"[“\"](?P<curly>[^”\"\n]{2,600})[”\"]|「(?P<corner>[^「」\n]{2,600})」|『(?P<double_corner>[^『』\n]{2,600})』"
    r"|«(?P<angle>[^«»\n]{2,600})»|[（(](?P<bracket>[^（()）\n]{2,600})[）)]"
)


def detect_language(text: str, prior: str) -> Language:
    """Return ``ja``, ``en`` or ``zh``; ``prior`` (the source's language) decides where the script does not."""
    kana = len(_KANA.findall(text))
    han = _HAN.findall(text)
    words = len(_LATIN.findall(text))
    if not kana and not han:
        return "en" if words and (prior == "en" or words > 1) else _known(prior)
    if words * _WORD_WEIGHT > kana + len(han) and (words > 3 or prior == "en"):
        return "en"
    if kana >= max(1, _ENOUGH_KANA * (kana + len(han))):
        return "ja"
    return _by_codec("".join(han), prior)


def _by_codec(han: str, prior: str) -> Language:
    japanese = _held(han, "shift_jis")
    chinese = max(_held(han, "gb2312"), _held(han, "big5"))
    if japanese != chinese:
        return "ja" if japanese > chinese else "zh"
    return "ja" if prior == "ja" else "zh"


def _held(han: str, codec: str) -> int:
    """How many of the characters the codec's set holds."""
    return len(han.encode(codec, "ignore")) // 2


def _known(prior: str) -> Language:
    return cast(Language, prior) if prior in ("ja", "en", "zh") else "en"


@dataclass(frozen=True, slots=True)
class LanguageSpan:
    """``text[start:end]`` is in ``language``; code points, half-open."""

    start: int
    end: int
    language: Language


def spans(text: str, prior: str) -> tuple[LanguageSpan, ...]:
    """Return which language each part of a text is in: the text's own, and others in its quotes and its whole lines.

    Spans cover the text without a gap. A quote or a line is told by itself only where it says enough (``_OWN_WORDS``, ``_OWN_HAN``):
    a name or a term in another script is no second language.
    """
    around = _QUOTED.sub("", text)
    # a short report of a long foreign quote is in the language around the quote
    main = detect_language(around if _LETTER.search(around) else text, prior)
    found: list[LanguageSpan] = []
    for span in _foreign_stretches(text, main):
        before = found[-1].end if found else 0
        if span.start >= before:
            found += [LanguageSpan(before, span.start, main)] if span.start > before else []
            found.append(span)
    before = found[-1].end if found else 0
    if before < len(text):
        found.append(LanguageSpan(before, len(text), main))
    return tuple(found)


def _foreign_stretches(text: str, main: Language) -> list[LanguageSpan]:
    """What is in another language: lines, by what stands outside their quotes, and else what stands in quotes or brackets; in order."""
    told = [(m.span(), _of_stretch(_QUOTED.sub("", m[0]), main)) for m in _LINE.finditer(text)]
    lines = [LanguageSpan(start, end, language) for (start, end), language in told if language != main]
    places = [match.span(match.lastgroup or 0) for match in _QUOTED.finditer(text)]
    quotes = [LanguageSpan(start, end, _of_stretch(text[start:end], main)) for start, end in places]
    alone = [q for q in quotes if q.language != main and not any(a.start <= q.start < a.end for a in lines)]
    return sorted([*lines, *alone], key=lambda span: span.start)


def _of_stretch(stretch: str, main: Language) -> Language:
    """The language of a quote or line that says enough to have one; else the text's."""
    kana, han, words = len(_KANA.findall(stretch)), len(_HAN.findall(stretch)), len(_LATIN.findall(stretch))
    if not kana and not han:
        return "en" if words >= _OWN_WORDS and _is_prose(stretch) else main
    if kana + han < _OWN_HAN or kana + han < words * _WORD_WEIGHT:
        return main
    if main == "ja" and not kana:
        # a Japanese text is full of words in kanji alone: only forms that no Japanese set holds, in a sentence, are Chinese
        missing = han - _held("".join(_HAN.findall(stretch)), "shift_jis")
        return "zh" if missing >= _FOREIGN_FORMS and han >= _OWN_SENTENCE else main
    return detect_language(stretch, main)


def _is_prose(stretch: str) -> bool:
    """Whether Latin words are a sentence or phrase, not a name: most begin with a small letter."""
    words = _LATIN.findall(stretch)
    return 2 * sum(1 for word in words if word[0].islower()) >= len(words)
