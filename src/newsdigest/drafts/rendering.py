"""Renditions as text: Markdown a half, and one self-contained page of both. Citation numbers are made here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from newsdigest.drafts.draft import RENDITIONS, Draft, DraftSentence, Rendition, Section
from newsdigest.items.evidence import Evidence

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")
_LISTED = (
    "sources",
    "unused",
    "reports",
    "related",
    "quotes",
    "figures",
    "interpretations",
    "background",
    "notes",
    "edits",
    "reopened",
    "changes",
    "editions",
    "plans",
    "framing",
    "drift",
    "timeline",
)
_QUOTED = re.compile(r"「[^「」]*」|“[^“”]*”")


def numbers(draft: Draft) -> dict[str, int]:
    """Citation numbers by item, in the order of the list of sources, then of first citation."""
    listed = [e.item for s in draft.sections if s.id == "sources" for x in s.sentences.ja for e in x.evidence]
    cited = [e.item for sentence in draft.sentences("ja") for e in sentence.evidence]
    return {item: n for n, item in enumerate(dict.fromkeys([*listed, *cited]), 1)}


# ---- Markdown ------------------------------------------------------------------------------------------------------------------


def markdown(draft: Draft, rendition: Rendition) -> str:
    """One rendition as Markdown. Sentences carry the numbers of the sources they cite; the list of sources gives the numbers."""
    order = numbers(draft)
    urls = {source.item: source.url for source in draft.sources}
    lines = [f"# {_escape(getattr(draft.headline, rendition).text)}", ""]
    for section in draft.sections:
        lines.extend(_section(section, rendition, order, urls))
    return "\n".join(lines).rstrip() + "\n"


def _section(section: Section, rendition: Rendition, order: dict[str, int], urls: dict[str, str]) -> Iterator[str]:
    heading = _escape(getattr(section.heading, rendition).text)
    yield f"**{heading}**" if section.id == "lede" else f"## {heading}"
    yield ""
    sentences: tuple[DraftSentence, ...] = getattr(section.sentences, rendition)
    if section.id in ("sources", "unused"):
        for sentence in sentences:
            item = sentence.evidence[0].item if sentence.evidence else ""
            mark = f"{order[item]}." if section.id == "sources" and item else "-"
            yield f"{mark} {_escape(sentence.text)}{_link(urls.get(item, ''))}"
    elif section.id in _LISTED:
        yield from (f"- {_escape(sentence.text)}{_cites(sentence, order)}" for sentence in sentences)
    else:
        joint = "" if rendition == "ja" else " "
        yield joint.join(f"{_escape(s.text)}{_cites(s, order)}" for s in sentences)
    yield ""


def _link(url: str) -> str:
    return f" <{url}>" if re.fullmatch(r"https?://[^\s<>]+", url) else ""


def _cites(sentence: DraftSentence, order: dict[str, int]) -> str:
    if sentence.kind in ("frame", "caveat"):
        return ""
    found = sorted({order[e.item] for e in sentence.evidence})
    return "".join(f"[{n}]" for n in found)


def _escape(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text.replace("\n", " "))


# ---- HTML ----------------------------------------------------------------------------------------------------------------------

_STYLE = """
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem; line-height: 1.75;
  font-family: "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic", Meiryo, system-ui, sans-serif; }
