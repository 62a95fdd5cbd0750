"""What the command line says of a source, one line each."""

from __future__ import annotations

from datetime import datetime

from newsdigest.ports import SourceState
from newsdigest.sources.moves import moved_to
from newsdigest.sources.schedule import condition_at
from newsdigest.sources.source import Source


def list_line(source: Source, state: SourceState | None, now: datetime) -> str:
    """Id, language, country, kind, condition, newest item, name; separated by tabs."""
    condition = "off" if not source.enabled else condition_at(state, source, now) if state else "new"
    newest = f"{state.newest_item:%Y-%m-%d}" if state and state.newest_item else "–"
    name = next(iter(source.name.values()), source.id)
    return "\t".join((source.id, source.language, source.country, source.kind, condition, newest, name))


def check_line(source: Source, state: SourceState, now: datetime) -> str:
    """Id, condition, terms and what there is to say of it; separated by tabs."""
    condition = condition_at(state, source, now)
    remark = state.error or ""
    if condition == "frozen":
        newest = f"{state.newest_item:%Y-%m-%d %H:%M} UTC" if state.newest_item else "never dated"
        gap = source.expected.usual_gap_hours or state.memory.get("gap_hours")
        usual = f"; its usual gap is {gap:g} hours" if gap else ""
        remark = f"newest item {newest}{usual}"
    elif condition == "moved":
        remark = f"moved for good to {moved_to(state.memory)}; put that address into its file"
    return "\t".join((source.id, condition, terms_of(source), remark)).rstrip("\t")


def terms_of(source: Source) -> str:
    """What we know of the source's terms; unknown means no."""
    terms = source.terms
    unknown = [name for name in ("robots", "quotation", "model") if getattr(terms, name) == "unknown"]
    if terms.checked is None:
        return "terms unknown"
    checked = f"terms checked {terms.checked:%Y-%m-%d}"
    return f"{checked}, unknown: {', '.join(unknown)}" if unknown else checked


def to_verify(source: Source, *, kind_stated: bool) -> list[str]:
    """What a person should look up before the source is relied on."""
    lines = []
    if not kind_stated:
        lines.append("kind (written as other: who speaks there decides how it is quoted)")
    lines.append(f"language ({source.language}, told from its titles)")
    if not source.country:
        lines.append(f"country and zone (a time without zone is read as {source.zone})")
    if source.official:
        lines.append(f"issuer ({source.issuer}) and channel ({source.channel})")
    lines.append("owner")
    lines.append("terms: may it be quoted, may its text go to a model (unknown means no)")
    return lines
