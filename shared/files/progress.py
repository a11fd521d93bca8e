"""How an import shows itself: problems in the order of the file's lines, and a progress bar where somebody watches."""

from __future__ import annotations

import heapq
from types import TracebackType
from typing import Final, Protocol, Self

import click
from rich.console import Console as RichConsole
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from shared.files.rows import Problem


class Watcher(Protocol):
    """Who is told how an import goes on."""

    def stage(self, words: str, total: int) -> None:
        """A stage begins; ``total`` rows, 0 where that is not known yet."""
        ...

    def advance(self, rows: int) -> None:
        """So many rows more are done."""
        ...

    def problem(self, problem: Problem) -> None:
        """A row is not imported."""
        ...


MOST_PROBLEMS: Final = 10_000
"""Problems that are told, those of the first lines; the rest is counted."""


class FirstProblems:
    """The problems of a file's first lines, however they come: some are found only after every row was read."""

    def __init__(self, most: int = MOST_PROBLEMS) -> None:
        self._most = most
        self._kept: list[tuple[int, int, Problem]] = []
        self._number = 0

    def add(self, problem: Problem) -> None:
        """Keep it, or else the ones before it."""
        self._number += 1
        entry = (-problem.line, -self._number, problem)
        if len(self._kept) < self._most:
            heapq.heappush(self._kept, entry)
        else:
            heapq.heappushpop(self._kept, entry)

    def in_order(self) -> list[Problem]:
        """By line; those of one line in the order in which they came."""
        return [problem for _, _, problem in sorted(self._kept, key=lambda entry: (-entry[0], -entry[1]))]

    @property
    def left_out(self) -> int:
        """How many there are besides, on later lines."""
        return self._number - len(self._kept)


class Console:
    """Problems on standard output, once the import is over or breaks off; a progress bar on standard error.

    There is no bar where standard error is no terminal.
    """

    def __init__(self) -> None:
        self._problems = FirstProblems()
        console = RichConsole(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()
        for problem in self._problems.in_order():
            column = f", {problem.column}" if problem.column else ""
            click.echo(f"Line {problem.line}{column}: {problem.message}")
        if self._problems.left_out:
            click.echo(f"{self._problems.left_out:,} more problems are on later lines. Correct these first.")

    def stage(self, words: str, total: int) -> None:
        """Another stage begins."""
        if self._task is not None:
            self._progress.remove_task(self._task)
        self._task = self._progress.add_task(words, total=total or None)

    def advance(self, rows: int) -> None:
        """So many rows more are done."""
        if self._task is not None:
            self._progress.advance(self._task, rows)

    def problem(self, problem: Problem) -> None:
        """A row is not imported."""
        self._problems.add(problem)
