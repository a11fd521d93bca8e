"""Forms: the schema of the API loads what was typed, and errors stand beside their fields."""

from __future__ import annotations

import datetime as dt
import re

from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.errors import UnavailableError
from shared.web.forms import Form
from tests.shared.web.errands.web.schemas import WriteSchema
from tests.shared.web.fakes import MemoryWiring
from tests.web_client import WebClient, words_of

GOOD = {"day-day": ["13"], "day-month": ["3"], "day-year": ["2026"], "part": ["am"]}


def form(typed: dict[str, list[str]]) -> Form:
    return Form(WriteSchema(), typed)


def test_three_parts_make_a_date() -> None:
    loaded = form(GOOD)
    assert loaded.valid
    assert loaded.data["day"] == dt.date(2026, 3, 13)


def test_empty_fields_are_absent_ones() -> None:
    loaded = form(GOOD | {"note": ["  "], "weight": [""], "stops-0-day-day": [""], "tags": [""]})
    assert loaded.valid
    assert loaded.data.keys() == {"day", "part", "urgent"}


def test_ticks_lists_and_rows_are_loaded() -> None:
    loaded = form(
        GOOD
        | {"tags": ["heavy", "far"], "urgent": ["true"], "weight": ["7.5"], "stops-0-minutes": ["20"]}
        | {"stops-0-day-day": ["14"], "stops-0-day-month": ["3"], "stops-0-day-year": ["2026"]}
    )
    assert loaded.errors == {}
    assert loaded.data["tags"] == ["heavy", "far"]
    assert loaded.data["urgent"] is True
    assert loaded.data["stops"] == [{"day": dt.date(2026, 3, 14), "minutes": 20}]


def test_an_error_in_a_row_is_told_at_that_row_though_earlier_ones_are_empty() -> None:
    loaded = form(GOOD | {"stops-0-minutes": [""], "stops-2-minutes": ["0"]})
    assert loaded.error("stops-2-day") == "Enter the day of the stop"
    assert loaded.error("stops-2-minutes") == "Enter a number from 1 to 600"
    assert {"text": "Enter the day of the stop", "href": "#stops-2-day-day"} in loaded.summary()


def test_a_date_with_a_missing_part_says_which() -> None:
    assert form(GOOD | {"day-month": [""]}).error("day") == "The date must include a month"
    assert form(GOOD | {"day-month": [""], "day-year": [""]}).error("day") == "The date must include a month and a year"


def test_a_date_that_does_not_exist_is_refused_and_shown_again_as_typed() -> None:
    loaded = form(GOOD | {"day-day": ["31"], "day-month": ["2"]})
    assert loaded.error("day") == "Enter a real date: February 2026 has 28 days"
    assert loaded.value("day-day") == "31"
    assert loaded.summary() == [{"text": "Enter a real date: February 2026 has 28 days", "href": "#day-day"}]


def test_a_field_that_the_form_does_not_have_is_refused() -> None:
    loaded = form(GOOD | {"role": ["hr"]})
    assert not loaded.valid
    assert loaded.general == ["There is no field of this name here. Take it out"]


DATES = ["day", "day-day", "day-year", "stops-0-day-day", "stops-999-day", "stops-٣-day", "note-day"]
OTHERS = ["part", "stops", "stops-0", "stops-1-minutes", "tags", "tags-0", "urgent", "0", "-", "_schema", "a-b"]
NAMES = st.sampled_from(DATES + OTHERS)


@given(st.dictionaries(NAMES | st.text(max_size=8), st.lists(st.text(max_size=6), min_size=1, max_size=3), max_size=8))
def test_whatever_is_typed_the_form_answers(typed: dict[str, list[str]]) -> None:
    loaded = form(typed)
    assert loaded.valid or loaded.summary()
    assert all(entry["text"] for entry in loaded.summary())


def test_a_page_shows_errors_above_and_beside_and_keeps_what_was_typed(carer: WebClient) -> None:
    answer = carer.post_form("/errands/new", {"day-day": "31", "day-month": "2", "day-year": "2026", "note": "<b>&"})
    page = answer.text
    assert answer.status_code == 422
    assert "<title>Error: Write down an errand – Working Carers</title>" in page
    assert 'href="#day-day"' in page
    assert 'href="#part"' in page
    assert 'id="part"' in page
    assert "&lt;b&gt;&amp;" in page
    assert "<b>&" not in page
    assert page.count("Choose how much of the day") == 2


def test_a_rules_refusal_is_shown_beside_its_field(carer: WebClient) -> None:
    answer = carer.post_form("/errands/new", {"day": dt.date(2026, 3, 14), "part": "am"})
    assert answer.status_code == 422
    assert words_of(answer.text).count("Nobody runs errands on a Saturday. Choose another day.") == 2


def test_a_second_click_does_nothing_more(carer: WebClient, wiring: MemoryWiring) -> None:
    fields = {"day": dt.date(2026, 3, 13), "part": "am"}
    for _ in range(2):
        assert carer.post_form("/errands/new", fields, key="once").status_code == 303
    assert len(wiring.application.done) == 1


def test_each_form_is_made_with_its_own_key(carer: WebClient) -> None:
    keys = [re.findall(r'name="command_key" value="([^"]+)"', carer.get("/errands/new").text) for _ in range(2)]
    assert len({key for found in keys for key in found}) == 2


def test_a_form_without_a_key_is_refused(carer: WebClient, wiring: MemoryWiring) -> None:
    data = {"csrf_token": carer.csrf(), "part": "am", "day-day": "13", "day-month": "3", "day-year": "2026"}
    assert carer.http.post("/errands/new", data=data).status_code == 400
    assert wiring.application.done == []


def test_what_is_unavailable_says_to_try_again(carer: WebClient, wiring: MemoryWiring) -> None:
    wiring.application.fail = UnavailableError("The records cannot be reached just now. Try again in a minute.")
    answer = carer.post_form("/errands/new", {"day": dt.date(2026, 3, 13), "part": "am"})
    assert answer.status_code == 503
    assert "Try again in a minute" in answer.text


def test_the_summary_follows_the_order_of_the_fields_whatever_was_found_first() -> None:
    loaded = form(GOOD | {"day-day": ["31"], "day-month": ["2"]})
    loaded.errors = {}
    for name in ("part", "day"):
        loaded.refuse(f"Wrong {name}", field=name)
    assert [each["text"] for each in loaded.summary()] == ["Wrong day", "Wrong part"]


def test_a_month_can_be_typed_in_letters_on_a_phone(carer: WebClient) -> None:
    keys = dict(re.findall(r'<input[^>]* id="day-(\w+)"[^>]*inputmode="(\w+)"', carer.get("/errands/new").text))
    assert keys == {"day": "numeric", "month": "text", "year": "numeric"}
