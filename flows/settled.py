"""Prefect's environment, settled before Prefect is imported: no telemetry, our own log lines kept.

https://github.com/PrefectHQ/prefect/issues/21314: some versions obey only the second of the two switches.
"""

from __future__ import annotations

import os

os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_LOGGING_EXTRA_LOGGERS", "newsdigest")
