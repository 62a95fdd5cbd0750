"""Figures: numbers with what they count, whose they are and when they held; series and conflicts among them."""

from newsdigest.comparison.figures.finding import extract
from newsdigest.comparison.figures.numbers import Number, numbers_in, same_number
from newsdigest.comparison.figures.wording import say

__all__ = ["Number", "extract", "numbers_in", "same_number", "say"]
