"""What the board says in words: of indicators, of changes, and of cells without a figure."""

from __future__ import annotations

from dataclasses import fields, replace
from fractions import Fraction

import pytest
from markupsafe import Markup

from services.reporting.domain.catalogue import BY_NUMBER, COUNT
from services.reporting.domain.indicator import AnyIndicator, Indicator, Kind, Rate
from services.reporting.domain.markers import MEANINGS
from services.reporting.web.blueprint import by_month, marked
from services.reporting.web.board_cells import BoardCell
from services.reporting.web.board_change import Change, change, in_place_since
from services.reporting.web.board_lines import line
from services.reporting.web.board_order import UNTOLD, in_order, parted
from services.reporting.web.board_rows import BoardRow

NUMBERS = {"10": "6%", "11": "4.2", "16": "3", "18": "no", "17": "yes"}


@pytest.mark.parametrize("indicator", BY_NUMBER.values(), ids=lambda indicator: indicator.number)
def test_every_indicator_says_what_it_tells_and_how_it_is_worked_out(indicator: AnyIndicator) -> None:
    optional = {"note"} | ({"out_of"} if indicator.kind == Kind.MEDIAN else set())
    texts = {field.name for field in fields(Indicator) if field.type == "str"}
    assert {name for name in texts if not getattr(indicator, name)} <= optional
    for name in ("tells", "silent", "counted", "dated", "seen"):
        assert getattr(indicator, name).endswith(".")


def test_the_number_of_indicators_is_that_of_their_numbers() -> None:
    assert len({number.removesuffix("h") for number in BY_NUMBER}) == COUNT


@pytest.mark.parametrize(
    ("number", "value", "wanted"),
    [
        ("7", "1", "day"),
        ("7", "0", "days"),
        ("7", "61+", "days"),
        ("11", "1", "day per 100 FTE"),
        ("11", "1.0", "days per 100 FTE"),
        ("17", "1 of 1", "organisation"),
        ("17", "1 of 2", "organisations"),
        ("10", "1%", ""),
    ],
)
def test_one_of_something_is_singular(number: str, value: str, wanted: str) -> None:
    assert BY_NUMBER[number].unit_after(value) == wanted


def test_a_table_of_many_indicators_says_of_awards_how_many_have_one_and_no_more() -> None:
    cell = replace(of(3, 12), text="3 of 12: 2 Carer Confident active, 1 Carer Positive engaged", markers=("[p]",))
    drawn = line({"2026-11": {"18": cell}}, ["2026-11"], BY_NUMBER["18"], exact=True, share=True)
    assert drawn.texts == ("25% (3 of 12) [p]",)
    assert drawn.chart.points[0].text == "25% (3 of 12: 2 Carer Confident active, 1 Carer Positive engaged) [p]"


def test_a_table_of_months_says_once_what_is_true_of_all_of_a_month() -> None:
    series = {
        "2026-10": {"7": BoardCell("5", markers=("[r]", "[p]")), "16": BoardCell("1", markers=("[p]",))},
        "2026-11": {"7": BoardCell("6"), "16": BoardCell("2")},
    }
    months = sorted(series)
    drawn = [line(series, months, BY_NUMBER[number], exact=True, share=True) for number in ("7", "16")]
    rows = [(row.marked(row.name), row.bare) for row in by_month(drawn, months)]
    assert rows == [("November 2026", ("6", "2")), ("October 2026 [p]", ("5 [r]", "1"))]


def of(have: int, among: int) -> BoardCell:
    return BoardCell(f"{have} of {among}", Rate(Fraction(have), Fraction(among)))


