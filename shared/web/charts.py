"""Where the lines and words of a chart go. A chart is always shown with the table of what it draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

WIDTH: Final = 400
HEIGHT: Final = 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 42, 16, 26, 34
_STEPS: Final = 4
_FEW: Final = 5
"""Names of points along the foot that fit beside each other."""


@dataclass(frozen=True)
class Point:
    """One value by its name. ``value``: 0 or more, None where there is none to draw; ``text``: as the table has it."""

    name: str
    value: float | None
    text: str
    short: str = ""


@dataclass(frozen=True)
class Mark:
    """A place in the drawing, in its units from the top left, and the words there."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Chart:
    """A line of values. ``runs``: points that have a neighbour, as the drawing wants them; a gap ends a run."""

    points: tuple[Point, ...]
    dots: tuple[Mark, ...]
    runs: tuple[str, ...]
    scale: tuple[Mark, ...]
    foot: tuple[Mark, ...]
    labels: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    base: int = HEIGHT - _BOTTOM


def line_chart(points: Sequence[Point], unit: str = "") -> Chart:
    """A chart of the values in their order, from 0. ``unit``: what stands after a number of the scale, like ``%``.

    The first, the last, the highest and the lowest value carry their own words.
    """
    top = _top(max((point.value or 0 for point in points), default=0))
    places = [
        None if point.value is None else Mark(_x(n, len(points)), _y(point.value, top), point.text)
        for n, point in enumerate(points)
    ]
    dots = tuple(place for place in places if place is not None)
    every = ceil(len(points) / _FEW) if points else 1
    return Chart(
        points=tuple(points),
        dots=dots,
        runs=tuple(_runs(places)),
        scale=tuple(Mark(_LEFT, _y(top * n / _STEPS, top), f"{top * n / _STEPS:g}{unit}") for n in range(_STEPS + 1)),
        foot=tuple(
            Mark(_x(n, len(points)), HEIGHT - _BOTTOM + 20, point.short or point.name)
            for n, point in enumerate(points)
            if (len(points) - 1 - n) % every == 0
        ),
        labels=tuple(_labels(dots)),
    )


def _top(highest: float) -> float:
    """The end of the scale: 4, 8, 20, 40, 80, 200 …, whose quarters are round, not below the highest value."""
    power = 1
    while True:
        for end in (4, 8, 20):
            if highest <= end * power:
                return float(end * power)
        power *= 10


def _x(number: int, count: int) -> float:
    room = WIDTH - _LEFT - _RIGHT
    return round(_LEFT + room * (number + 0.5) / count, 1)


def _y(value: float, top: float) -> float:
    return round(HEIGHT - _BOTTOM - (HEIGHT - _BOTTOM - _TOP) * value / top, 1)


def _runs(places: Sequence[Mark | None]) -> list[str]:
    runs: list[list[str]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(f"{place.x},{place.y}")
    return [" ".join(run) for run in runs if len(run) > 1]


def _labels(dots: Sequence[Mark]) -> list[Mark]:
    """Words at the last, the highest, the lowest and the first value, as far as they do not cover each other."""
    if not dots:
        return []
    lowest = max(dots, key=lambda dot: dot.y)
    labels: list[Mark] = []
    for dot in (dots[-1], min(dots, key=lambda dot: dot.y), lowest, dots[0]):
        if all(abs(dot.x - label.x) > WIDTH / 8 for label in labels):
            below = dot is lowest and dot.y < HEIGHT - _BOTTOM - 24
            labels.append(Mark(dot.x, round(dot.y + (20 if below else -9), 1), dot.text.split()[0]))
    return labels
