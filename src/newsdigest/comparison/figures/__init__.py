"""Figures: numbers with what they count, whose they are and when they held; series and conflicts among them."""

from newsdigest.comparison.figures.clashes import (
    FigureAnswer,
    FigureConflict,
    FigureSeries,
    conflicts,
    series,
    situations,
)
from newsdigest.comparison.figures.finding import extract
from newsdigest.comparison.figures.numbers import Number, numbers_in, same_number
from newsdigest.comparison.figures.sentence import SentenceReader
from newsdigest.comparison.figures.situation import Situation
from newsdigest.comparison.figures.wording import label, say

__all__ = [
    "FigureAnswer",
    "FigureConflict",
    "FigureSeries",
    "Number",
    "SentenceReader",
    "Situation",
    "conflicts",
    "extract",
    "label",
    "numbers_in",
    "same_number",
    "say",
    "series",
    "situations",
]
