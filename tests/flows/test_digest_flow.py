"""A real Prefect server on loopback runs the digest flow against the replay; the drafts are in the store."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from newsdigest.settings import Settings
from newsdigest.wiring import open_store

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.prefect, pytest.mark.slow]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a Prefect server that answers."""
    home = tmp_path_factory.mktemp("prefect")
    port = _free_port()
    settled = {
        **os.environ,
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
    }
    call = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with (home / "server.log").open("wb") as log:
        server = subprocess.Popen(call, env=settled, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait_for(f"http://127.0.0.1:{port}/api/health", server, home / "server.log")
            yield settled
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        if server.poll() is not None:
            pytest.fail(f"the Prefect server ended:\n{log.read_text()[-2000:]}")
        try:
            with urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.5)
    pytest.fail(f"the Prefect server did not answer in two minutes:\n{log.read_text()[-2000:]}")


def test_the_digest_flow_leaves_drafts_in_the_store(environment: dict[str, str], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.flows.replayed_digest", str(tmp_path)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-1500:] + done.stderr[-3000:]
    result = json.loads(done.stdout.splitlines()[-1])
    store = open_store(Settings(root=tmp_path))
    try:
        assert [row.draft for row in store.queue()] == result["drafts"]
        assert result["drafts"]
        (run,) = store.runs()
        assert run["kind"] == "digest"
        assert run["drafts"] == result["drafts"]
    finally:
        store.close()


def test_every_flow_imports_and_the_source_never_imports_prefect() -> None:
    check = (
        "import sys, newsdigest.wiring, newsdigest.pipeline.round, newsdigest.cli.main, newsdigest.desk.app, newsdigest.demo.play; "
        "assert not [m for m in sys.modules if m.split('.')[0] in ('prefect', 'openai')]; "
        "import flows.serve; assert 'prefect' in sys.modules; "
        "import os; assert os.environ['PREFECT_SERVER_ANALYTICS_ENABLED'] == 'false'"
    )
    subprocess.run([sys.executable, "-c", check], cwd=ROOT, check=True)
