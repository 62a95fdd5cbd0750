"""What goes out, and what stays where an article was."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

import newsdigest.publication
from newsdigest.drafts.draft import Rendition
from newsdigest.errors import ReviewError
from newsdigest.publication.due import article_of, articles_due
from newsdigest.publication.withdrawal import withdrawal_pages, withdrawn
from newsdigest.review import rules
from newsdigest.review.review import Review
from tests.store.samples import NOW, hours, make_draft, make_user

WORDS = tomllib.loads((Path(newsdigest.publication.__file__).parent / "words.toml").read_text("utf-8"))


def approve(review: Review, *renditions: Rendition) -> Review:
    """Approve renditions of the sample draft."""
    for rendition in renditions:
        seen = rules.rendition_hash(make_draft(), rendition)
        decision = rules.decide(review, make_draft(), "approve", rendition, user=make_user(), at=NOW, version_hash=seen)
        review = rules.applied(review, decision)
    return review


def test_only_approved_renditions_are_due() -> None:
    draft, review = make_draft(), rules.first_review(make_draft())
    assert articles_due([draft], {"d-1": review}) == []
    assert [due.rendition for due in articles_due([draft], {"d-1": approve(review, "en")})] == ["en"]
    both = articles_due([draft], {"d-1": approve(review, "en", "ja")})
    assert [(due.rendition, due.approval.by) for due in both] == [("ja", "ito"), ("en", "ito")]
    assert articles_due([make_draft(version=2)], {"d-1": approve(review, "en")}) == [], "another version"
    assert articles_due([draft], {}) == []


def test_words_that_nobody_approved_never_go_out() -> None:
    review = approve(rules.first_review(make_draft()), "en")
    with pytest.raises(ReviewError, match="not the one ito approved"):
        articles_due([make_draft(english="Other.")], {"d-1": review})


def test_an_article_keeps_its_key_on_every_retry() -> None:
    due = articles_due([make_draft()], {"d-1": approve(rules.first_review(make_draft()), "en")})[0]
    first, again = article_of(due, "files", NOW), article_of(due, "files", NOW + hours(1))
    assert first.key == again.key != article_of(due, "wordpress", NOW).key
    assert (first.approved_by, first.version_hash) == ("ito", rules.rendition_hash(make_draft(), "en"))


@pytest.mark.parametrize(("rendition", "said"), [("ja", "2026年3月12日"), ("en", "March 12, 2026")])
def test_a_withdrawn_page_keeps_its_headline_date_and_reason(rendition: Rendition, said: str) -> None:
    due = articles_due([make_draft()], {"d-1": approve(rules.first_review(make_draft()), rendition)})[0]
    article = article_of(due, "files", NOW)
    reason = "<b>wrong</b> port_name & *more*"
    pages = withdrawal_pages(article, "Ferry <talks>", reason, NOW, WORDS[rendition])
    assert said in pages["md"]
    assert said in pages["html"]
    assert "&lt;b&gt;wrong" in pages["html"]
    assert "<b>" not in pages["html"]
    assert r"\<b\>wrong" in pages["md"]
    assert f'lang="{rendition}"' in pages["html"]
    record = json.loads(pages["json"])
    assert (record["state"], record["note"], record["headline"]) == ("withdrawn", reason, "Ferry <talks>")
    assert withdrawn(article, reason).state == "withdrawn"


def test_both_languages_have_the_same_words() -> None:
    assert set(WORDS["ja"]) == set(WORDS["en"])
