"""The schedule as one process: ``newsdigest schedule`` starts it; ``PREFECT_API_URL`` names the server."""

from __future__ import annotations

import argparse

from prefect import serve
from prefect.schedules import Cron

import flows.settled  # noqa: F401  (before Prefect)
from flows.breaking import breaking
from flows.digest import digest
from flows.health import health
from flows.publication import publication


def main() -> None:
    """Serve the four flows; the daily round by cron in a named zone, never two at once."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", required=True)
    parser.add_argument("--cron", required=True)
    parser.add_argument("--zone", required=True)
    options = parser.parse_args()
    here = {"folder": options.folder}
    serve(
        digest.to_deployment(
            "daily", parameters=here, schedules=[Cron(options.cron, timezone=options.zone)], concurrency_limit=1
        ),
        publication.to_deployment(
            "publication", parameters=here, schedules=[Cron("*/10 * * * *", timezone=options.zone)]
        ),
        health.to_deployment("health", parameters=here, schedules=[Cron("15 6 * * *", timezone=options.zone)]),
        breaking.to_deployment("breaking", parameters={**here, "what": ""}),
        limit=2,
    )


if __name__ == "__main__":
    main()
