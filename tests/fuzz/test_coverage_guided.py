"""The same readers under a coverage-guided fuzzer, where it installs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.readers import READERS

SECONDS = 15


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(READERS))
def test_a_reader_under_atheris(name: str, tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="atheris is not installed here")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.fuzz.coverage_guided", name),
            *(f"-max_total_time={SECONDS}", "-timeout=10", "-rss_limit_mb=1024", "-max_len=20000"),
            f"-artifact_prefix={tmp_path}/",
        ],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=SECONDS * 12,
    )
    assert done.returncode == 0, done.stderr[-3000:]
