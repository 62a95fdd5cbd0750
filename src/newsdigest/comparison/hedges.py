"""A source's own reserve, kept with the claim (hedges.toml)."""

from __future__ import annotations

import re

from newsdigest.comparison.patterns import Pattern, pattern_of
from newsdigest.comparison.reading import Clause
from newsdigest.comparison.record import Hedge
from newsdigest.language.folding import fold
from newsdigest.language.lexicon import LANGUAGES, Lexicon
from newsdigest.language.matcher import is_latin


class HedgeFinder:
    """Finds the hedges of a clause. Those of figures (約, at least) are the figures' own and not taken here."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._patterns: dict[str, list[tuple[str, Pattern]]] = {language: [] for language in LANGUAGES}
        for raw in lexicon.table("hedges").get("hedge", ()):
            if raw.get("figure"):
                continue
            for language in LANGUAGES:
                forms = sorted(raw.get(language, ()), key=lambda f: (-len(f), f))
                if forms:
                    body = "|".join(rf"\b{re.escape(f)}\b" if is_latin(f) else re.escape(f) for f in forms)
                    self._patterns[language].append((raw["id"], pattern_of(body)))

    def find(self, clause: Clause) -> tuple[Hedge, ...]:
        """The hedges of a clause, in order; one a kind."""
        folded = fold(clause.text)
        found = []
        for identity, words in self._patterns[clause.member.language]:
            for match in words.finditer(folded.text):
                start, end = folded.span(match.start(), match.end())
                if clause.text[start:end] == "May":
                    continue  # the month
                evidence = clause.member.cite(clause.start + start, clause.start + end, clause.field)
                found.append(Hedge(id=identity, surface=evidence.exact, evidence=evidence))
                break
        return tuple(sorted(found, key=lambda h: h.evidence.start))
