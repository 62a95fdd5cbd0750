"""One run of the packaged replay (base) and one extended, shared by the tests of this folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from newsdigest.cli.output import write_run
from newsdigest.demo.play import played
from newsdigest.settings import Settings

EVENTS = Path(__file__).parent / "events"


@dataclass(frozen=True)
class Run:
    """A played run: its folder of records, and ``slug`` maps an item's key to its document's id in the replay."""

    folder: Path
    record: dict[str, Any]
    items: list[dict[str, Any]]

    @property
    def slug(self) -> dict[str, str]:
        return {item["key"]: item["url"].rsplit("/", 1)[-1].removesuffix(".html") for item in self.items}

    def events(self) -> set[frozenset[str]]:
        slug = self.slug
        return {frozenset(slug[key] for key in event["items"]) for event in self.record["events"]}

    def drafts(self) -> list[dict[str, Any]]:
        return [json.loads((self.folder / f"{key}.json").read_text()) for key in self.record["drafts"]]

    def comparison(self, event: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / f"{event}.comparison.json").read_text())
        return found

    def main_draft(self) -> dict[str, Any]:
        """The draft of the event with the most items."""
        size = {event["id"]: len(event["items"]) for event in self.record["events"]}
        return max(self.drafts(), key=lambda draft: size[draft["event"]])


def play(folder: Path, **options: Any) -> Run:
    """Play the packaged replay and write its records."""
    with played(Settings(root=folder / "home"), **options) as (bureau, record):
        write_run(bureau.store, record, folder / "out")
    items = json.loads((folder / "out" / "items.json").read_text())
    return Run(folder / "out", record, items)


@pytest.fixture(scope="session")
def base_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return play(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="session")
def extended_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return play(tmp_path_factory.mktemp("extended"), extended=True)


@pytest.fixture(scope="session")
def run_until(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Run]:
    def run(**options: Any) -> Run:
        return play(tmp_path_factory.mktemp("until"), **options)

    return run


class PlayedEvent:
    """An invented event of ``events/``, played, with what is expected of it."""

    def __init__(self, name: str, folder: Path) -> None:
        self.expected: dict[str, Any] = json.loads((EVENTS / f"{name}.expected.json").read_text())
        self.run: Run = play(folder, file=EVENTS / f"{name}.json")
        self.draft = self.run.main_draft()
        self.comparison = self.run.comparison(self.draft["event"])

    def slugs(self, keys: list[str]) -> set[str]:
        return {self.run.slug[key] for key in keys}

    def answers(self, kind: str) -> list[list[set[str]]]:
        """The sources of each answer, of each disagreement of a kind (of this event, not of a related one)."""
        found = [d for d in self.draft["disagreements"] if d["kind"] == kind]
        return [[set(answer["sources"]) for answer in d["answers"]] for d in found]

    def half(self, language: str) -> str:
        """The text of one rendition."""
        return (self.run.folder / f"{self.draft['id']}.{language}.md").read_text()

    def claims(self, slot: str) -> list[dict[str, Any]]:
        """The comparison's claims of a slot."""
        return [c for c in self.comparison["claims"] if c["slot"] == slot]


@pytest.fixture(scope="module", name="played")
def played_event(tmp_path_factory: pytest.TempPathFactory) -> Any:
    @cache
    def get(name: str) -> PlayedEvent:
        return PlayedEvent(name, tmp_path_factory.mktemp(name))

    return get
