"""A translation is tied to the original only where it can be no other."""

from __future__ import annotations

from newsdigest.comparison import quotes
from newsdigest.comparison.record import Quote
from tests.evals._members import member_of
from tests.evals.figures import packet_of

_EN = 'Secretary of State Marco Rubio spoke in Oslo. "Norway will get 40 ships within three years," Rubio said. "The talks went well."'


def _linked(english: str, japanese: str) -> tuple[dict[str, Quote], Quote]:
    rows = (("i-1", "en", "us", english), ("i-2", "ja", "jp", japanese))
    members = [
        member_of({"id": key, "source": key, "lang": lang, "country": country, "published": "2031-03-12T09:00:00Z", "title": "", "text": text})
        for key, lang, country, text in rows
    ]  # fmt: skip
    packet = packet_of(members)
    found = [q for m in packet.members for q in quotes.extract(m, packet.lexicon)]
    linked = quotes.link(found, packet)
    return {q.id: q for q in linked}, next(q for q in linked if q.kind == "translation")


def test_a_translation_finds_its_original() -> None:
    by_id, translation = _linked(_EN, "ルビオ国務長官は「ノルウェーは3年以内に40隻を受け取る」と述べた。")
    assert translation.original is not None
    assert by_id[translation.original].text == "Norway will get 40 ships within three years"


def test_other_numbers_are_other_words() -> None:
    _, translation = _linked(_EN, "ルビオ国務長官は「ノルウェーは3年以内に60隻を受け取る」と述べた。")
    assert translation.original is None


def test_another_speakers_words_are_no_original() -> None:
    _, translation = _linked(_EN, "バンス副大統領は「ノルウェーは3年以内に40隻を受け取る」と述べた。")
    assert translation.original is None
