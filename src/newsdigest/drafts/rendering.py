"""Renditions as text: Markdown a half, and one self-contained page of both. Citation numbers are made here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsdigest.drafts.draft import Draft, DraftSentence, Rendition, Section

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")
_LISTED = ("sources", "unused", "quotes", "notes")


def numbers(draft: Draft) -> dict[str, int]:
    """Citation numbers by item, in the order of the list of sources, then of first citation."""
    listed = [e.item for s in draft.sections if s.id == "sources" for x in s.sentences.ja for e in x.evidence]
    cited = [e.item for sentence in draft.sentences("ja") for e in sentence.evidence]
    return {item: n for n, item in enumerate(dict.fromkeys([*listed, *cited]), 1)}


def markdown(draft: Draft, rendition: Rendition) -> str:
    """One rendition as Markdown. Sentences carry the numbers of the sources they cite; the list of sources gives the numbers."""
    order = numbers(draft)
    lines = [f"# {_escape(getattr(draft.headline, rendition).text)}", ""]
    for section in draft.sections:
        lines.extend(_section(section, rendition, order))
    return "\n".join(lines).rstrip() + "\n"


def _section(section: Section, rendition: Rendition, order: dict[str, int]) -> Iterator[str]:
    heading = _escape(getattr(section.heading, rendition).text)
    if section.id == "lede":
        yield f"**{heading}**"
    else:
        yield f"## {heading}"
    yield ""
    sentences: tuple[DraftSentence, ...] = getattr(section.sentences, rendition)
    if section.id == "sources":
        for sentence in sentences:
            number = order[sentence.evidence[0].item] if sentence.evidence else 0
            yield f"{number}. {_escape(sentence.text)}"
    elif section.id in _LISTED:
        for sentence in sentences:
            yield f"- {_escape(sentence.text)}{_cites(sentence, order)}"
    else:
        joint = "" if rendition == "ja" else " "
        yield joint.join(f"{_escape(s.text)}{_cites(s, order)}" for s in sentences)
    yield ""


def _cites(sentence: DraftSentence, order: dict[str, int]) -> str:
    if sentence.kind in ("frame", "caveat"):
        return ""
    found = sorted({order[e.item] for e in sentence.evidence})
    return "".join(f"[{n}]" for n in found)


def _escape(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text.replace("\n", " "))
