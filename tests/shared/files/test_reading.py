from __future__ import annotations

from io import BytesIO

import pytest

from shared.files.columns import Column
from shared.files.reading import UnusableFileError, check_encoding, rows_of

COLUMNS = [
    Column(name, f"The {name}.", "x", str, needed=name != "group")
    for name in ("organisation", "name", "nation", "fte", "group")
]
HEADER = ",".join(column.name for column in COLUMNS).encode()


def rows(content: bytes) -> list[tuple[int, list[str]]]:
    return list(rows_of(BytesIO(content), COLUMNS)[1])


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b" \r\n"])
def test_an_empty_file_is_unusable(content: bytes) -> None:
    with pytest.raises(UnusableFileError, match="empty"):
        check_encoding(BytesIO(content))


def test_another_encoding_is_unusable_and_the_line_is_named() -> None:
    with pytest.raises(UnusableFileError, match="Line 3 is not UTF-8"):
        check_encoding(BytesIO(HEADER + b"\nfine\nZo\xeb\n"))
    with pytest.raises(UnusableFileError, match="UTF-16"):
        check_encoding(BytesIO("organisation".encode("utf-16")))
    with pytest.raises(UnusableFileError, match="Line 2 has a null"):
        check_encoding(BytesIO(HEADER + b"\na\x00b\n"))


def test_a_line_without_end_does_not_fill_the_memory() -> None:
    with pytest.raises(UnusableFileError, match="65,536"):
        check_encoding(BytesIO(b"x" * 100_000))


def test_a_byte_order_mark_is_no_part_of_the_first_column() -> None:
    content = b"\xef\xbb\xbf" + HEADER + b"\r\na,b\r\n"
    check_encoding(BytesIO(content))
    header, found = rows_of(BytesIO(content), COLUMNS)
    assert header[0] == "organisation"
    assert list(found) == [(2, ["a", "b"])]


def test_column_names_are_read_whatever_their_case_and_order() -> None:
    mixed = b",".join(reversed(HEADER.upper().split(b",")))
    assert rows_of(BytesIO(mixed), COLUMNS)[0][-1] == "organisation"


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (HEADER.replace(b"nation,", b"").replace(b"fte,", b""), "missing: nation, fte"),
        (HEADER + b",shoe size", "not known: shoe size"),
        (HEADER + b",", r"not known: \(no name\)"),
        (HEADER + b",name", "there twice: name"),
        (HEADER.replace(b",", b";"), "not parted by commas"),
        (HEADER.replace(b",", b"\t"), "not parted by commas"),
    ],
)
def test_a_header_that_will_not_do_is_told_whole(header: bytes, told: str) -> None:
    with pytest.raises(UnusableFileError, match=told):
        rows_of(BytesIO(header + b"\n"), COLUMNS)


def test_the_optional_columns_may_be_left_out() -> None:
    needed = b",".join(column.name.encode() for column in COLUMNS if column.needed)
    assert b"group" not in needed
    assert len(rows_of(BytesIO(needed), COLUMNS)[0]) == 4


def test_rows_begin_on_the_line_that_is_named_also_after_long_cells_and_empty_lines() -> None:
    content = HEADER + b'\n"two\nlines",x\n\n , ,\nlast,y\n'
    assert rows(content) == [(2, ["two\nlines", "x"]), (6, ["last", "y"])]


@pytest.mark.parametrize("broken", [b'a,"b\nc,d\n', b'a,"b"c,d\n'])
def test_a_quotation_that_is_not_closed_is_told_with_its_line(broken: bytes) -> None:
    with pytest.raises(UnusableFileError, match="From line 3 on the file is not CSV"):
        rows(HEADER + b"\nfine,x\n" + broken)
