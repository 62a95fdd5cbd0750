"""Between records and what a column holds. The canonical JSON is kept; odd characters of hostile texts survive."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from newsdigest.errors import StoreError
from newsdigest.records import canonical_json

R = TypeVar("R", bound=BaseModel)
T = TypeVar("T")

CHUNK = 500


def encode(value: Any) -> str:
    """Return the canonical JSON as text; lone surrogates, which UTF-8 lacks, are escaped."""
    try:
        return canonical_json(value).decode()
    except UnicodeEncodeError:
        plain = value.model_dump() if isinstance(value, BaseModel) else value
        return json.dumps(plain, sort_keys=True, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not JSON")


def decode(model: type[R], text: str) -> R:
    """Return the record that ``encode`` wrote."""
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        if "\\ud" not in text:
            raise StoreError(f"A stored {model.__name__} cannot be read: {error.error_count()} errors.") from error
        return model.model_validate(json.loads(text))


def decode_mapping(text: str) -> Mapping[str, Any]:
    """Return a JSON object."""
    value: Mapping[str, Any] = json.loads(text)
    return value


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Cut into lists of at most ``size``, so that no statement has more variables than a database takes."""
    iterator = iter(values)
    while chunk := list(islice(iterator, size)):
        yield chunk


def plain(text: str) -> str:
    """Return a text both databases take as it is: no NUL (PostgreSQL), no lone surrogates (UTF-8)."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
