"""The wheel works by itself: installed into a clean environment, run from an empty folder outside the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return next(out.glob("newsdigest-*.whl"))


def test_the_wheel_carries_all_its_data(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "newsdigest/scheduled/flows/serve.py",
        "newsdigest/prompts/README.md",
        "newsdigest/demo/replay.json",
        "newsdigest/events/weights.json",
        "newsdigest/language/data/slots.toml",
        "newsdigest/language/data/style/ja.toml",
        "newsdigest/desk/templates/draft.html",
        "newsdigest/desk/static/desk.css",
        "newsdigest/cli/newsdigest.toml",
    ):
        assert needed in names, needed
    assert sum(name.startswith("newsdigest/sources/catalogue/") for name in names) >= 40
    assert not [name for name in names if name.startswith(("tests/", "shared/"))]


@pytest.mark.slow
def test_the_demo_runs_from_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    empty = tmp_path / "empty"
    empty.mkdir()
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    python = environment / "bin" / "python"
    uv = Path(sys.executable).parent / "uv"
    lock = ROOT / "requirements.lock"
    subprocess.run(
        [str(uv), "pip", "install", "-q", "--python", str(python), "--require-hashes", "-r", str(lock)], check=True
    )
    subprocess.run([str(uv), "pip", "install", "-q", "--python", str(python), "--no-deps", str(wheel)], check=True)
    clean = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "NEWSDIGEST", "VIRTUAL_ENV"))
    }
    done = subprocess.run(
        [str(environment / "bin" / "newsdigest"), "demo", "--once", "--out", "out"],
        cwd=empty,
        env=clean,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    record = json.loads((empty / "out" / "run.json").read_text())
    assert record["drafts"]
    assert not record["errors"]
    draft = record["drafts"][0]
    for suffix in ("json", "ja.md", "en.md", "html"):
        assert (empty / "out" / f"{draft}.{suffix}").stat().st_size > 500
    where = "import newsdigest, newsdigest.wiring as w; print(newsdigest.__file__); print(w.flows_parent())"
    located = subprocess.run(
        [str(python), "-c", where], cwd=empty, env=clean, capture_output=True, text=True, check=True
    )
    assert str(ROOT) not in located.stdout
