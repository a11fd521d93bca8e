"""What was measured, beside its target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One measurement. ``met``: None where there is no target to meet."""

    what: str
    substrate: str
    measured: str
    target: str
    met: bool | None
    detail: str = ""


class Report:
    """Prints each line as it comes, and a count at the end."""

    def __init__(self, tell: Callable[[str], None] = print) -> None:
        self._tell = tell
        self._lines: list[Line] = []
        self._tell(f"{'what':<44}{'substrate':<12}{'measured':>12}{'target':>12}  verdict")

    def add(self, line: Line) -> None:
        """Print a line."""
        self._lines.append(line)
        verdict = {True: "met", False: "NOT MET", None: "no target"}[line.met]
        self._tell(f"{line.what:<44}{line.substrate:<12}{line.measured:>12}{line.target:>12}  {verdict}")
        if line.detail:
            self._tell(f"    {line.detail}")

    def at_least(self, what: str, substrate: str, ratio: float, target: float | None, detail: str) -> None:
        """A ratio that should not be below the target."""
        met = None if target is None else ratio >= target
        self.add(Line(what, substrate, f"{ratio:.1f}x", f">= {target:g}x" if target else "-", met, detail))

    def at_most(self, what: str, substrate: str, value: float, target: float, unit: str, detail: str = "") -> None:
        """A value that should not be above the target."""
        shown = f"{value:.1f} {unit}" if unit != "x" else f"{value:.2f}x"
        self.add(Line(what, substrate, shown, f"<= {target:g} {unit}".replace(" x", "x"), value <= target, detail))

    def end(self, took: float) -> None:
        """Say how it went."""
        with_target = [line for line in self._lines if line.met is not None]
        met = sum(1 for line in with_target if line.met)
        self._tell(f"\n{met} of {len(with_target)} targets met, in {took:.0f} s")
