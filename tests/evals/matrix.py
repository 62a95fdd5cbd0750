"""``matrix FILE``: each topic that a label names, searched in each statement, and the presence of the stock phrase.

A label's name is looked up in the lexicon; where it names several things ("Busan meeting") all must be found, where it gives
alternatives ("post-war order / WWII") one is enough.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from newsdigest.comparison.cast import Cast
from newsdigest.comparison.formulae import occurrence, stock_phrases
from newsdigest.comparison.matrix import aliases, mentioned_anywhere
from newsdigest.comparison.occasion import Subject
from newsdigest.comparison.packet import Member
from newsdigest.comparison.reading import read
from newsdigest.comparison.topics import Topic, TopicFinder, contains
from newsdigest.comparison.vocabulary import Vocabulary
from newsdigest.items.item import Statement
from newsdigest.language.folding import fold
from newsdigest.records import Bilingual
from newsdigest.sources.source import Source
from tests.comparison.packets import lexicon, member

PHRASE = "应约"


def statement_member(document: dict[str, Any]) -> Member:
    """A document of a case as its issuer's written statement."""
    source = Source(
        id="issuer",
        name={document["lang"]: document["source"]},
        kind="government",
        language=document["lang"],
        address="https://case.invalid/",
    )
    published = f"{document['published'][:10]}T00:00:00+00:00"
    raw = {"lang": document["lang"], "title": document["title"], "body": document["text"], "published": published}
    return member(source, [raw], Statement(issuer="issuer", channel="readout", chosen=True), document["id"])


def evaluate(path: Path, options: argparse.Namespace) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Score every labelled cell; without labels list the topics that a search finds."""
    case = json.loads(path.read_text(encoding="utf-8"))
    labels = case.get("labels", {})
    vocabulary = Vocabulary(lexicon())
    documents = {d["id"]: statement_member(d) for d in case["documents"]}
    readings = {key: read(m, vocabulary) for key, m in documents.items()}
    cast = Cast(readings.values(), vocabulary)
    finder = TopicFinder(Subject(None, frozenset(), (), None, None), cast)
    names = {n for group in labels.get("topics", {}).values() for names in group.values() for n in names}
    predictions: list[dict[str, Any]] = []
    cells = right = 0
    for key in sorted(documents):
        wanted = labels.get("topics", {}).get(key, {})
        for name in sorted(names):
            found = _mentioned(name, documents[key], finder, cast)
            predictions.append({"id": key, "topic": name, "mentioned": found})
            if name in wanted.get("mentions", ()) or name in wanted.get("silent", ()):
                cells += 1
                right += found == (name in wanted.get("mentions", ()))
        phrase = next(p for p in stock_phrases(vocabulary) if PHRASE in p.phrase.values())
        present = occurrence(phrase, readings[key], vocabulary) is not None
        predictions.append({"id": key, "phrase": PHRASE, "present": present})
        if key in labels.get("stock_phrase", {}):
            cells += 1
            right += labels["stock_phrase"][key] == present
    scores: dict[str, Any] = {"documents": len(documents)}
    return ({"cells": cells, "right": right, **scores} if cells else scores), predictions


def _mentioned(name: str, statement: Member, finder: TopicFinder, cast: Cast) -> bool:
    """Whether a statement mentions what a label names."""
    for alternative in name.split("/"):
        entries = [m.entry for m in cast.lexicon.find(alternative.strip(), "en")]
        things = [e for e in entries if cast.vocabulary.kind(e) != "office"]
        topics = [_topic(e, finder) for e in things or entries]
        folded = fold(alternative).text
        named = [
            g.id
            for g in finder.groups
            if any(contains(folded, fold(w).text, cast.lexicon) for w in g.words.get("en", ()))
        ]
        topics += [finder.topic(g, {}) for g in named]
        if topics and all(mentioned_anywhere(t, statement, aliases(t, cast), cast) for t in topics):
            return True
    return False


def _topic(entry: str, finder: TopicFinder) -> Topic:
    """A name as the row it stands in; a person, body or place by itself, for its country is something else."""
    known = next(iter(finder.topics_of(entry)), None)
    if finder.cast.vocabulary.kind(entry) in ("person", "body", "place"):
        known = None
    if known:
        same = frozenset(e for e in finder.lexicon.entries if known in finder.topics_of(e))
        topic = finder.topic(known, {known: same})
        return Topic(topic.id, topic.name, topic.entries | {entry}, topic.words, topic.slots)
    return Topic(entry, Bilingual(ja=entry, en=entry), frozenset({entry}))
