"""A chart's places, and that it never comes without its table."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from flask import Flask, render_template_string
from hypothesis import given
from hypothesis import strategies as st

import shared.web
from shared.web.charts import FULL, SMALL, Point, line_chart

MACRO = """{% from "web/charts.html" import line_chart %}
{{ line_chart("c", "Uptake", chart, ["Month", "%"]) }}"""

values = st.lists(st.none() | st.floats(0, 1e6, allow_nan=False), max_size=30)


def points(found: list[float | None]) -> list[Point]:
    return [Point(f"Month {n}", value, "[c]" if value is None else f"{value}") for n, value in enumerate(found)]


@given(values)
def test_every_value_has_a_dot_inside_the_drawing_and_a_higher_value_is_never_lower(found: list[float | None]) -> None:
    chart = line_chart(points(found))
    width, height = chart.size.width, chart.size.height
    there = [value for value in found if value is not None]
    assert len(chart.dots) == len(there)
    assert all(0 <= dot.x <= width and 0 <= dot.y <= height for dot in chart.dots)
    for (value, dot), (other, following) in pairwise(zip(there, chart.dots, strict=True)):
        assert dot.x < following.x
        assert value <= other or dot.y <= following.y


def test_a_gap_ends_the_line() -> None:
    chart = line_chart(points([1.0, 2.0, None, 3.0, 4.0, None, 5.0]))
    assert [len(run.split()) for run in chart.runs] == [2, 2]


def test_the_scale_begins_at_nothing_and_has_round_steps_over_the_highest_value() -> None:
    assert [mark.text for mark in line_chart(points([37.5]), "%").scale] == ["0%", "10%", "20%", "30%", "40%"]
    assert [mark.text for mark in line_chart(points([])).scale] == ["0", "1", "2", "3", "4"]


def test_the_scale_begins_near_values_that_are_all_far_from_nothing_and_says_so() -> None:
    chart = line_chart(points([82.0, 91.0, 88.0]), "%")
    assert [mark.text for mark in chart.scale] == ["80%", "85%", "90%", "95%"]
    assert chart.begins == "80%"
    assert "The scale begins at 80." in rendered([82.0, 91.0, 88.0])
    assert line_chart(points([91.0, 91.0]), "%").begins == ""


@given(st.lists(st.floats(0, 1e6, allow_nan=False), min_size=1, max_size=12))
def test_the_scale_holds_every_value_in_few_steps(found: list[float]) -> None:
    for size in (FULL, SMALL):
        chart = line_chart(points(list(found)), size=size)
        assert 2 <= len(chart.scale) <= size.steps + 1
        assert all(chart.scale[-1].y - 0.1 <= dot.y <= chart.scale[0].y + 0.1 for dot in chart.dots)


def test_a_gap_is_marked_once_with_the_sign_of_its_reason() -> None:
    signs = ["5", "[c]", "[c] [p]", "[x]", "7"]
    found = [Point(f"M{n}", float(text) if text.isdigit() else None, text) for n, text in enumerate(signs)]
    chart = line_chart(found)
    assert [gap.text for gap in chart.gaps] == ["[c]", "[x]"]
    assert chart.gaps[0].width == 2 * chart.gaps[1].width
    assert chart.dots[0].x < chart.gaps[0].x < chart.gaps[1].x < chart.dots[1].x
    assert chart.summary == "From 5 in M0 to 7 in M4. 3 of 5 have no figure."


def test_a_small_drawing_has_dots_where_no_line_is_and_at_its_end() -> None:
    chart = line_chart(points([1.0, None, 2.0, 3.0, 4.0]), size=SMALL)
    assert [mark.text for mark in chart.alone] == ["1.0", "4.0"]


def test_words_in_the_drawing_do_not_cover_each_other() -> None:
    labels = line_chart(points([float(n % 5) for n in range(24)])).labels
    places = sorted(label.x for label in labels)
    assert all(right - left > FULL.apart for left, right in pairwise(places))


def test_words_in_the_drawing_stand_neither_on_the_scale_nor_beyond_the_edge() -> None:
    for size in (FULL, SMALL):
        for label in line_chart(points([92.8 + n / 100 for n in range(60)]), "%", size).labels:
            half = len(label.text) * size.font * 0.3
            assert size.left <= label.x - half
            assert label.x + half <= size.width


def rendered(found: list[float | None]) -> str:
    app = Flask(__name__, template_folder=str(Path(shared.web.__file__).parent / "templates"))
    with app.app_context():
        return render_template_string(MACRO, chart=line_chart(points(found)))


def test_the_table_is_there_with_and_without_anything_to_draw() -> None:
    for found in ([1.0, None, 3.0], [None, None, None]):
        page = rendered(found)
        assert re.findall(r"<td[^>]*>(.*?)</td>", page) == [point.text for point in points(found)]
        assert ("<svg" in page) == any(value is not None for value in found)


def test_a_drawing_is_named_and_described_and_has_no_style_or_script() -> None:
    page = rendered([1.0, 2.0])
    assert 'role="img" aria-labelledby="c-title c-desc"' in page
    assert '<title id="c-title">Uptake</title>' in page
    assert '<desc id="c-desc">From 1.0 in Month 0 to 2.0 in Month 1.</desc>' in page
    assert "style=" not in page
    assert "<script" not in page
