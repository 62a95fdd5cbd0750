"""How a draft prints a figure: one door to the comparison's own wording of numbers."""

from __future__ import annotations

from newsdigest.comparison.figures import say
from newsdigest.comparison.record import Figure
from newsdigest.drafts.draft import Rendition
from newsdigest.language.lexicon import Lexicon


def amount(figure: Figure, language: Rendition, lexicon: Lexicon) -> str | None:
    """The figure with its bound and unit in a language, or None where its unit has no word there."""
    return say(figure, language, lexicon) or None
