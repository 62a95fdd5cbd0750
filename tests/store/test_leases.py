"""Leases against a model: whoever asks, whenever, at most one holder, and the holder is the one the model says."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from newsdigest.errors import Conflict, LeaseHeld
from newsdigest.store.sql import SqlStore, open_store
from tests.store.samples import NOW

TERM = 600
NAMES = st.sampled_from(["round", "breaking"])
OWNERS = st.sampled_from(["alpha", "beta", "gamma"])

Holder = tuple[str, datetime, AbstractContextManager[None]]


class Leases(RuleBasedStateMachine):
    """Several owners, two leases, a clock that only goes forward."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="newsdigest-leases-"))
        self.store: SqlStore = open_store(self.folder / "store.sqlite")
        self.now = NOW
        self.holders: dict[str, Holder] = {}
        self.overtaken: list[AbstractContextManager[None]] = []

    @rule(seconds=st.integers(0, TERM))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(name=NAMES, owner=OWNERS)
    def take(self, name: str, owner: str) -> None:
        lease = self.store.lease(name, owner, self.now, TERM)
        held = self.holders.get(name)
        if held is not None and held[1] > self.now:
            with pytest.raises(LeaseHeld, match=f"{held[0]} holds the lease {name} until"):
                lease.__enter__()
            return
        lease.__enter__()
        if held is not None:
            self.overtaken.append(held[2])
        self.holders[name] = (owner, self.now + timedelta(seconds=TERM), lease)

    @rule(name=NAMES)
    def give_back(self, name: str) -> None:
        if held := self.holders.pop(name, None):
            held[2].__exit__(None, None, None)

    @rule()
    def a_sleeper_wakes(self) -> None:
        if self.overtaken:
            with pytest.raises(Conflict, match="was taken over"):
                self.overtaken.pop().__exit__(None, None, None)

    @invariant()
    def the_store_names_the_holders(self) -> None:
        assert {name: owner for name, owner, _ in self.store.leases()} == {
            name: held[0] for name, held in self.holders.items()
        }

    def teardown(self) -> None:
        for name in list(self.holders):
            self.give_back(name)
        while self.overtaken:
            self.a_sleeper_wakes()
        self.store.close()
        shutil.rmtree(self.folder)


TestLeases = Leases.TestCase
TestLeases.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
