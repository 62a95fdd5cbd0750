"""Renditions: numbers from the renderer, everything escaped, no script, the same bytes each time."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from newsdigest.drafts.draft import RENDITIONS
from newsdigest.drafts.export import rendition_json
from newsdigest.drafts.rendering import html, markdown, numbers
from newsdigest.records import canonical_json
from tests.drafts.seeded import changed, good


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def page(text: str) -> _Page:
    parsed = _Page()
    parsed.feed(text)
    return parsed


def test_sources_are_numbered_in_their_list_and_cited_by_number() -> None:
    order = numbers(good())
    text = markdown(good(), "en")
    assert f"{order['i-alba']}. Alba Foreign Ministry" in text
    assert re.search(rf"proposed the fishing pact\.\[{order['i-alba']}\]", text)


def test_both_renditions_number_alike() -> None:
    cited = [set(re.findall(r"\[(\d+)\]", markdown(good(), r))) for r in RENDITIONS]
    assert cited[0] == cited[1]


def test_markdown_of_a_source_cannot_make_a_link_or_a_heading() -> None:
    draft = changed(
        lambda s: s.model_copy(update={"text": "# [click](https://evil.invalid) <img src=x> `x`"}),
        where=lambda s: "c-proposed" in s.claims,
    )
    text = markdown(draft, "en")
    assert "[click](" not in text
    assert "<img" not in text.replace("\\<img", "")


def test_the_page_escapes_what_it_prints_and_has_no_script() -> None:
    draft = changed(
        lambda s: s.model_copy(update={"text": "<script>alert(1)</script><b onclick=x>"}),
        where=lambda s: "c-proposed" in s.claims,
    )
    tags = page(html(draft)).tags
    assert not {tag for tag, _ in tags} & {"script", "b", "img", "iframe"}
    assert not any(name.startswith("on") for _, attrs in tags for name in attrs)


def test_every_footnote_leads_to_exact_characters() -> None:
    text = html(good())
    tags = page(text).tags
    wanted = {attrs["href"] for tag, attrs in tags if tag == "a" and (attrs.get("href") or "").startswith("#e")}
    there = {f"#{attrs['id']}" for tag, attrs in tags if tag == "li" and "id" in attrs}
    assert wanted
    assert wanted == there
    assert "据其了解,这次外长通话是由阿尔巴发起的。" in text


def test_a_quotation_in_another_language_says_which() -> None:
    assert '<span lang="zh">“我们会研究。”</span>' in html(good())


def test_the_same_draft_gives_the_same_page() -> None:
    assert html(good()) == html(good())


def test_a_page_of_one_half_has_nothing_of_the_other() -> None:
    for rendition, other in (RENDITIONS, RENDITIONS[::-1]):
        text = html(good(), (rendition,))
        own, foreign = ({s.text for s in good().sentences(r) if len(s.text) > 12} for r in (rendition, other))
        assert f'<html lang="{rendition}">' in text
        assert getattr(good().headline, rendition).text in text
        assert not [words for words in foreign - own if words in text]


def test_the_data_of_one_half_has_nothing_of_the_other() -> None:
    for rendition, other in (RENDITIONS, RENDITIONS[::-1]):
        data = rendition_json(good(), rendition)
        text = canonical_json(data).decode()
        own, foreign = ({s.text for s in good().sentences(r) if len(s.text) > 12} for r in (rendition, other))
        assert data["rendition"] == rendition
        assert set(data["headline"]) == {rendition}
        assert not [words for words in foreign - own if words in text]
        assert "gates" not in data
