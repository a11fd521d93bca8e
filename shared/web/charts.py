"""Where the lines and words of a chart go. A chart is always shown with the table of what it draws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, floor
from typing import Final


@dataclass(frozen=True)
class Size:
    """A drawing's measures, in its own units. ``steps``: spaces between the lines of the scale, at most.

    ``few``: names of points that fit beside each other along the foot; ``apart``: how far words are from each other at
    least; ``font``: the height of words; ``between``: whether the highest and the lowest value have words too.
    """

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    steps: int
    few: int
    apart: float
    font: int
    between: bool

    @property
    def base(self) -> int:
        """Where the scale begins, from the top."""
        return self.height - self.bottom


FULL: Final = Size(
    width=400, height=250, left=42, right=26, top=26, bottom=34, steps=4, few=5, apart=50, font=13, between=True
)
_LETTER: Final = 0.62
"""How wide a figure of the drawing's bold words is, as a share of their height."""

SMALL: Final = Size(
    width=280, height=120, left=40, right=22, top=22, bottom=24, steps=2, few=3, apart=60, font=13, between=False
)


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
class Gap:
    """Points beside each other without a value, for one reason: where they are, and the sign of the reason."""

    x: float
    width: float
    text: str

    @property
    def middle(self) -> float:
        """Where its sign stands."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class Chart:
    """A line of values. ``runs``: points that have a neighbour, as the drawing wants them; a gap ends a run.

    ``alone``: the points that have none, and the last one: a small drawing has dots for these only.
    ``begins``: where the scale begins, empty where that is 0.
    """

    size: Size
    points: tuple[Point, ...]
    dots: tuple[Mark, ...]
    alone: tuple[Mark, ...]
    runs: tuple[str, ...]
    gaps: tuple[Gap, ...]
    scale: tuple[Mark, ...]
    foot: tuple[Mark, ...]
    labels: tuple[Mark, ...]
    begins: str = ""

    @property
    def summary(self) -> str:
        """What the line shows, in a sentence or two, for whoever does not see it."""
        there = [point for point in self.points if point.value is not None]
        if not there:
            return "There is no figure to draw."
        first, last = there[0], there[-1]
        words = [f"From {_figure(first)} in {first.name} to {_figure(last)} in {last.name}."]
        if len(there) == 1:
            words = [f"One figure: {_figure(last)} in {last.name}."]
        elif len(there) > 2:
            low, high = (choose(there, key=lambda point: point.value or 0) for choose in (min, max))
            words.append(f"Lowest {_figure(low)} in {low.name}, highest {_figure(high)} in {high.name}.")
        without = len(self.points) - len(there)
        return " ".join([*words, *([f"{without} of {len(self.points)} have no figure."] if without else [])])


def line_chart(points: Sequence[Point], unit: str = "", size: Size = FULL) -> Chart:
    """A chart of the values in their order. ``unit``: what stands after a number of the scale, like ``%``.

    The scale begins at 0, or a little below the lowest value where all of them are far from 0 and differ. The first
    and the last value carry their own words, in a large drawing the highest and the lowest too.
    """
    lines = _lines([point.value for point in points if point.value is not None], size.steps)
    places = [
        None if point.value is None else Mark(_x(n, len(points), size), _y(point.value, lines, size), _figure(point))
        for n, point in enumerate(points)
    ]
    dots = tuple(place for place in places if place is not None)
    every = ceil(len(points) / size.few) if points else 1
    return Chart(
        size=size,
        points=tuple(points),
        dots=dots,
        alone=tuple(_alone(places)),
        runs=tuple(_runs(places)),
        gaps=tuple(_gaps(points, size)),
        scale=tuple(Mark(size.left, _y(line, lines, size), f"{line:g}{unit}") for line in lines),
        foot=tuple(
            Mark(_x(n, len(points), size), size.base + size.font + 5, point.short or point.name)
            for n, point in enumerate(points)
            if (len(points) - 1 - n) % every == 0
        ),
        labels=tuple(_labels(dots, size)),
        begins=f"{lines[0]:g}{unit}" if lines[0] else "",
    )


def _figure(point: Point) -> str:
    return point.text.split()[0] if point.text else ""


def _lines(values: Sequence[float], steps: int) -> list[float]:
    """The round numbers of the scale, the first where it begins and the last not below the highest value."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    if low == high or low < 0.6 * high:
        top = _top(high)
        return [top * n / steps for n in range(steps + 1)]
    wide = _round_steps(max(high - low, 0.1 * high) / steps)
    step = next(step for step in wide if ceil(high / step) - floor(low / step) <= steps)
    return [round(step * number, 6) for number in range(floor(low / step), ceil(high / step) + 1)]


