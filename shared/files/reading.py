"""A file of rows as a file: its encoding, its header, its rows with the lines on which they begin."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final, Protocol

from shared.files.columns import Column
from shared.kernel.errors import InvalidError

_CHUNK: Final = 1 << 16
_WIDE: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class _Reader(Protocol):
    """What ``csv.reader`` makes."""

    @property
    def line_num(self) -> int: ...

    def __next__(self) -> list[str]: ...


class UnusableFileError(InvalidError):
    """The file as a whole cannot be read; nothing of it was imported."""

    code = "unusable-file"


def check_encoding(file: BinaryIO) -> None:
    """Raise UnusableFileError where the file is empty or not UTF-8; names the line."""
    file.seek(0)
    if file.read(2) in _WIDE:
        raise UnusableFileError("The file is in UTF-16. Save it as ‘CSV UTF-8’ and import that.")
    file.seek(0)
    empty = True
    for number, line in enumerate(_bounded_lines(file), start=1):
        empty = empty and not line.removeprefix(codecs.BOM_UTF8).strip()
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            raise UnusableFileError(
                f"Line {number} is not UTF-8. Save the file as ‘CSV UTF-8’ and import that."
            ) from None
        if b"\0" in line:
            raise UnusableFileError(f"Line {number} has a null character: this is no text. Export it again as CSV.")
    if empty:
        raise UnusableFileError("The file is empty. Export it again with a header and its rows.")


def rows_of(file: BinaryIO, columns: Sequence[Column]) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The names of the file's columns, and its rows as (line on which it begins, cells); empty rows are passed over.

    Reads from the beginning, a little at a time. Raises UnusableFileError where the header will not do or a
    quotation is not closed.
    """
    file.seek(0)
    reader = csv.reader(_decoded(file), strict=True)
    header = [name.strip().lower() for name in next(_records(reader))[1]]
    _check_header(header, columns)
    return header, _records(reader)


def _records(reader: _Reader) -> Iterator[tuple[int, list[str]]]:
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise UnusableFileError(
                f"From line {line} on the file is not CSV. Look there for a quotation mark that is not closed, "
                "and write one inside a cell twice."
            ) from None
        if any(cell.strip() for cell in cells):
            yield line, cells


def _decoded(file: BinaryIO) -> Iterator[str]:
    for number, line in enumerate(file):
        yield line.decode("utf-8" if number else "utf-8-sig")


def _check_header(header: list[str], columns: Sequence[Column]) -> None:
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        raise UnusableFileError("The columns are not parted by commas. Save the file as ‘CSV (comma delimited)’.")
    names, complaints = [column.name for column in columns], []
    missing = [column.name for column in columns if column.needed and column.name not in header]
    if missing:
        complaints.append(f"These columns are missing: {', '.join(missing)}.")
    unknown = [name or "(no name)" for name in header if name not in names]
    if unknown:
        complaints.append(f"These columns are not known: {', '.join(unknown)}.")
    twice = sorted({name for name in header if header.count(name) > 1 and name in names})
    if twice:
        complaints.append(f"These columns are there twice: {', '.join(twice)}.")
    if complaints:
        raise UnusableFileError(f"{' '.join(complaints)} The first line must name the columns: {', '.join(names)}.")


def _bounded_lines(file: BinaryIO) -> Iterator[bytes]:
    """Lines, none of them longer in memory than the whole of a sensible row."""
    while line := file.readline(_CHUNK):
        if not line.endswith(b"\n") and len(line) == _CHUNK:
            raise UnusableFileError(
                "A line has more than 65,536 characters: this is no such file. Export it again as CSV."
            )
        yield line
