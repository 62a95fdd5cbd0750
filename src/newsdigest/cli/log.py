"""Where causes go: JSON lines in ``newsdigest.log`` of the bureau's folder (``NEWSDIGEST_LOG`` names another file)."""

from __future__ import annotations

import logging
import os
from pathlib import Path

FILE = "newsdigest.toml"

LOG_FILE = "newsdigest.log"


class _JsonLines(logging.Formatter):
    """Formats with structlog once a line is written: importing it costs a start that logs nothing too much."""

    def format(self, record: logging.LogRecord) -> str:
        import structlog

        formatter = structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.dict_tracebacks,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ]
        )
        return formatter.format(record)


def log_to(folder: Path) -> None:
    """Log to the bureau's folder, or to nowhere where the folder is no bureau's."""
    logger = logging.getLogger("newsdigest")
    logger.handlers.clear()
    logger.propagate = False
    named = os.environ.get("NEWSDIGEST_LOG")
    if named or (folder / FILE).exists():
        handler: logging.Handler = logging.FileHandler(named or folder / LOG_FILE, delay=True, encoding="utf-8")
        handler.setFormatter(_JsonLines())
        logger.addHandler(handler)
    else:
        logger.addHandler(logging.NullHandler())