def _round_steps(least: float) -> Iterator[float]:
    """1, 2, 5, 10, 20, 50 … and the same below 1, from the first that is not below the least."""
    power = 1.0
    while power > least:
        power /= 10
    while True:
        for digit in (1, 2, 5):
            if digit * power >= least * (1 - 1e-9):
                yield digit * power
        power *= 10


def _top(highest: float) -> float:
    """The end of a scale from 0: 4, 8, 10, 20, 40, 80, 100 …, whose quarters are round, not below the highest value."""
    power = 1
    while True:
        for end in (4, 8, 10, 20):
            if highest <= end * power:
                return float(end * power)
        power *= 10


def _x(number: int, count: int, size: Size) -> float:
    return round(size.left + _step(count, size) * (number + 0.5), 1)


def _step(count: int, size: Size) -> float:
    return (size.width - size.left - size.right) / count


def _y(value: float, lines: Sequence[float], size: Size) -> float:
    share = (value - lines[0]) / (lines[-1] - lines[0])
    return round(size.base - (size.base - size.top) * share, 1)


def _runs(places: Sequence[Mark | None]) -> list[str]:
    runs: list[list[str]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(f"{place.x},{place.y}")
    return [" ".join(run) for run in runs if len(run) > 1]


def _alone(places: Sequence[Mark | None]) -> Iterator[Mark]:
    around = [None, *places, None]
    there = [number for number, place in enumerate(around) if place is not None]
    for number in there:
        place = around[number]
        if place is not None and (number == there[-1] or around[number - 1] is around[number + 1] is None):
            yield place


def _gaps(points: Sequence[Point], size: Size) -> Iterator[Gap]:
    """Where values are missing, with the sign that the table has in their place, such as [c]."""
    number = 0
    for reason, group in groupby(points, key=lambda point: None if point.value is not None else _figure(point)):
        count = len(list(group))
        if reason is not None:
            step = _step(len(points), size)
            yield Gap(round(size.left + number * step, 1), round(count * step, 1), reason)
        number += count


def _labels(dots: Sequence[Mark], size: Size) -> list[Mark]:
    """Words at the last, the highest, the lowest and the first value, as far as they do not cover each other."""
    if not dots:
        return []
    highest, lowest = min(dots, key=lambda dot: dot.y), max(dots, key=lambda dot: dot.y)
    labels: list[Mark] = []
    for dot in (dots[-1], *((highest, lowest) if size.between else ()), dots[0]):
        x = _beside_the_scale(dot, size)
        if all(abs(x - label.x) > size.apart for label in labels):
            below = dot is lowest and dot is not highest and dot.y < size.base - size.font - 11
            labels.append(Mark(x, round(dot.y + (size.font + 7 if below else -9), 1), dot.text))
    return labels


def _beside_the_scale(dot: Mark, size: Size) -> float:
    """The middle of the words at a dot: over it, but neither on the words of the scale nor beyond the drawing."""
    half = len(dot.text) * size.font * _LETTER / 2
    return round(max(min(dot.x, size.width - half), size.left + half), 1)
