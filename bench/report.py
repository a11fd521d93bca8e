"""What was measured, beside its target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One measurement. ``met``: None where there is no target to meet."""

    what: str
    where: str
    measured: str
    target: str
    met: bool | None
    detail: str = ""


class Report:
    """Prints each line as it comes, and a count at the end."""

    def __init__(self, tell: Callable[[str], None] = print) -> None:
        self._tell = tell
        self._lines: list[Line] = []
        self._tell(f"{'what':<46}{'where':<11}{'measured':>11}{'target':>12}  verdict")

    def at_least(self, what: str, where: str, ratio: float, target: float, detail: str = "") -> None:
        """A ratio that should not be below the target."""
        self._add(Line(what, where, f"{ratio:.1f}x", f">= {target:g}x", ratio >= target, detail))

    def at_most(self, what: str, where: str, value: float, target: float, unit: str, detail: str = "") -> None:
        """A value that should not be above the target. ``unit`` is ``x`` for a ratio."""
        space = "" if unit == "x" else " "
        measured, limit = f"{value:.2f}{space}{unit}", f"<= {target:g}{space}{unit}"
        self._add(Line(what, where, measured, limit, value <= target, detail))

    def told(self, what: str, where: str, measured: str, detail: str = "") -> None:
        """A figure without a target."""
        self._add(Line(what, where, measured, "-", None, detail))

    def skipped(self, what: str, reason: str) -> None:
        """Something that could not be measured here."""
        self._tell(f"{what:<46}skipped: {reason}")

    def end(self, took: float) -> None:
        """Say how it went."""
        aimed = [line for line in self._lines if line.met is not None]
        met = sum(1 for line in aimed if line.met)
        self._tell(f"\n{met} of {len(aimed)} targets met, in {took:.0f} s")

    def _add(self, line: Line) -> None:
        self._lines.append(line)
        verdict = {True: "met", False: "NOT MET", None: ""}[line.met]
        self._tell(f"{line.what:<46}{line.where:<11}{line.measured:>11}{line.target:>12}  {verdict}")
        if line.detail:
            self._tell(f"    {line.detail}")
