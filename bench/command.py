"""Giving notice as the web does it – key looked up, posts and account read, rule decided, saved with its key –
against the library's bare ``save`` of the same events on its own recorder.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from statistics import median
from typing import Any

from bench.backlog import account_with_notice, names
from bench.library import LibraryApplication, environment
from bench.people import Carers
from bench.places import Place, place
from bench.report import Report
from bench.rounds import seconds
from bench.scale import Scale
from services.leave.domain.account import LeaveAccount

TARGET = 2.0
_WARM = 10


def measure(scale: Scale, report: Report, where: str) -> None:
    """A person's first notice, and one more of an account that is there."""
    with place(where) as here, LibraryApplication(env=environment(here.library_url())) as library:
        carers = Carers(here["leave"], range(_WARM + scale.commands * scale.rounds))
        for what, week in (("first notice", 0), ("another notice", 1)):
            ours, theirs = _paired(here, library, carers, week, scale)
            ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
            detail = f"{median(ours) * 1000:.2f} ms against {median(theirs) * 1000:.2f} ms"
            report.at_most(f"command: {what}, against a bare save", where, median(ratios), TARGET, "x", detail)


def _paired(
    here: Place, library: LibraryApplication, carers: Carers, week: int, scale: Scale
) -> tuple[list[float], list[float]]:
    """Medians of each round of both, command by command in turn."""
    numbers = count()
    ours, theirs = [], []
    for size in (_WARM, *[scale.commands] * scale.rounds):
        pairs = [_pair(here, library, carers, next(numbers), week) for _ in range(size)]
        ours.append(median(pair[0] for pair in pairs))
        theirs.append(median(pair[1] for pair in pairs))
    return ours[1:], theirs[1:]


def _pair(here: Place, library: LibraryApplication, carers: Carers, number: int, week: int) -> tuple[float, float]:
    command, key = carers.notice(number, week)
    took = seconds(lambda: here["leave"].application.execute(command, key))
    return took, seconds(_bare_save(here, library, number))


def _bare_save(here: Place, library: LibraryApplication, number: int) -> Callable[[], Any]:
    """Saving what the last command recorded: its events, made anew as pending ones of an aggregate."""
    leave = here["leave"]
    id = LeaveAccount.id_of(names(number)[0], "ministry-of-works")
    events = [leave.application.mapper.to_domain_event(stored) for stored in leave.stores.log.select_events(id)]
    account, _ = account_with_notice(number)
    account.collect_events()
    fresh = events[-2:] if len(events) == 2 else events[-1:]
    account._pending_events.extend(fresh)
    return lambda: library.save(account)
