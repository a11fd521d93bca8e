"""JSON bodies are read strictly."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.errors import InvalidError
from shared.web.json_body import DEPTH, MalformedError, parse_json

PLAIN = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_categories=["Cc", "Cs"]), max_size=20)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False, allow_infinity=False)
    | PLAIN,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(PLAIN, inside, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_what_json_writes_is_read_back(value: Any) -> None:
    assert parse_json(json.dumps(value).encode()) == value


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"{'a': 1}",
        b'{"a": 1,}',
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": ' + b"9" * 30 + b"}",
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a": 1, "a": 2}',
        b'{"a": {"b": 1, "b": 1}}',
        b'\xef\xbb\xbf{"a": 1}',
        b'{"a": "\xff"}',
        b'{"a": "\xc0\xaf"}',
        b'{"a": "\x00"}',
        b"1 2",
    ],
)
def test_what_is_not_strict_json_is_refused(raw: bytes) -> None:
    with pytest.raises(MalformedError):
        parse_json(raw)


@pytest.mark.parametrize(
    "text", ["\\u0000", "\\u001b", "\\u0085", "\\u202e", "\\u2066", "\\ud800", "\\udfff x", "\u202d", "\u009f"]
)
def test_characters_that_nobody_types_are_refused_in_values_and_names(text: str) -> None:
    for raw in (f'{{"a": "{text}"}}', f'{{"{text}": 1}}', f'["x", ["{text}"]]', f'"{text}"'):
        with pytest.raises(InvalidError) as refusal:
            parse_json(raw.encode())
        assert refusal.value.code_ in ("unwanted-characters", "malformed-json")


def test_new_lines_tabs_and_other_languages_pass() -> None:
    text = "Llangefni\n\tÀà – ‘quoted’ שלום 👍"
    assert parse_json(json.dumps({"a": text}).encode()) == {"a": text}


def test_twenty_levels_pass_and_one_more_does_not() -> None:
    assert parse_json(b"[" * DEPTH + b"]" * DEPTH)
    with pytest.raises(InvalidError, match="nested"):
        parse_json(b"[" * (DEPTH + 1) + b"]" * (DEPTH + 1))


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
def test_sixty_four_kilobytes_of_brackets_are_refused_quietly(opening: bytes) -> None:
    with pytest.raises(InvalidError):
        parse_json(opening * (65536 // len(opening)))
