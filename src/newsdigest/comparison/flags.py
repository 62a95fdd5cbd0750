"""What an editor must know of an item before he reads it: hidden text, instructions to the reader, a text not held whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsdigest.comparison.packet import Member
from newsdigest.comparison.record import Flag
from newsdigest.language.lexicon import LANGUAGES, Lexicon
from newsdigest.records import Bilingual

_NOTES = {
    "instruction": Bilingual(
        ja="読み手(機械)への指示とみられる文がある。結果には影響しない",
        en="Contains text that instructs its reader; it has no effect",
    ),
    "bidi": Bilingual(ja="文字の並びを変える制御文字がある", en="Contains characters that reorder text"),
    "zero_width": Bilingual(ja="見えない文字がある", en="Contains invisible characters"),
    "hidden": Bilingual(ja="見えない形で置かれた文がある", en="Contains text hidden from view"),
    "partial": Bilingual(ja="全文を入手していない", en="We do not hold the whole text"),
    "future_date": Bilingual(
        ja="日付が受信時より先になっており疑わしい", en="Its date lies ahead of when it was received and is doubtful"
    ),
    "withdrawn": Bilingual(ja="配信元が取り下げた", en="Withdrawn by its source"),
}


def flags(member: Member, lexicon: Lexicon) -> Iterator[Flag]:
    """Yield the flags of a member, in a fixed order."""
    table = lexicon.table("injections")
    text = f"{member.title}\n{member.text}"
    kinds: dict[str, Bilingual] = {}
    if any(re.search(p, text, re.IGNORECASE | re.MULTILINE) for lang in LANGUAGES for p in table.get(lang, ())):
        kinds["instruction"] = _NOTES["instruction"]
    for name, characters in table.get("hidden", {}).items():
        if any(char in text for char in characters):
            kinds[name] = _NOTES[name]
    for flag in member.version.flags:
        note = next((n for k, n in _NOTES.items() if k in flag), None)
        kinds.setdefault(flag, note or Bilingual(ja=flag, en=flag))
    if not member.version.complete:
        kinds["partial"] = _NOTES["partial"]
    if member.version.withdrawn:
        kinds["withdrawn"] = _NOTES["withdrawn"]
    for kind, note in kinds.items():
        yield Flag(item=member.key, kind=kind, note=note)
