"""Names across scripts: what the lexicon and discovery make of invented and real names, the known half and the unknown half apart.

A file holds one case a line: ``{"case", "texts": [{"lang", "title", "text"}], "names": [{"kind", "present", "ja", "en", "zh"}]}``. A case is
read as one event. A spelling is right in the one entry that holds most of its thing's spellings and nothing of another thing.
``precision`` is right / given: false are the spellings of an entry that mixes two things and of an entry that names none of them.
``recall`` is right / labelled: a thing whose spellings were not linked loses the smaller part.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from newsdigest.language.discovery import discover
from newsdigest.language.lexicon import LANGUAGES, Entry, Lexicon
from tests.shipped import names_lexicon


def evaluate(path: Path, options: argparse.Namespace) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Score every case of a file."""
    lexicon = names_lexicon()
    counts = {half: {"right": 0, "given": 0, "labelled": 0} for half in ("absent", "present")}
    predictions: list[dict[str, Any]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        entries = named(case, lexicon)
        predictions.append(
            {
                "case": case["case"],
                "entries": [
                    {"id": e.id, "forms": {k: list(v) for k, v in e.forms.items()}, "guessed": e.guessed}
                    for e in entries
                ],
            }
        )
        if "names" in case:
            _score(case["names"], entries, counts)
    scores: dict[str, Any] = {}
    for half, count in counts.items():
        if count["labelled"]:
            scores[half] = {
                "precision": round(count["right"] / count["given"], 4) if count["given"] else 1.0,
                "recall": round(count["right"] / count["labelled"], 4),
                "names": count["labelled"],
            }
    return {**scores.get("absent", {}), **scores}, predictions


def named(case: Mapping[str, Any], lexicon: Lexicon) -> list[Entry]:
    """The names that a case's texts hold, each with the forms that occur in the text of its language."""
    texts = [(str(n), t["lang"], t["title"], t["text"]) for n, t in enumerate(case["texts"])]
    found = discover(texts, lexicon)
    wider = lexicon.extended(found)
    spelt: dict[str, dict[str, list[str]]] = {}
    for text in case["texts"]:
        for mention in wider.find(f"{text['title']}\n{text['text']}", text["lang"]):
            forms = spelt.setdefault(mention.entry, {}).setdefault(text["lang"], [])
            if mention.surface not in forms:
                forms.append(mention.surface)
    return [
        Entry(
            identity,
            wider.entries[identity].kind,
            {k: tuple(v) for k, v in forms.items()},
            guessed=wider.entries[identity].guessed,
        )
        for identity, forms in sorted(spelt.items())
        if wider.entries[identity].kind in ("person", "body", "place", "country")
    ]


def _score(names: list[dict[str, Any]], entries: list[Entry], counts: dict[str, dict[str, int]]) -> None:
    owners: dict[str, set[int]] = {}
    for number, name in enumerate(names):
        for entry in entries:
            if _held(entry, name):
                owners.setdefault(entry.id, set()).add(number)
    for number, name in enumerate(names):
        half = counts["present" if name["present"] else "absent"]
        half["labelled"] += sum(language in name for language in LANGUAGES)
        pure = [entry for entry in entries if owners.get(entry.id) == {number}]
        half["right"] += max((_held(entry, name) for entry in pure), default=0)
        half["given"] += sum(_held(entry, name) for entry in entries if number in owners.get(entry.id, ()))
        # Parts of a thing that were not linked are lost for the recall; they are no false link.
        half["given"] -= sum(_held(entry, name) for entry in pure) - max(
            (_held(entry, name) for entry in pure), default=0
        )
    half = counts["present" if all(name["present"] for name in names) else "absent"]
    half["given"] += sum(
        len(forms)
        for entry in entries
        if entry.id.startswith("found.") and entry.id not in owners
        for forms in entry.forms.values()
    )


def _held(entry: Entry, name: Mapping[str, Any]) -> int:
    """In how many languages the entry has the labelled spelling."""
    return sum(_has(entry, language, name[language]) for language in LANGUAGES if language in name)


def _has(entry: Entry, language: str, spelling: str) -> bool:
    """Whether an entry has a spelling; of a person also a family part (en) or the name with its title (ja)."""
    forms = entry.forms.get(language, ())
    if spelling in forms:
        return True
    if entry.kind != "person":
        return False
    if language == "en":
        return any(spelling.endswith(f" {form}") for form in forms)
    return language == "ja" and any(form.startswith(spelling) for form in forms)
