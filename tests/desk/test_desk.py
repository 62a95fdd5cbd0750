"""The desk: it shows, it decides by the rules, it refuses what does not come from it, and hostile text stays text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from newsdigest.demo.play import played
from newsdigest.desk.app import desk_app
from newsdigest.desk.words import words
from newsdigest.review import rules
from newsdigest.review.review import User
from newsdigest.settings import Settings
from newsdigest.store.sql import SqlStore
from newsdigest.wiring import source_names, system_clock

NOW = datetime(2025, 11, 26, tzinfo=UTC)
ORIGIN = {"origin": "http://127.0.0.1", "host": "127.0.0.1"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, SqlStore]]:
    settings = Settings(root=tmp_path_factory.mktemp("desk"))
    with played(settings) as (bureau, _):
        store = bureau.store
        store.save_user(User(name="tanaka", roles=("ja",), created=NOW), by="test", at=NOW)
        store.save_user(User(name="smith", roles=("ja", "en"), created=NOW), by="test", at=NOW)
        app = desk_app(store, system_clock(), settings.zone, source_names(list(bureau.sources.values())))
        yield TestClient(app, base_url="http://127.0.0.1", follow_redirects=False), store


def _hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(seen_\w\w)" value="(\w+)"', page))


def test_every_word_stands_in_both_languages() -> None:
    assert set(words("ja")) == set(words("en"))
    assert all(value.strip() for language in ("ja", "en") for value in words(language).values())


def test_the_queue_links_to_each_draft(desk: tuple[TestClient, SqlStore]) -> None:
    client, store = desk
    page = client.get("/?lang=en")
    assert page.status_code == 200
    for row in store.queue():
        assert f"/drafts/{row.draft}" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert 'lang="ja"' in client.get("/?lang=ja").text


def test_a_draft_shows_both_halves_and_every_piece_of_evidence_at_its_characters(
    desk: tuple[TestClient, SqlStore],
) -> None:
    client, store = desk
    row = store.queue()[0]
    draft = store.draft(row.draft)
    page = client.get(f"/drafts/{row.draft}?lang=ja").text
    anchors = set(re.findall(r'id="(e-\w+)"', page))
    links = set(re.findall(r'href="#(e-\w+)"', page))
    assert links
    assert links <= anchors
    assert page.count("<mark>") == len(anchors)
    assert "言及なし" in page or not draft.silences


def test_a_decision_binds_the_words_that_were_seen(desk: tuple[TestClient, SqlStore]) -> None:
    client, store = desk
    key = store.queue()[0].draft
    seen = _hidden(client.get(f"/drafts/{key}").text)
    stale = client.post(
        f"/drafts/{key}/decision?lang=en",
        data={**seen, "seen_ja": "0" * 64, "action": "approve", "by": "smith"},
        headers=ORIGIN,
    )
    assert stale.status_code == 409
    assert store.review(key).ja == "queued"
    refused = client.post(
        f"/drafts/{key}/decision", data={**seen, "action": "approve", "rendition": "en", "by": "tanaka"}, headers=ORIGIN
    )
    assert refused.status_code == 409
    assert store.review(key).en == "queued"
    reasonless = client.post(
        f"/drafts/{key}/decision", data={**seen, "action": "spike", "rendition": "ja", "by": "tanaka"}, headers=ORIGIN
    )
    assert reasonless.status_code == 409
    good = client.post(
        f"/drafts/{key}/decision",
        data={**seen, "action": "approve", "rendition": "ja", "by": "tanaka", "reason": "read"},
        headers=ORIGIN,
    )
    assert good.status_code == 303
    assert store.review(key).ja == "approved"
    assert [d.by for d in store.review(key).decisions] == ["tanaka"]


def test_each_refusal_of_the_rules_has_words_in_both_languages() -> None:
    coded = set(re.findall(r'code="(\w+)"', Path(rules.__file__).read_text(encoding="utf-8")))
    assert coded == set(rules.REFUSALS)
    for language in ("ja", "en"):
        assert {f"refusal_{code}" for code in coded} <= set(words(language))


@pytest.mark.parametrize(
    ("form", "status", "word"),
    [
        ({"reason": "x" * 501}, 400, "refusal_long_reason"),
        ({"rendition": "fr"}, 400, "refusal_bad_rendition"),
        ({"action": "burn"}, 400, "refusal_bad_action"),
        ({f"f{n}": "x" for n in range(30)}, 400, "refusal_bad_form"),
        ({"by": "nobody"}, 409, "refusal_no_user"),
        ({"by": "tanaka", "rendition": "en"}, 409, "refusal_no_role"),
        ({"action": "spike"}, 409, "refusal_no_reason"),
    ],
)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_refusal_is_told_in_the_desks_language(
    desk: tuple[TestClient, SqlStore], form: dict[str, str], status: int, word: str, language: str
) -> None:
    client, store = desk
    key = store.queue()[-1].draft
    before = store.review(key)
    data = {**_hidden(client.get(f"/drafts/{key}").text), "action": "approve", "rendition": "ja", "by": "smith", **form}
    url = f"/drafts/{key}/decision?lang={language}"
    if word == "refusal_bad_form":
        answer = client.post(url, headers=ORIGIN, files={k: (None, v) for k, v in data.items()})
    else:
        answer = client.post(url, data=data, headers=ORIGIN)
    assert answer.status_code == status
    assert words(language)[word] in html.unescape(answer.text)
    assert store.review(key) == before


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "127.0.0.1"},
        {"host": "127.0.0.1", "origin": "https://evil.example"},
        {**ORIGIN, "sec-fetch-site": "cross-site"},
    ],
)
def test_a_post_from_elsewhere_is_refused(desk: tuple[TestClient, SqlStore], headers: dict[str, str]) -> None:
    client, store = desk
    key = store.queue()[0].draft
    before = store.review(key)
    seen = _hidden(client.get(f"/drafts/{key}").text)
    answer = client.post(f"/drafts/{key}/decision", data={**seen, "action": "approve", "by": "smith"}, headers=headers)
    assert answer.status_code == 403
    assert store.review(key) == before


def test_another_host_name_is_not_answered(desk: tuple[TestClient, SqlStore]) -> None:
    client, _ = desk
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_what_is_not_there_is_told_in_a_sentence(desk: tuple[TestClient, SqlStore]) -> None:
    client, _ = desk
    answer = client.get("/drafts/d-000?lang=ja")
    assert answer.status_code == 404
    assert "ページがありません" in answer.text


def test_the_desk_stays_on_loopback(tmp_path: Path) -> None:
    from newsdigest.errors import SettingsError
    from newsdigest.wiring import open_store, serve_desk

    settings = Settings(root=tmp_path)
    store = open_store(settings)
    with pytest.raises(SettingsError, match="loopback"):
        serve_desk(store, settings, "0.0.0.0", 0)
    store.close()
