"""Quotes: what was said to the letter, by whom, carried by whom, of what kind."""

from newsdigest.comparison.quotes.finding import extract

__all__ = ["extract"]
