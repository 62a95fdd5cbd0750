"""What every record shares: frozen, strict, with one canonical form and one digest."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen value that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Bilingual(Record):
    """The same thing in the product's two languages."""

    ja: str
    en: str


def canonical_json(value: Any) -> bytes:
    """Return the one byte form of a JSON value or record: sorted keys, UTF-8, no white space."""
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json")
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(value: Any) -> str:
    """Return the sha256 (hex) of a string, bytes, record or JSON value."""
    if isinstance(value, str):
        data = value.encode("utf-8", "surrogatepass")
    elif isinstance(value, bytes):
        data = value
    else:
        data = canonical_json(value)
    return hashlib.sha256(data).hexdigest()


def short_key(prefix: str, *parts: str) -> str:
    """Return an opaque key derived from content, such as ``i-3f2a9c0d41b2``."""
    joined = "\x1f".join(parts)
    return f"{prefix}-{digest(joined)[:12]}"
