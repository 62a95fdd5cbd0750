"""What a published half says of how it was made: that a person has read it, and when."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from newsdigest.drafts.draft import Draft, Section
from newsdigest.publication.due import Due

JAPAN = ZoneInfo("Asia/Tokyo")
METHOD = "method"


def as_published(due: Due, words: Mapping[str, Mapping[str, str]]) -> Draft:
    """Return the draft with its line on how it was made saying that an editor has reviewed it.

    "Awaiting editor review" was true of the words a person approved and is false of the page that goes out; nothing else changes.
    ``words`` are those of ``words.toml`` by language: ``date`` and ``reviewed``.
    """
    sections = tuple(_reviewed(s, due, words) if s.id == METHOD else s for s in due.draft.sections)
    return due.draft.model_copy(update={"sections": sections})


def _reviewed(section: Section, due: Due, words: Mapping[str, Mapping[str, str]]) -> Section:
    own = words[due.rendition]
    local = due.approval.at.astimezone(JAPAN)
    date = own["date"].format(year=local.year, month=local.month, day=local.day, month_name=f"{local:%B}")
    said = getattr(section.sentences, due.rendition)
    line = said[0].model_copy(update={"text": own["reviewed"].format(date=date)})
    sentences = section.sentences.model_copy(update={due.rendition: (line, *said[1:])})
    return section.model_copy(update={"sentences": sentences})
