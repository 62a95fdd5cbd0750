"""A run's records as files: the formats that others read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from newsdigest.drafts.rendering import html, markdown
from newsdigest.errors import SettingsError
from newsdigest.items.item import Item
from newsdigest.ports import Store


def ready_for(folder: Path) -> None:
    """Make the folder before any work is done; SettingsError where something else is in its place."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"--out {folder}: no folder can be made there ({error.strerror}).", about=str(folder)
        ) from error


def write_run(store: Store, record: dict[str, Any], folder: Path) -> None:
    """Write ``run.json``, ``items.json``, per event ``ID.comparison.json``, per draft ``ID.json``, ``.ja.md``, ``.en.md``, ``.html``."""
    ready_for(folder)
    _json(folder / "run.json", record)
    keys = sorted({key for event in record["events"] for key in event["items"]})
    items = store.items(keys)
    _json(folder / "items.json", [_item(items[key]) for key in keys if key in items])
    for key in record["drafts"]:
        draft = store.draft(key)
        comparison = store.comparison(draft.comparison)
        _json(folder / f"{draft.event}.comparison.json", comparison.model_dump(mode="json"))
        _json(folder / f"{draft.id}.json", draft.model_dump(mode="json", by_alias=True))
        for rendition in ("ja", "en"):
            (folder / f"{draft.id}.{rendition}.md").write_text(markdown(draft, rendition), encoding="utf-8")
        (folder / f"{draft.id}.html").write_text(html(draft), encoding="utf-8")


def _json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _item(item: Item) -> dict[str, Any]:
    versions = [
        {
            "n": version.n,
            "title": version.title,
            "text": version.text,
            "sha256": {"title": version.title_sha256, "text": version.text_sha256},
            "published": version.published.model_dump(mode="json"),
            "complete": version.complete,
        }
        for version in item.versions
    ]
    return {"key": item.key, "guid": item.guid, "source": item.source, "url": item.url, "versions": versions}
