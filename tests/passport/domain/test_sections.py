"""What sections hold, and the digest of it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.passport.domain.sections import (
    FLEXIBILITIES,
    KINDS,
    LONGEST_TEXT,
    MOST_FLEXIBILITIES,
    PATTERNS,
    SECTIONS,
    TEXTS,
    Flexibility,
    Value,
    changed,
    digest_of,
    flexibilities_in,
    from_text,
    missing,
    plain,
    to_text,
    with_section,
)
from shared.kernel.errors import InvalidError

PLACE = Flexibility("place", "At home on Fridays")

texts = st.text(min_size=1, max_size=40).filter(str.strip)
days = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))
flexibilities = st.builds(Flexibility, st.sampled_from(KINDS), texts, review_by=days)
contents = st.fixed_dictionaries(
    {},
    optional={
        **{name: texts.map(str.strip) for name in TEXTS},
        "pattern": st.sampled_from(PATTERNS),
        FLEXIBILITIES: st.lists(flexibilities, min_size=1, max_size=3).map(
            lambda some: plain(FLEXIBILITIES, tuple(some))
        ),
    },
)


@pytest.mark.parametrize(
    ("section", "value", "code"),
    [
        ("diagnosis", "x", "no-such-section"),
        ("impact", "x" * (LONGEST_TEXT + 1), "too-long"),
        ("impact", (PLACE,), "invalid"),
        ("pattern", "often", "invalid"),
        ("flexibilities", "At home", "invalid"),
        ("flexibilities", (PLACE,) * (MOST_FLEXIBILITIES + 1), "too-many"),
        ("flexibilities", (Flexibility("garden", "x"),), "invalid"),
        ("flexibilities", (Flexibility("place", "  "),), "invalid"),
        ("flexibilities", (Flexibility("place", "x" * 501),), "too-long"),
        (
            "flexibilities",
            (Flexibility("place", "x", date(2026, 3, 2), date(2026, 3, 1)),),
            "ends-before-it-starts",
        ),
        (
            "flexibilities",
            (Flexibility("place", "x", date(2026, 3, 2), None, date(2026, 3, 1)),),
            "ends-before-it-starts",
        ),
    ],
)
def test_what_is_no_value_of_a_section_is_refused_without_repeating_it(section: str, value: Value, code: str) -> None:
    with pytest.raises(InvalidError) as refusal:
        plain(section, value)
    assert refusal.value.code_ == code
    assert "garden" not in refusal.value.message


def test_an_empty_value_is_none() -> None:
    assert [plain(section, "  ") for section in SECTIONS] == [None] * len(SECTIONS)
    assert plain(FLEXIBILITIES, ()) is None


def test_too_little_is_written_without_its_effect_at_work_and_what_was_agreed_or_not() -> None:
    assert missing({}) == ("impact", "flexibilities")
    assert missing({"impact": "x"}) == ("flexibilities",)
    assert missing({"impact": "x", "not-agreed": "y"}) == ()
    assert missing({"impact": "x", "flexibilities": [{}]}) == ()
    assert missing({"flexibilities": [{}]}) == ("impact",)


@given(contents)
def test_the_digest_does_not_depend_on_the_order_in_which_it_was_written(content: dict[str, Any]) -> None:
    assert digest_of(dict(reversed(content.items()))) == digest_of(content)


@given(contents, contents)
def test_two_contents_have_one_digest_exactly_where_they_are_the_same(one: dict[str, Any], two: dict[str, Any]) -> None:
    assert (digest_of(one) == digest_of(two)) == (one == two)
    assert (changed(one, two) == ()) == (one == two)


@given(contents, st.sampled_from(SECTIONS))
def test_emptying_a_section_takes_it_out_and_leaves_the_rest(content: dict[str, Any], section: str) -> None:
    emptied = with_section(content, section, None)
    assert section not in emptied
    assert {name: value for name, value in content.items() if name != section} == emptied


@given(contents)
def test_what_is_sealed_as_text_comes_back_as_it_was(content: dict[str, Any]) -> None:
    for value in content.values():
        text = to_text(value)
        assert text is not None
        assert from_text(text) == value
        assert json.loads(text) == value
    assert plain(FLEXIBILITIES, flexibilities_in(content)) == content.get(FLEXIBILITIES)
    assert (to_text(None), from_text(None)) == (None, None)