.half { max-width: 44rem; } .halves { display: grid; grid-template-columns: 1fr 1fr; gap: 2.5rem; align-items: start; }
@media (max-width: 56rem) { .halves { grid-template-columns: 1fr; } }
h1 { font-size: 1.5rem; line-height: 1.4; } h2 { font-size: 1.05rem; margin: 1.6rem 0 .4rem; }
p, ul, ol { margin: .3rem 0 .8rem; } li { margin: .25rem 0; }
.label { font-weight: 600; } .note { opacity: .75; }
sup a { text-decoration: none; margin-left: .1em; } :target { background: Mark; color: MarkText; }
.evidence { border-top: 1px solid; margin-top: 2rem; font-size: .9rem; } blockquote { margin: .2rem 0 .6rem 1rem; }
""".strip()


def html(draft: Draft, renditions: Sequence[Rendition] = RENDITIONS) -> str:
    """The halves asked for as one page without script; every statement leads to the exact characters it rests on.

    A channel gets only the half that a person approved: nothing of the other stands in the page.
    """
    notes = _notes(draft, renditions)
    halves = "".join(_half(draft, rendition, notes) for rendition in renditions)
    title = escape(getattr(draft.headline, renditions[0]).text)
    return (
        f'<!doctype html>\n<html lang="{renditions[0]}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n"
        f'<main class="{"halves" if len(renditions) > 1 else "half"}">\n{halves}</main>\n'
        f"{_evidence(draft, notes, renditions)}</body>\n</html>\n"
    )


def _notes(draft: Draft, renditions: Sequence[Rendition]) -> dict[Evidence, int]:
    """A footnote number for each span, in order of first citation in the halves shown."""
    said = (s for r in renditions for s in draft.sentences(r) if s.kind not in ("frame", "caveat"))
    return {span: n for n, span in enumerate(dict.fromkeys(e for s in said for e in s.evidence), 1)}


def _half(draft: Draft, rendition: Rendition, notes: dict[Evidence, int]) -> str:
    headline = escape(getattr(draft.headline, rendition).text)
    parts = [f'<article lang="{rendition}">\n<h1>{headline}</h1>\n']
    for section in draft.sections:
        heading = _marked(getattr(section.heading, rendition), rendition, draft)
        parts.append(f'<p class="label">{heading}</p>\n' if section.id == "lede" else f"<h2>{heading}</h2>\n")
        sentences: tuple[DraftSentence, ...] = getattr(section.sentences, rendition)
        said = [f"{_marked(s, rendition, draft)}{_footnotes(s, notes)}" for s in sentences]
        if section.id in _LISTED:
            kind = "ol" if section.id == "sources" else "ul"
            rows = "".join(
                f"<li>{row}{_anchor(draft, s, section.id)}</li>\n" for row, s in zip(said, sentences, strict=True)
            )
            parts.append(f"<{kind}>\n{rows}</{kind}>\n")
        else:
            parts.append(f"<p>{('' if rendition == 'ja' else ' ').join(said)}</p>\n")
    parts.append("</article>\n")
    return "".join(parts)


def _marked(sentence: DraftSentence, rendition: Rendition, draft: Draft) -> str:
    """The text with quotations and sources' names of another language marked with it."""
    quotes = {quote.text.strip(): quote.lang for quote in draft.quotes if quote.id in sentence.quotes}
    out = []
    position = 0
    for match in _QUOTED.finditer(sentence.text):
        out.append(escape(sentence.text[position : match.start()]))
        language = quotes.get(match.group()[1:-1].strip(), rendition)
        inner = escape(match.group())
        out.append(inner if language == rendition else f'<span lang="{language}">{inner}</span>')
        position = match.end()
    out.append(escape(sentence.text[position:]))
    return "".join(out)


def _footnotes(sentence: DraftSentence, notes: dict[Evidence, int]) -> str:
    if sentence.kind in ("frame", "caveat"):
        return ""
    found = sorted({notes[e] for e in sentence.evidence})
    links = ",".join(f'<a href="#e{n}">{n}</a>' for n in found)
    return f"<sup>{links}</sup>" if links else ""


def _anchor(draft: Draft, sentence: DraftSentence, section: str) -> str:
    source = next((s for s in draft.sources if sentence.evidence and s.item == sentence.evidence[0].item), None)
    if source is None or section not in ("sources", "unused") or not re.fullmatch(r"https?://[^\s<>]+", source.url):
        return ""
    return f' <a href="{escape(source.url)}" rel="noreferrer">{escape(source.url)}</a>'


def _evidence(draft: Draft, notes: dict[Evidence, int], renditions: Sequence[Rendition]) -> str:
    languages = {source.item: source.language for source in draft.sources}
    order = numbers(draft)
    rows = []
    for span, number in notes.items():
        language = languages.get(span.item)
        mark = f' lang="{language}"' if language else ""
        place = f"[{order[span.item]}] v{span.version} {span.field} {span.start}–{span.end}"
        rows.append(
            f'<li id="e{number}" value="{number}"><span class="note">{escape(place)}</span>'
            f"<blockquote{mark}>{escape(span.exact)}</blockquote></li>\n"
        )
    words = {"ja": "根拠", "en": "Evidence"}
    named = " ".join(f'<span lang="{r}">{words[r]}</span>' for r in renditions)
    title = f"<h2>{named}</h2>"
    return f'<section class="evidence">\n{title}\n<ol>\n{"".join(rows)}</ol>\n</section>\n'
