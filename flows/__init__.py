"""The schedule's flows. Only this folder knows Prefect; it sees ``newsdigest.pipeline`` and ``newsdigest.wiring`` only."""
