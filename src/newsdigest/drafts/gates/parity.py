"""parity: both renditions carry the same claims, quotes, figures and sources, section by section, in one order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from newsdigest.comparison.figures import Number, same_number
from newsdigest.drafts.draft import DraftSentence, GateResult
from newsdigest.drafts.gates.place import Desk, result


def check(desk: Desk) -> GateResult:
    """Compare the halves by ids and by the numbers that they print."""
    faults: list[str] = []
    groups: list[tuple[str, tuple[DraftSentence, ...], tuple[DraftSentence, ...]]] = [
        ("headline", (desk.draft.headline.ja,), (desk.draft.headline.en,))
    ]
    for section in desk.draft.sections:
        ja = (section.heading.ja, *section.sentences.ja)
        en = (section.heading.en, *section.sentences.en)
        groups.append((section.id, ja, en))
        if not section.sentences.ja or not section.sentences.en:
            faults.append(f"{section.id}: one half says nothing here")
    checked = 0
    for name, ja, en in groups:
        checked += max(len(ja), len(en))
        faults.extend(_ids(name, ja, en))
        faults.extend(_figures(desk, name, ja, en))
    return result("parity", checked, faults)


def _ids(name: str, ja: Sequence[DraftSentence], en: Sequence[DraftSentence]) -> list[str]:
    faults: list[str] = []
    for kind in ("claims", "quotes", "figures"):
        left = {i for s in ja for i in getattr(s, kind)}
        right = {i for s in en for i in getattr(s, kind)}
        faults.extend(f"{name}: {kind[:-1]} {i} is in the ja half only" for i in sorted(left - right))
        faults.extend(f"{name}: {kind[:-1]} {i} is in the en half only" for i in sorted(right - left))
    left, right = ({e.item for s in half for e in s.evidence} for half in (ja, en))
    faults.extend(f"{name}: only one half cites {item}" for item in sorted(left ^ right))
    kinds = [Counter(s.kind for s in half) for half in (ja, en)]
    faults.extend(
        f"{name}: the halves differ in sentences of kind {k}"
        for k in sorted((kinds[0] - kinds[1]) + (kinds[1] - kinds[0]))
    )
    return faults


def _figures(desk: Desk, name: str, ja: Sequence[DraftSentence], en: Sequence[DraftSentence]) -> list[str]:
    ja = [s for s in ja if s.kind not in ("frame", "caveat")]
    en = [s for s in en if s.kind not in ("frame", "caveat")]
    left = [n for s in ja for n in desk.numbers(s.text, "ja") if _counts(n)]
    right = [n for s in en for n in desk.numbers(s.text, "en") if _counts(n)]
    faults = [f"{name}: {n.raw} is in the ja half only" for n in left if not _among(n, right)]
    return faults + [f"{name}: {n.raw} is in the en half only" for n in right if not _among(n, left)]


def _counts(number: Number) -> bool:
    """Dates and hours may be told in another zone in each half; they are the figures gate's."""
    return number.date is None and number.kind not in ("time", "ordinal")


def _among(number: Number, others: list[Number]) -> bool:
    return any(same_number(number, o) and number.bound == o.bound for o in others)
