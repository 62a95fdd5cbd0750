"""No bytes crash a reader, hang it, or make it eat memory: an answer or an error of ours, soon.

Deep nesting and bombs that a parser cannot bound by itself are the killable worker's (``tests/isolation``).
"""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.fuzz.readers import NASTY, READERS, seeds, survives

SECONDS = 10
MOST_GROWTH = 256 * 1024 * 1024


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail where the body takes longer."""

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"a reader took more than {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@st.composite
def broken(draw: st.DrawFn, name: str) -> bytes:
    """A seed cut, doubled, mixed with what breaks parsers, or written in another encoding."""
    body = draw(st.sampled_from(seeds(name)))
    for _ in range(draw(st.integers(0, 6))):
        place = draw(st.integers(0, len(body)))
        end = min(len(body), place + draw(st.integers(0, 200)))
        match draw(st.integers(0, 5)):
            case 0:
                body = body[:place] + body[end:]
            case 1:
                body = body[:end] + body[place:]
            case 2:
                body = body[:place] + draw(st.sampled_from(NASTY)) * draw(st.integers(1, 30)) + body[place:]
            case 3:
                body = body[:place] + draw(st.binary(max_size=20)) + body[end:]
            case 4:
                body = body[:place]
            case _:
                code = draw(st.sampled_from(["utf-16", "shift_jis", "gb18030", "iso2022_jp", "utf-8-sig", "cp1252"]))
                body = body.decode("utf-8", "replace").encode(code, "replace")
    return body


@pytest.mark.parametrize("name", sorted(READERS))
def test_the_seeds_are_read(name: str) -> None:
    found = [READERS[name](body) for body in seeds(name)]
    assert found
    assert all(answer is not None for answer in found)


@pytest.mark.parametrize("name", sorted(READERS))
def test_broken_bytes_give_an_answer_or_a_read_error(name: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(broken(name))
    def fuzz(body: bytes) -> None:
        with within(SECONDS):
            survives(name, body)

    fuzz()
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown * 1024 < MOST_GROWTH


@pytest.mark.parametrize("name", sorted(READERS))
@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
@example(b"")
@example(b"\xff\xfe")
@example(b"<")
@example(b"{")
@example(b"\x1b$B")
def test_any_bytes_give_an_answer_or_a_read_error(name: str, body: bytes) -> None:
    with within(SECONDS):
        survives(name, body)


@pytest.mark.parametrize("name", sorted(READERS))
@pytest.mark.parametrize("word", NASTY, ids=repr)
def test_each_nasty_word_alone_and_repeated(name: str, word: bytes) -> None:
    with within(SECONDS):
        survives(name, word)
        survives(name, word * 500)
