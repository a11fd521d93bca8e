"""Lists by pages: which page an address asks for, what is before and after it, and what is said where there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar
from urllib.parse import urlencode

from flask import request

from shared.kernel.errors import InvalidError, NotFoundError

T = TypeVar("T")

LAST: Final = 99_999
"""The highest number of a page that an address can ask for."""

Read = Callable[[int, int], Sequence[T]]
"""Reads at most so many (the limit) of a list after so many (the offset)."""


class NotAPageError(InvalidError):
    """What the address gives as the number of a page is none."""

    code = "not-a-page"
    status = 400


class NoSuchPageError(NotFoundError):
    """The list ends before the page that the address asks for. ``data``: ``page``, the last that there is."""

    code = "no-such-page"


@dataclass(frozen=True)
class Paged(Generic[T]):
    """A page of a list. ``number`` counts from 1; ``is_last``: nothing comes after it."""

    rows: Sequence[T]
    number: int
    is_last: bool

    def turning(self) -> dict[str, str | None]:
        """The addresses of the pages before and after this one, None where there is none; the rest stays as asked."""
        return {
            "previous": address_of(self.number - 1) if self.number > 1 else None,
            "next": None if self.is_last else address_of(self.number + 1),
        }


def asked_page() -> int:
    """The page that the address asks for, the first where it names none; raises ``NotAPageError``."""
    text = request.args.get("page", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(LAST)) else 0
    if not number:
        raise NotAPageError(f"The address asks for a page that is not a number from 1 to {LAST}.", page=1)
    return number


def offset(query: Mapping[str, int], size: int) -> int:
    """Where the page begins that a query of the API asks for."""
    return (query["page"] - 1) * size


def paged(read: Read[T], size: int) -> Paged[T]:
    """The page of a list that the address asks for, of so many rows.

    Raises ``NotAPageError``, and ``NoSuchPageError`` beyond the last page; an empty list has one page.
    """
    number = asked_page()
    found = read(size + 1, (number - 1) * size)
    if not found and number > 1:
        last = _last(read, size, number)
        raise NoSuchPageError(f"There is no page {number}. The last is page {last}.", page=last)
    return Paged(found[:size], number, len(found) <= size)


def address_of(number: int) -> str:
    """The address of another page of the list that was asked for."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "page"]
    return f"?{urlencode([*kept, ('page', str(number))])}"


def _last(read: Read[T], size: int, beyond: int) -> int:
    """The last page with anything on it, halving what is left: the list is asked a few times, and never counted."""
    there, gone = 1, beyond
    while gone - there > 1:
        middle = (there + gone) // 2
        there, gone = (middle, gone) if read(1, (middle - 1) * size) else (there, middle)
    return there
