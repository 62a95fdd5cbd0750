"""Quotes: what was said to the letter, by whom, carried by whom, of what kind."""

from newsdigest.comparison.quotes.credit import Misattribution, misattributed
from newsdigest.comparison.quotes.finding import Voices, extract
from newsdigest.comparison.quotes.linking import link

__all__ = ["Misattribution", "Voices", "extract", "link", "misattributed"]
