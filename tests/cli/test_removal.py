"""A lawful removal from the command line: who, why, what stays, and what every draft that cites it then says."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from newsdigest.desk.app import desk_app
from newsdigest.settings import load
from newsdigest.store.sql import SqlStore, open_store
from newsdigest.wiring import system_clock
from tests.cli.test_command_line import STATEMENT, YESTERDAY, call

SECRET = "水道料金の改定について"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bureau with one handout and the draft that cites it, made once."""
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "newsdigest.toml").write_text("[sources]\npackaged = false\n", encoding="utf-8")
    (folder / "handout.txt").write_text(STATEMENT, encoding="utf-8")
    added = call(
        *("add", "handout.txt", "--issuer", "港北市", "--kind", "government", "--channel", "statement"),
        *("--title", "水道料金の改定について", "--time", YESTERDAY, "--language", "ja"),
        folder=folder,
    )
    assert added.returncode == 0, added.stderr
    assert call("breaking", "水道料金", folder=folder).returncode == 0
    assert call("user", "add", "mori", folder=folder).returncode == 0
    return folder


@pytest.fixture
def bureau(prepared: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(prepared, tmp_path / "bureau"))


def the_item(store: SqlStore) -> str:
    (item,) = store.search_items("水道料金")
    return item.key


def remove(bureau: Path, item: str, reason: str = "court order 12", by: str = "mori") -> tuple[int, str]:
    done = call("remove", item, "--reason", reason, "--by", by, folder=bureau)
    return done.returncode, done.stdout + done.stderr


def test_a_removal_says_what_stays_and_which_drafts_cite_it(bureau: Path) -> None:
    store = open_store(bureau / "newsdigest.sqlite")
    item = the_item(store)
    (row,) = [json.loads(line) for line in call("queue", "--json", folder=bureau).stdout.splitlines()]
    assert "removed on" not in call("show", row["draft"], folder=bureau).stdout
    code, said = remove(bureau, item)
    assert code == 0, said
    assert "removed on" in said
    assert "court order 12" in said
    assert f"cited by {row['draft']}" in said
    assert store.item(item).latest.text == ""
    shown = call("show", row["draft"], folder=bureau)
    assert f"evidence {item}: removed on" in shown.stdout
    assert "court order 12" in shown.stdout
    (entry,) = [e for e in store.audit(row["draft"]) if e.action == "cites_removed"]
    assert (entry.actor, entry.detail) == ("mori", {"item": item, "reason": "court order 12"})
    store.close()


def test_the_desk_shows_the_tombstone_and_no_word(bureau: Path) -> None:
    store = open_store(bureau / "newsdigest.sqlite")
    draft = store.queue()[0].draft
    app = desk_app(store, system_clock(), load(bureau, {}).zone, {})
    client = TestClient(app, base_url="http://127.0.0.1")
    before = client.get(f"/drafts/{draft}?lang=en").text
    aside = before[before.index("<aside") : before.index("</aside>")]
    assert SECRET in aside
    remove(bureau, the_item(store))
    after = client.get(f"/drafts/{draft}?lang=en").text
    aside = after[after.index("<aside") : after.index("</aside>")]
    assert "removed on" in aside
    assert "court order 12" in aside
    assert SECRET not in aside
    assert "<mark>" not in aside
    store.close()


@pytest.mark.parametrize(
    ("item", "reason", "by"), [("i-none", "court", "mori"), (None, " ", "mori"), (None, "court", "nobody")]
)
def test_without_reason_person_or_item_nothing_is_removed(bureau: Path, item: str | None, reason: str, by: str) -> None:
    store = open_store(bureau / "newsdigest.sqlite")
    kept = the_item(store)
    code, said = remove(bureau, item or kept, reason, by)
    assert code == 1
    assert said.startswith("newsdigest: ")
    assert store.item(kept).removed is None
    store.close()


def test_removing_twice_keeps_the_first_tombstone(bureau: Path) -> None:
    store = open_store(bureau / "newsdigest.sqlite")
    item = the_item(store)
    remove(bureau, item)
    code, said = remove(bureau, item, "another reason")
    assert code == 0
    assert "court order 12" in said
    assert len([e for e in store.audit(store.queue()[0].draft) if e.action == "cites_removed"]) == 1
    store.close()


def test_what_was_approved_before_a_removal_does_not_go_out(bureau: Path) -> None:
    store = open_store(bureau / "newsdigest.sqlite")
    draft = store.queue()[0].draft
    approved = call("approve", draft, "--by", "mori", "--reason", "read in full", folder=bureau)
    assert approved.returncode == 0, approved.stderr
    remove(bureau, the_item(store))
    done = call("publish", folder=bureau)
    assert done.returncode == 0, done.stderr
    assert f"{draft} is held back" in done.stdout
    assert not store.articles()
    assert not list((bureau / "published").rglob("*.md"))
    store.close()


def test_retention_runs_at_the_end_of_a_round_only_where_it_is_set(bureau: Path) -> None:
    done = call("run", folder=bureau)
    assert json.loads(done.stdout.splitlines()[-1])["drafts"] is not None
    store = open_store(bureau / "newsdigest.sqlite")
    assert [run["let_go"] for run in store.runs(1)] == [0]
    assert not store.audit("documents")
    store.close()
