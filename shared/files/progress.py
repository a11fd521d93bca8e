"""How an import shows itself: problems line by line, and a progress bar where somebody watches."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self

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


class Console:
    """Problems on standard output; on standard error a progress bar, none where that is no terminal."""

    def __init__(self) -> None:
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
        column = f", {problem.column}" if problem.column else ""
        click.echo(f"Line {problem.line}{column}: {problem.message}")
