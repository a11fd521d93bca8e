"""Run the tests in their parts, each in a pytest of its own, and tell what each part did, skipped and took.

    python .ci/parts.py [PART...]

Parts are apart because they disturb each other: workers patch the interpreter for green threads, browsers run event
loops, and whole systems want both cores. Those that mostly wait run beside each other: whole systems on PostgreSQL,
one at a time because each takes half of the connections that a server gives, and whole systems without it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[1]
NO_TESTS = 5
"""What pytest ends with where it collected nothing."""


@dataclass(frozen=True)
class Part:
    """A share of the tests: its marks, pytest's further arguments, and its budget in minutes on two cores.

    ``beside``: parts after one another that name the same run at the same time.
    """

    name: str
    marks: str
    minutes: int
    arguments: tuple[str, ...] = ()
    beside: str = ""


PARTS = (
    Part("plain", "not (broker or postgres or system or browser)", 6, ("-n", "2", "--dist", "loadgroup")),
    Part("stores", "(broker or postgres) and not (system or browser)", 2),
    Part("scaled", "system and postgres and not browser", 8, beside="systems"),
    Part("system", "system and not (postgres or browser)", 8, beside="systems"),
    Part("browser", "browser", 6, ("-n", "2", "--dist", "loadfile")),
)


@dataclass
class Outcome:
    """What came of a part."""

    part: Part
    seconds: float
    status: int
    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)


def main(names: Sequence[str]) -> int:
    """Run the named parts, or all; the answer is the exit status."""
    known = {part.name: part for part in PARTS}
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"There is no part {', '.join(unknown)}. There are: {', '.join(known)}.")
        return 2
    asked = [known[name] for name in names or known]
    outcomes = [outcome for _, parts in groupby(asked, _place) for outcome in _run_beside(list(parts))]
    _tell(outcomes)
    return 1 if any(outcome.status for outcome in outcomes) else 0


def _place(part: Part) -> str:
    return part.beside or part.name


def _run_beside(parts: Sequence[Part]) -> list[Outcome]:
    """Run these at the same time; what several say is told one after the other, once each has ended."""
    if len(parts) == 1:
        return [_run(parts[0], None)]
    with ExitStack() as kept, ThreadPoolExecutor(len(parts)) as pool:
        said = [kept.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8")) for _ in parts]
        outcomes = list(pool.map(_run, parts, said))
        for output in said:
            output.seek(0)
            shutil.copyfileobj(output, sys.stdout)
    sys.stdout.flush()
    return outcomes


def _run(part: Part, said: IO[str] | None) -> Outcome:
    """Run a part. ``said``: where its output goes, if not to ours."""
    print(f"\n--- tests: {part.name} ({part.marks})", flush=True, file=said)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-m", part.marks, f"--junit-xml={report}", *part.arguments]
        started = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, check=False, stdout=said, stderr=said)  # noqa: S603 - our own words
        status = done.returncode
        outcome = Outcome(part, time.monotonic() - started, status)
        if report.exists():
            _count(outcome, ET.parse(report).getroot())  # noqa: S314 - pytest wrote it just now
    return outcome


def _count(outcome: Outcome, report: ET.Element) -> None:
    for case in report.iter("testcase"):
        kinds = [child.tag for child in case if child.tag in {"failure", "error", "skipped"}]
        outcome.counts[kinds[0] if kinds else "passed"] += 1
    for skipped in report.iter("skipped"):
        outcome.reasons[skipped.get("message", "")] += 1


def _tell(outcomes: Sequence[Outcome]) -> None:
    print(f"\n{'part':<10}{'passed':>8}{'failed':>8}{'skipped':>9}{'minutes':>9}{'budget':>8}")
    for outcome in outcomes:
        counts = outcome.counts
        failed = counts["failure"] + counts["error"]
        print(
            f"{outcome.part.name:<10}{counts['passed']:>8}{failed:>8}{counts['skipped']:>9}"
            f"{outcome.seconds / 60:>9.1f}{outcome.part.minutes:>8}{_remark(outcome, failed)}"
        )
    for outcome in outcomes:
        for reason, times in outcome.reasons.items():
            print(f"skipped in {outcome.part.name}, {times}: {reason}")
    total = sum((outcome.counts for outcome in outcomes), Counter())
    failed = total["failure"] + total["error"]
    print(f"tests: {total['passed']} passed, {failed} failed, {total['skipped']} skipped")


def _remark(outcome: Outcome, failed: int) -> str:
    if outcome.status and not failed:
        return "  no test was found" if outcome.status == NO_TESTS else f"  pytest ended with {outcome.status}"
    return "  over its budget" if outcome.seconds > outcome.part.minutes * 60 else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
