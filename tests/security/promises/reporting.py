"""Reporting: exact returns for the own HR and the statistics role; what is released for everybody who is signed in;
HR hold their own organisation's returns."""

from __future__ import annotations

from typing import Final

from tests.security.crowd import MARCH, WORKS
from tests.security.promises.ask import EVERYBODY, HRS, STATISTICS, Ask, reads, sends, submits

MONTH: Final = {"month": MARCH}

ASKS: Final[tuple[Ask, ...]] = (
    reads("reporting-api.returns", HRS | STATISTICS, query=MONTH),
    reads("reporting-api.progress", EVERYBODY, query=MONTH),
    reads("reporting-api.board_file", EVERYBODY, query=MONTH),
    reads("reporting-api.board_json", EVERYBODY, query=MONTH),
    reads("reporting-home.show_home", EVERYBODY),
    sends("reporting-home.mark_as_seen", EVERYBODY, {"position": 1}),
    reads("reporting.departments", EVERYBODY, query=MONTH),
    reads("reporting.organisation", EVERYBODY, query=MONTH),
    reads("reporting.board", EVERYBODY, query=MONTH),
    reads("reporting.start", EVERYBODY, query=MONTH),
    reads("reporting.board_over_time", EVERYBODY, query={"organisation": WORKS}),
    reads("reporting.organisation_over_time", EVERYBODY),
    reads("reporting.hold_returns", HRS),
    sends("reporting-api.hold_returns", HRS, {"reason": "records-moving"}),
    sends("reporting-api.resume_returns", HRS, {}),
    submits("reporting.hold_returns", HRS, {"reason": "figures-checked", "understood": "true"}),
    submits("reporting.resume_returns", HRS),
)
