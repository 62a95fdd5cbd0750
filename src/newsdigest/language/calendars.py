"""The words of dates and hours: eras, months, halves of the day, zones. Data, not conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from newsdigest.errors import LexiconError

DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


@dataclass(frozen=True, slots=True)
class Calendars:
    """What ``calendars.toml`` says, ready for reading dates.

    ``eras`` maps an era's name or letter to the Gregorian year of its year 1; ``months`` a folded word to 1–12;
    ``zones`` an abbreviation or phrase to an offset or IANA name; ``ambiguous`` an abbreviation to rows of
    (prefix of the source's zone, offset).
    """

    eras: Mapping[str, int]
    months: Mapping[str, int]
    morning: tuple[str, ...]
    afternoon: tuple[str, ...]
    noon: tuple[str, ...]
    midnight: tuple[str, ...]
    zones: Mapping[str, str]
    ambiguous: Mapping[str, tuple[tuple[str, str], ...]]

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Calendars:
        """Make the calendars from the table; raise LexiconError where a part is missing."""
        try:
            eras = {name: int(era["first"]) for name, era in table["eras"].items()}
            eras |= {era["letter"]: int(era["first"]) for era in table["eras"].values() if "letter" in era}
            daytime = table["daytime"]
            return cls(
                eras=eras,
                months=dict(table["months"]),
                morning=tuple(daytime["morning"]),
                afternoon=tuple(daytime["afternoon"]),
                noon=tuple(daytime["noon"]),
                midnight=tuple(daytime["midnight"]),
                zones=dict(table["zones"]),
                ambiguous={k: tuple((str(p), str(o)) for p, o in rows) for k, rows in table["ambiguous"].items()},
            )
        except (KeyError, TypeError, ValueError) as error:
            raise LexiconError(f"calendars.toml lacks or misstates {error}.", about="calendars") from error

    def zone_of(self, word: str, source_zone: str) -> tuple[str, bool] | None:
        """Return (offset or IANA name, whether it is certain) for a zone word, or None where it is none."""
        rows = self.ambiguous.get(word)
        if rows:
            for prefix, offset in rows:
                if source_zone.startswith(prefix):
                    return offset, True
            return rows[0][1], False
        plain = self.zones.get(word)
        return (plain, True) if plain else None


def han_number(digits: str) -> int | None:
    """Return the number that ``digits`` writes (``二〇二五``, ``十一``, ``二十五``, ``元``, ``7``), or None."""
    if digits == "元":
        return 1
    plain = digits.translate(DIGITS)
    if plain.isascii() and plain.isdigit():
        return int(plain)
    tens, sign, ones = plain.partition("十")
    if not sign or (tens and not tens.isdigit()) or (ones and not ones.isdigit()):
        return None
    return int(tens or 1) * 10 + int(ones or 0)
