"""The end of bytes: what is older than the bureau keeps and no cited evidence needs."""

from __future__ import annotations

from datetime import timedelta

from newsdigest.pipeline.bureau import Bureau


def retention_step(bureau: Bureau) -> int:
    """Let go of the bytes that are due; return how many. With ``documents_days`` 0 nothing ever is."""
    days = bureau.policy.documents_days
    if days == 0:
        return 0
    now = bureau.clock.now()
    return len(bureau.store.let_go_of_bytes(now - timedelta(days=days), now, bureau.owner))