@pytest.mark.parametrize(
    ("number", "now", "then", "wanted"),
    [
        ("10", BoardCell("7%"), BoardCell("5%"), Change("up", "Up 2 percentage points from 5% in March 2026")),
        ("10", BoardCell("4%"), BoardCell("5%"), Change("down", "Down 1 percentage point from 5% in March 2026")),
        ("10", BoardCell("5%"), BoardCell("5%"), Change("same", "No change: 5% in March 2026")),
        ("16", BoardCell("3"), BoardCell("61+"), Change("down", "Down 58 days from 61+ in March 2026")),
        ("17", of(9, 12), of(7, 11), Change("up", "Up 2 from 7 of 11 in March 2026")),
        ("17", of(7, 12), of(7, 11), Change("same", "No change in number: 7 of 11 in March 2026")),
        ("17", BoardCell("yes"), BoardCell("no"), Change("up", "New since March 2026")),
        ("17", BoardCell("no"), BoardCell("yes"), Change("down", "In March 2026: in place")),
        ("10", BoardCell("[c]"), BoardCell("5%"), Change("", "")),
        ("10", BoardCell("7%"), None, Change("", "Nothing to compare with: no return for March 2026")),
        (
            "10",
            BoardCell("7%"),
            BoardCell("[c]"),
            Change("", "Nothing to compare with: the figure for March 2026 is not shown, to protect privacy"),
        ),
    ],
)
def test_a_change_says_its_direction_in_words(number: str, now: BoardCell, then: BoardCell, wanted: Change) -> None:
    assert change(BY_NUMBER[number], now, then, "2026-03") == wanted


def test_what_was_there_before_the_first_month_is_said_so() -> None:
    months = ["2026-01", "2026-02", "2026-03"]
    policy = BY_NUMBER["17"]

    def since(*texts: str) -> str:
        series = {month: {"17": BoardCell(text)} for month, text in zip(months, texts, strict=True) if text}
        return in_place_since(policy, series, months)

    assert since("no", "yes", "yes") == "Since February 2026"
    assert since("yes", "yes", "yes") == "Since January 2026 or before"
    assert since("", "yes", "yes") == "Since February 2026 or before"
    assert since("yes", "yes", "no") == ""


def test_each_marker_has_its_reason_for_whoever_hears_the_page() -> None:
    for sign, words in MEANINGS.items():
        shown = str(marked(f"{sign} [p]"))
        assert f'<abbr title="{words}">{sign}</abbr>' in shown
        assert f'<span class="govuk-visually-hidden"> {words}</span>' in shown
    assert str(marked("A & B <b> [c]")).startswith("A &amp; B &lt;b&gt; <abbr")
    assert marked(Markup("<b>7</b>")) == "<b>7</b>"
    assert str(marked("7 < 8")) == "7 &lt; 8"


def row(name: str, text: str, *markers: str) -> BoardRow:
    cells = {number: BoardCell("[c]", markers=markers) for number in BY_NUMBER}
    cells |= {"10": BoardCell(text, markers=markers), "17": BoardCell("yes", markers=markers)}
    return BoardRow(name, cells, name.lower())


def test_a_zero_of_an_organisation_whose_people_are_not_told_of_is_no_figure() -> None:
    rows = [row("A", "0.0%"), row("B", "5%")]
    ordered = in_order(rows, BY_NUMBER["10"], {"a"})
    assert [each.row.name for each in ordered.placed] == ["B"]
    assert [each.name for each in ordered.without[UNTOLD]] == ["A"]
    assert len(in_order(rows, BY_NUMBER["17"], {"a"}).placed) == 2
    parts = parted(rows, {"a"})
    assert [[each.name for each in part] for part in (parts.told, parts.untold)] == [["B"], ["A"]]


def test_organisations_stand_in_the_order_of_the_figure_with_those_without_apart() -> None:
    rows = [row("A", "[c]"), row("B", "5%"), row("C", "10%"), row("D", "[c]", "[p]"), row("E", "10%")]
    ordered = in_order(rows, BY_NUMBER["10"])
    assert [(each.row.name, each.width) for each in ordered.placed] == [("C", 100), ("E", 100), ("B", 50)]
    assert {why: [each.name for each in without] for why, without in ordered.without.items()} == {
        "[c]": ["A"],
        "[c] [p]": ["D"],
    }
    parts = parted(rows)
    names = [[each.name for each in part] for part in (parts.told, parts.small, parts.unreleased, parts.missing)]
    assert names == [["B", "C", "E"], ["A"], ["D"], []]
