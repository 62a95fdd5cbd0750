"""Approved renditions to the channels: idempotent, and only what a person approved."""

from __future__ import annotations

from pathlib import Path

from prefect import flow, task

import flows.settled  # noqa: F401  (before Prefect)
from newsdigest.pipeline.publishing import publish_approved
from newsdigest.wiring import open_bureau, open_channels, publication_words


@task(name="publish", retries=2, retry_delay_seconds=60)
def publish(folder: str) -> list[str]:
    """Publish what is approved; return the addresses."""
    with open_bureau(Path(folder)) as bureau:
        articles = publish_approved(
            bureau.store, open_channels(Path(folder)), publication_words(), now=bureau.clock.now()
        )
    return [article.address for article in articles]


@flow(name="publication", timeout_seconds=600)
def publication(folder: str = ".") -> list[str]:
    """Carry approved articles to the channels."""
    return publish(folder)
