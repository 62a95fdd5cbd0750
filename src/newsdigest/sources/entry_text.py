"""A source written as the catalogue file it would be read from."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from newsdigest.sources.source import Source

_TABLES = ("selectors", "expected", "terms")
_COMMON_LABELS = {"www", "feeds", "feed", "rss", "news", "com", "org", "net", "co", "ac", "or", "gov", "go", "edu"}


def entry_text(source: Source) -> str:
    """Return the TOML text of a source: what differs from the defaults, with the id as the file's name.

    ``parse_source(entry_text(source), f"{source.id}.toml", kinds)`` gives the source back.
    """
    stated = source.model_dump(mode="json", exclude_defaults=True, exclude={"id"})
    # What the kind's word and the country would imply is stated too, so that a changed table does not change the source.
    stated |= {"kind": source.kind_word or source.kind, "zone": source.zone}
    stated.pop("kind_word", None)
    if source.issuer:
        stated["issuer"] = source.issuer
    lines = [f"{key} = {_value(value)}" for key, value in stated.items() if key not in _TABLES and value is not None]
    for table in _TABLES:
        if stated.get(table):
            lines += ["", f"[{table}]", *(f"{key} = {_value(value)}" for key, value in stated[table].items())]
    text = "\n".join(lines) + "\n"
    # A date is a TOML date, not a text.
    return re.sub(r'^checked = "(\d{4}-\d\d-\d\d)"$', r"checked = \1", text, flags=re.MULTILINE)


def id_for(address: str, taken: Collection[str]) -> str:
    """Return an id made from an address's host that is not taken yet."""
    host = (urlsplit(address).hostname or "source").lower()
    labels = [label for label in host.split(".") if label not in _COMMON_LABELS]
    if len(labels) > 1 and len(labels[-1]) == 2:
        labels = labels[:-1]
    stem = re.sub(r"[^a-z0-9]+", "-", "-".join(labels) or host).strip("-") or "source"
    return next(name for n in range(1, len(taken) + 2) if (name := stem if n == 1 else f"{stem}-{n}") not in taken)


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(item)}" for key, item in value.items()) + " }"
    # A JSON string, number or truth value is the TOML one; only DEL must be escaped besides.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
