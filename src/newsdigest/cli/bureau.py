"""``init`` makes a bureau's folder; ``schema`` prints a record's JSON Schema."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from newsdigest.errors import SettingsError


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(init)
    app.command()(schema)


def init(
    folder: Annotated[Path, typer.Argument(help="The folder to make (an empty or new one).")] = Path("bureau"),
) -> None:
    """Make a bureau's folder: commented settings, room for own sources and language data."""
    settings = folder / "newsdigest.toml"
    if settings.exists():
        raise SettingsError(f"{settings} exists already; nothing was changed.", about=str(settings))
    for below in ("sources", "language/names", "language/terms", "published"):
        (folder / below).mkdir(parents=True, exist_ok=True)
    template = resources.files("newsdigest.cli").joinpath("newsdigest.toml")
    settings.write_text(template.read_text(encoding="utf-8"), encoding="utf-8")
    print(f"Made {folder}/ with newsdigest.toml. Next: set [bureau] contact there, then")
    print(f"  newsdigest -C {folder} sources list")
    print(f"  newsdigest -C {folder} run")


def schema(
    name: Annotated[
        str, typer.Argument(help="A record: source, document, item, event, comparison, draft, review, article …")
    ] = "",
) -> None:
    """Print a record's JSON Schema; without a name, the names there are."""
    import json

    from newsdigest.cli.schemas import RECORDS

    if not name:
        print("\n".join(sorted(RECORDS)))
        return
    record = RECORDS.get(name.lower())
    if record is None:
        raise SettingsError(f"There is no record «{name}»; there are {', '.join(sorted(RECORDS))}.", about=name)
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **record.model_json_schema(mode="serialization"),
    }
    print(json.dumps(document, ensure_ascii=False, indent=2))
