"""The pair scorer's weights that ship with the package, and the encoder they were trained for."""

from __future__ import annotations

import json
from importlib.resources import files

from newsdigest.events.scorer import Weights, weights_from


def bundled_weights() -> Weights:
    """Return the shipped weights (for the bundled encoder)."""
    return weights_from(json.loads((files("newsdigest.events") / "weights.json").read_text(encoding="utf-8")))
