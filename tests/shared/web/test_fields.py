"""Fields take what they say and speak plainly."""

from __future__ import annotations

import datetime as dt
import decimal
from contextlib import suppress
from typing import Any

import marshmallow as ma
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.web import fields
from shared.web.schemas import Schema

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inside: st.lists(inside, max_size=2)
)


def problem(field: ma.fields.Field[Any], value: Any) -> str:
    with pytest.raises(ma.ValidationError) as refusal:
        field.deserialize(value)
    messages = refusal.value.messages
    return str(messages[0] if isinstance(messages, list) else messages)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31)))
def test_every_day_of_three_centuries_is_taken(day: dt.date) -> None:
    assert fields.Date().deserialize(day.isoformat()) == day


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2026-2-3", "20260313", "2026-W11-5", "13/03/2026", "", "٢٠٢٦-٠٣-١٣", 20260313, None]
)
def test_what_is_no_iso_date_is_refused(text: Any) -> None:
    problem(fields.Date(), text)


@pytest.mark.parametrize("text", ["1899-12-31", "2201-01-01", "9999-12-31", "0001-01-01"])
def test_days_outside_three_centuries_are_refused_with_the_bounds(text: str) -> None:
    assert problem(fields.Date(), text) == "The date must be between 1900 and 2200"


def test_text_is_trimmed_and_bounded() -> None:
    field = fields.Text(max=5)
    assert field.deserialize("  abc ") == "abc"
    assert problem(field, "abcdef") == "Use 5 characters or fewer"
    assert problem(field, "a\nb") == "Enter this on one line"
    assert problem(fields.Text(max=5, label="your reason"), "   ") == "Enter your reason"


@pytest.mark.parametrize("text", ["", " ", "\u200b\u200b", "\u2060", "\ufeff", "\u00ad", "\u3164", "\u2800", "\u0301"])
def test_text_that_shows_nothing_is_no_text(text: str) -> None:
    assert problem(fields.Text(max=5, label="a name"), text) == "Enter a name"


def test_text_of_several_lines_has_one_kind_of_line_end() -> None:
    assert fields.Text(max=50, lines=True).deserialize("a\r\nb") == "a\nb"


@given(st.decimals(-(10**11), 10**11, places=6))
def test_a_decimal_goes_in_and_out_exactly(number: decimal.Decimal) -> None:
    field = fields.Decimal()
    text = format(number, "f")
    assert field.deserialize(text) == number
    assert field._serialize(number, "a", None) == text


@pytest.mark.parametrize("value", ["1e9", "NaN", "Infinity", "1,5", "", 1.5, True, "9" * 13, "0.1234567"])
def test_what_is_no_plain_decimal_is_refused(value: Any) -> None:
    problem(fields.Decimal(), value)


@pytest.mark.parametrize("value", ["1.5", 1.5, True, "", "٣", 10**12, -1, [], {}])
def test_what_is_no_whole_number_in_bounds_is_refused(value: Any) -> None:
    problem(fields.Whole(max=100), value)


def test_a_whole_number_may_come_as_text_from_a_form() -> None:
    assert fields.Whole(max=100).deserialize("7") == 7


def test_an_identifier_has_one_form() -> None:
    field = fields.Identifier()
    text = "0D4F1C62-58A4-4B4E-9D0E-5F2F3C1D7A10"
    assert field.deserialize(text) == text.lower()
    for other in (f"{{{text}}}", f"urn:uuid:{text}", text.replace("-", ""), 5, None):
        problem(field, other)


@given(ANYTHING)
def test_no_value_breaks_a_field(value: Any) -> None:
    every = [
        fields.Date(),
        fields.Text(max=5),
        fields.Choice({"a": "A"}),
        fields.Identifier(),
        fields.Whole(),
        fields.Flag(),
        fields.Decimal(),
    ]
    for field in every:
        with suppress(ma.ValidationError):
            field.deserialize(value)


class Sample(Schema):
    day = fields.Date(required=True, label="the day you need")
    reason = fields.Text(max=10, required=True, error_messages={"required": "Say why"})


def test_what_is_missing_is_asked_for_by_its_label_or_in_its_own_words() -> None:
    assert Sample().validate({}) == {"day": ["Enter the day you need"], "reason": ["Say why"]}


def test_an_unknown_field_is_refused() -> None:
    found = Sample().validate({"day": "2026-03-13", "reason": "x", "role": "hr"})
    assert found == {"role": ["There is no field of this name here. Take it out"]}


@pytest.mark.parametrize("body", [None, [], "text", 5])
def test_what_is_no_object_is_refused(body: Any) -> None:
    assert Sample().validate(body) == {"_schema": ["Send an object with named fields"]}
