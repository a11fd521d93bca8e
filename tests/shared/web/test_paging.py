"""Pages of lists: which one is asked for, what is beside it, and what is said where there is none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from flask import Flask

from shared.web.paging import NoSuchPageError, NotAPageError, Paged, paged

LIST = list(range(25))


def asked(address: str, size: int = 10, whole: Sequence[int] = LIST) -> Paged[int]:
    with Flask("x").test_request_context(address):
        return paged(lambda most, start: whole[start : start + most], size)


def turned(address: str) -> dict[str, str | None]:
    with Flask("x").test_request_context(address):
        return paged(lambda most, start: LIST[start : start + most], 10).turning()


def test_a_page_has_its_rows_and_knows_whether_it_is_the_last() -> None:
    assert asked("/") == Paged(LIST[:10], 1, is_last=False)
    assert asked("/?page=3") == Paged(LIST[20:], 3, is_last=True)
    assert asked("/", size=25) == Paged(LIST, 1, is_last=True)


def test_an_empty_list_has_one_page() -> None:
    assert asked("/", whole=[]) == Paged([], 1, is_last=True)


def test_the_pages_beside_it_keep_what_else_was_asked() -> None:
    assert turned("/") == {"previous": None, "next": "?page=2"}
    assert turned("/?on-day=3&page=2&x=a%26b") == {
        "previous": "?on-day=3&x=a%26b&page=1",
        "next": "?on-day=3&x=a%26b&page=3",
    }
    assert turned("/?page=3") == {"previous": "?page=2", "next": None}


@pytest.mark.parametrize(("rows", "last"), [(0, 1), (1, 1), (10, 1), (11, 2), (25, 3), (990, 99)])
def test_beyond_the_last_page_is_told_which_is_the_last(rows: int, last: int) -> None:
    with pytest.raises(NoSuchPageError) as refusal:
        asked("/?page=12345", whole=range(rows))
    assert refusal.value.message == f"There is no page 12345. The last is page {last}."
    assert refusal.value.data == {"page": last}


@pytest.mark.parametrize("page", ["", "0", "-1", "1.5", "x", "٣", "100000", "1e3", " 2"])
def test_what_is_no_number_of_a_page_is_told(page: str) -> None:
    with pytest.raises(NotAPageError, match="not a number from 1 to 99999"):
        asked(f"/?page={page}")
