"""What importing any file has in common: its rows, checked, with how far it is; and what the import came to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from shared.files.columns import Column
from shared.files.progress import Watcher
from shared.files.reading import check_encoding, rows_of
from shared.files.rows import Problem, RowReader


@dataclass
class Imported:
    """What an import came to, in rows."""

    rows: int = 0
    bad: int = 0
    new: int = 0
    unchanged: int = 0


def checked_rows(
    file: BinaryIO, columns: Sequence[Column], watcher: Watcher, *, dry: bool
) -> Iterator[tuple[int, dict[str, object] | list[Problem]]]:
    """Each row of a file by its line: what its cells say, or what is wrong with them. The watcher is told of each.

    Raises UnusableFileError, before the first row, where the file cannot be read.
    """
    check_encoding(file)
    watcher.stage("Counting", 0)
    total = sum(1 for _ in rows_of(file, columns)[1])
    watcher.stage("Checking" if dry else "Importing", total)
    header, rows = rows_of(file, columns)
    reader = RowReader(columns, header)
    for line, cells in rows:
        watcher.advance(1)
        yield line, reader.values(line, cells)
