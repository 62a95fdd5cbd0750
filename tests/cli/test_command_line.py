"""The command line as a person meets it: exit codes, sentences, the way from an empty folder to an approved draft."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsdigest.cli.schemas import RECORDS

# The command line knows the real hour: a fixed date would fall out of the window one day.
YESTERDAY = (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="minutes")
NEWSDIGEST = str(Path(sys.executable).parent / "newsdigest")


def call(
    *arguments: str, folder: Path, text: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("NEWSDIGEST_")}
    return subprocess.run(
        [NEWSDIGEST, *arguments],
        cwd=folder,
        env={**clean, **environment},
        input=text,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def bureau(tmp_path: Path) -> Path:
    done = call("init", "bureau", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "bureau"
    # No source of the packaged catalogue: nothing here may reach the network.
    (folder / "newsdigest.toml").write_text("[sources]\npackaged = false\n", encoding="utf-8")
    return folder


@pytest.mark.timing
def test_help_is_quick(tmp_path: Path) -> None:
    spent = []
    for _ in range(3):
        begun = time.perf_counter()
        done = call("--help", folder=tmp_path)
        spent.append(time.perf_counter() - begun)
        assert done.returncode == 0
        assert "breaking" in done.stdout
    assert statistics.median(spent) < 0.5 or min(spent) < 0.5, spent


def test_init_never_overwrites(bureau: Path) -> None:
    done = call("init", ".", folder=bureau)
    assert done.returncode == 2
    assert "exists already" in done.stderr
    assert (bureau / "newsdigest.toml").read_text() == "[sources]\npackaged = false\n"


def test_every_record_has_a_schema(tmp_path: Path) -> None:
    listed = call("schema", folder=tmp_path).stdout.split()
    assert set(listed) == set(RECORDS)
    draft = json.loads(call("schema", "draft", folder=tmp_path).stdout)
    assert {"schema", "headline", "sections", "gates", "coverage"} <= set(draft["properties"])
    assert call("schema", "nothing", folder=tmp_path).returncode == 2


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("newsdigest.toml", "[round]\ndaily_cap = 'many'\n", "line 2"),
        ("newsdigest.toml", "[rounds]\n", "rounds"),
        (
            "sources/city.toml",
            'name = { ja = "市" }\nkind = "governmint"\nlanguage = "ja"\naddress = "https://a.example/f"\n',
            "line 2",
        ),
        (
            "sources/city.toml",
            'name = { ja = "市" }\nkind = "government"\nlanguage = "xx"\naddress = "https://a.example/f"\n',
            "line 3",
        ),
        ("language/terms/own.toml", '[[entry]]\nid = "soy"\nja = ["大豆"]\n', "term.soybeans"),
    ],
)
def test_a_wrong_file_is_one_sentence_and_exit_2(bureau: Path, file: str, content: str, said: str) -> None:
    if file.startswith("newsdigest"):
        (bureau / file).write_text(content, encoding="utf-8")
    else:
        (bureau / file).parent.mkdir(parents=True, exist_ok=True)
        (bureau / file).write_text(content, encoding="utf-8")
    done = call("run", folder=bureau)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_run_without_sources_is_no_failure(bureau: Path) -> None:
    done = call("run", folder=bureau)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["drafts"] == []
    steps = [json.loads(line)["step"] for line in done.stderr.splitlines()]
    assert steps == ["poll", "relate", "choose", "draft", "close"]


STATEMENT = (
    "港北市は11月24日、家庭用の水道料金を来年4月から平均8%引き上げると発表した。\n"
    "標準的な家庭の負担は月に230円増える。市は老朽化した水道管の更新費用を理由に挙げている。"
)


def test_from_a_handout_to_an_approved_article(bureau: Path) -> None:
    (bureau / "handout.txt").write_text(STATEMENT, encoding="utf-8")
    added = call(
        *("add", "handout.txt", "--issuer", "港北市", "--kind", "government", "--channel", "statement"),
        *("--title", "水道料金の改定について", "--time", YESTERDAY, "--language", "ja"),
        folder=bureau,
    )
    assert added.returncode == 0, added.stderr
    again = call("add", "handout.txt", "--issuer", "港北市", "--kind", "government", "--language", "ja", folder=bureau)
    assert again.stdout.split("\t")[0] == added.stdout.split("\t")[0]
    done = call("breaking", "水道料金", folder=bureau)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in call("queue", "--json", folder=bureau).stdout.splitlines()]
    (row,) = rows
    shown = call("show", row["draft"], folder=bureau)
    assert "港北市" in shown.stdout
    assert call("approve", row["draft"], "--by", "tanaka", folder=bureau).returncode == 1
    assert call("user", "add", "tanaka", folder=bureau).returncode == 0
    approved = call("approve", row["draft"], "--by", "tanaka", "--reason", "read in full", folder=bureau)
    assert approved.returncode == 0, approved.stderr
    assert call("spike", row["draft"], "--by", "tanaka", "--reason", " ", folder=bureau).returncode == 1
    published = call("publish", folder=bureau)
    assert published.returncode == 0, published.stderr
    names = {path.name for path in (bureau / "published").rglob("*") if path.is_file()}
    assert any(name.endswith(".ja.md") for name in names)
    assert any(name.endswith(".en.md") for name in names)
    for name, said in ((".ja.md", "編集者が確認しました"), (".en.md", "reviewed by an editor on")):
        text = next(p for p in (bureau / "published").rglob("*") if p.name.endswith(name)).read_text(encoding="utf-8")
        assert said in text
        assert "編集者確認前" not in text
        assert "awaiting" not in text
    assert "Nothing is approved" in call("publish", folder=bureau).stdout
    assert call("doctor", folder=bureau).returncode == 0
    assert call("backup", "copy.sqlite", folder=bureau).returncode == 0
    refused = call("restore", "copy.sqlite", folder=bureau)
    assert refused.returncode == 1
    assert call("restore", "copy.sqlite", "--force", folder=bureau).returncode == 0
    assert call("show", row["draft"], folder=bureau).returncode == 0


def test_what_is_not_there_is_one_sentence(bureau: Path) -> None:
    for arguments in (
        ("why", "x"),
        ("formulae", "body.none"),
        ("show", "d-none"),
        ("breaking", "これは何処にもない"),
        ("add", "missing.txt"),
    ):
        done = call(*arguments, folder=bureau)
        assert done.returncode == 1, arguments
        assert "Traceback" not in done.stderr
        assert done.stderr.strip().splitlines()[-1].startswith("newsdigest: "), done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("-C", "missing", "queue"),
        ("-C", "a-file", "queue"),
        ("breaking", "  "),
        ("run", "--out", "a-file"),
        ("demo", "--once", "--out", "a-file"),
        ("add", "text.txt", "--kind", "martian"),
        ("add", "text.txt", "--kind", "memo", "--channel", "zzz"),
        ("add", "text.txt", "--kind", "memo", "--time", "yesterday"),
        ("add", "text.txt", "--kind", "memo", "--time", "2026-99-99"),
        ("add", "noise.txt", "--kind", "memo"),
        ("add", "text.txt"),
        ("user", "add", "tanaka", "--role", "emperor"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_changes_nothing(bureau: Path, arguments: tuple[str, ...]) -> None:
    (bureau / "a-file").write_text("x", encoding="utf-8")
    (bureau / "text.txt").write_text(STATEMENT, encoding="utf-8")
    (bureau / "noise.txt").write_bytes(bytes(range(256)) * 20)
    done = call(*arguments, folder=bureau)
    assert done.returncode in (1, 2), done.stdout
    assert "Traceback" not in done.stderr
    assert done.stderr.strip().splitlines()[-1].startswith("newsdigest: "), done.stderr
    assert not (bureau / "missing").exists()
    assert call("queue", folder=bureau).stdout.startswith("The queue is empty")


def test_a_folder_that_is_no_bureaus_is_told_so(tmp_path: Path) -> None:
    done = call("queue", folder=tmp_path)
    assert done.returncode == 2
    assert "newsdigest init" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("file", ["newsdigest.toml", "sources/x.toml", "language/units_of_mine.toml"])
def test_a_file_that_is_no_text_is_one_sentence(bureau: Path, file: str) -> None:
    (bureau / file).parent.mkdir(parents=True, exist_ok=True)
    (bureau / file).write_bytes("名前 = 'x'".encode("cp932"))
    done = call("run", folder=bureau)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_bad_replay_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{}", encoding="utf-8")
    for arguments in (("--replay", "bad.json"), ("--replay", "none.json"), ("--until", "yesterday")):
        done = call("demo", "--once", *arguments, folder=tmp_path)
        assert done.returncode in (1, 2)
        assert "Traceback" not in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1


def test_the_cause_goes_to_the_log(bureau: Path) -> None:
    call("show", "d-none", folder=bureau)
    line = (bureau / "newsdigest.log").read_text(encoding="utf-8").splitlines()[-1]
    assert json.loads(line)["exception"]


def test_breaking_finds_a_handout_older_than_the_window(bureau: Path) -> None:
    (bureau / "old.txt").write_text(STATEMENT, encoding="utf-8")
    old = (datetime.now(UTC) - timedelta(days=60)).isoformat(timespec="minutes")
    added = call(
        "add", "old.txt", "--issuer", "港北市", "--kind", "government", "--time", old, "--language", "ja", folder=bureau
    )
    assert added.returncode == 0, added.stderr
    done = call("breaking", "水道料金", folder=bureau)
    assert done.returncode == 0, done.stderr


def test_a_listed_draft_names_its_state_its_headlines_and_what_is_proposed_beside_it() -> None:
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo

    from newsdigest.cli.queue import listed
    from newsdigest.ports import QueueRow

    at = datetime(2025, 11, 25, 21, 30, tzinfo=UTC)
    row = QueueRow(
        "d-1", 2, "e-1", "港北市の水道料金", "Kohoku water charges", "queued", "queued", "approved", at, at, 1, 3
    )
    assert listed(row, ZoneInfo("Asia/Tokyo")).splitlines() == [
        "d-1  11-26 06:30  ja queued, en approved  (3 sources, 1 fault)",
        "    港北市の水道料金",
        "    Kohoku water charges",
    ]
    row = QueueRow("d-1", 2, "e-1", "ja", "en", "queued", "queued", "queued", at, at, 0, 1, proposed=3)
    assert "version 3 is proposed beside version 2: newsdigest adopt d-1" in listed(row, ZoneInfo("Asia/Tokyo"))
