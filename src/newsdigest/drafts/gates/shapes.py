"""Sentences read back by our own frames: which part of a text fills which field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

_FIELD = re.compile(r"\{(\w+)\}")
_CLAUSES = ("clause", "inner", "said", "sides", "values")
_WORDS = 4
"""A frame of fewer letters of its own fits anything."""


def read(style: Mapping[str, Any], keys: Iterable[str], text: str) -> Iterator[dict[str, str]]:
    """The fields of a text by each frame of ``keys`` that it fits."""
    for key in keys:
        for frame in style["frames"].get(key, ()):
            found = _pattern(frame).fullmatch(text)
            if found:
                yield found.groupdict()


def fits_without_clause(style: Mapping[str, Any], text: str) -> bool:
    """Whether a text is a frame that tells no act ("the same was carried by …"), alone or as an outlet's report."""
    for via in ("", *style["frames"]["via_report"]):
        inner = next(iter(read({"frames": {"x": [via]}}, ("x",), text)), {}).get("inner") if via else text.rstrip("。.")
        if inner is None:
            continue
        for key, frames in style["frames"].items():
            if key.startswith(
                ("h_", "headline", "source", "unused", "value", "side", "subject", "text_", "held", "pair")
            ):
                continue
            for frame in frames:
                fields = _FIELD.findall(frame)
                own = len(re.sub(r"\W", "", _FIELD.sub("", frame)))
                if own >= _WORDS and not set(fields) & set(_CLAUSES) and _pattern(frame.rstrip("。.")).fullmatch(inner):
                    return True
    return False


@lru_cache(maxsize=1000)
def _pattern(frame: str) -> re.Pattern[str]:
    seen: set[str] = set()
    out, position = [], 0
    for field in _FIELD.finditer(frame):
        out.append(re.escape(frame[position : field.start()]))
        name = field.group(1)
        out.append(".+" if name in seen else f"(?P<{name}>.+)")
        seen.add(name)
        position = field.end()
    out.append(re.escape(frame[position:]))
    return re.compile("".join(out), re.IGNORECASE)
