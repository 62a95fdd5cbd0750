"""Whether two different figures of one thing can both be right: by their bounds, by rounding, by conversion of units."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from newsdigest.comparison.figures.situation import Situation
from newsdigest.comparison.record import Figure

_SCALES = {
    "second": ("clock", Fraction(1)),
    "minute": ("clock", Fraction(60)),
    "day": ("clock", Fraction(86400)),
    "month": ("calendar", Fraction(1)),
    "year": ("calendar", Fraction(12)),
}
_NO_THINGS = frozenset({"person", "household", "time", ""})
# A figure converted from another unit carries that unit's rounding too.
_CONVERSION = Fraction(3, 100)


def scaled(figure: Figure) -> tuple[str, Fraction]:
    """Return a figure's dimension and its value in that dimension's own unit."""
    dimension, factor = _SCALES.get(figure.unit, (figure.unit, Fraction(1)))
    return dimension, Fraction(figure.value) * factor


def same_scale(a: Figure, b: Figure) -> bool:
    """Whether two figures measure in one dimension."""
    if a.kind == b.kind == "count" and "item" in (a.unit, b.unit) and not {a.unit, b.unit} & _NO_THINGS:
        return True  # a counter of many things (台) counts vehicles too
    return a.kind == b.kind and _dimension(a) == _dimension(b)


def _dimension(figure: Figure) -> str:
    scale = _SCALES.get(figure.unit)
    return scale[0] if scale else figure.unit


def explained(a: Situation, b: Situation) -> bool:
    """Whether the two figures, though they differ, do not contradict one another."""
    low_a, high_a = span(a)
    low_b, high_b = span(b)
    if low_a is not None and high_b is not None and low_a > high_b:
        return _converted(a, b)
    if low_b is not None and high_a is not None and low_b > high_a:
        return _converted(a, b)
    return True


def span(situation: Situation) -> tuple[Fraction | None, Fraction | None]:
    """Return the values that a figure allows, lowest and highest; None where open.

    "About" allows half a round step to each side; an exact sum or measure the half of its last stated digit; a count of people or
    things is taken at its word.
    """
    figure = situation.figure
    value = scaled(figure)[1]
    ratio = value / Fraction(figure.value) if Fraction(figure.value) else Fraction(1)
    if figure.bound == "at_least":
        return value, None
    if figure.bound == "at_most":
        return None, value
    if figure.bound == "about":
        # Half-open: what lies half a step off is rounded to the next.
        stated = abs(Fraction(situation.measure.stated))
        half = min(round_step(stated), stated / 4) * _factor(situation) * ratio / 2
        tiny = half / 1000
        return value - half + tiny, value + half - tiny
    if figure.kind == "count" and value < 1000:
        return value, value
    unit = situation.measure.unit
    loose = Fraction(unit.loose) if unit else Fraction(0)
    half = max(min(Fraction(situation.step) * ratio / 2, abs(value) / 40), abs(value) * loose)
    return value - half, value + half


def _factor(situation: Situation) -> Fraction:
    unit = situation.measure.unit
    return Fraction(unit.factor) if unit else Fraction(1)


def round_step(value: Fraction) -> Fraction:
    """The largest of 1, 5, 10, 50 … that divides a number and is at most a quarter of it: what "about 25" rounds to is 5."""
    if not value:
        return Fraction(1)
    step = Fraction(1)
    while value % step and step > Fraction(1, 1000):
        step /= 10
    best = step
    size = step
    while size <= value / 4:
        for candidate in (size, size * 5):
            if candidate <= value / 4 and value % candidate == 0:
                best = max(best, candidate)
        size *= 10
    return best


def _converted(a: Situation, b: Situation) -> bool:
    """Whether two figures stated in different units differ by no more than a conversion's rounding."""
    first, second = a.measure.unit, b.measure.unit
    if first is None or second is None or (first.factor == second.factor and not (first.loose or second.loose)):
        return False
    if a.figure.kind == "duration":
        return False
    x, y = scaled(a.figure)[1], scaled(b.figure)[1]
    loose = Fraction(max(first.loose, second.loose, key=Decimal))
    return abs(x - y) <= max(abs(x), abs(y)) * max(_CONVERSION, loose)
