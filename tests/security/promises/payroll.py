"""Payroll: the payroll role of the same organisation; everybody their own lines, to read."""

from __future__ import annotations

from typing import Final

from tests.security.crowd import WORKS
from tests.security.promises.ask import CARERS, EVERYBODY, PAYROLL, PAYROLLS, Ask, reads, sends, submits

GROUP: Final = {"employer": WORKS, "pay_group": "monthly"}
BATCH: Final = {"batch": "@batch"}

ASKS: Final[tuple[Ask, ...]] = (
    reads("payroll-api.list_pay_groups", PAYROLLS),
    reads("payroll-api.preview", PAYROLLS, query=GROUP),
    reads("payroll-api.list_batches", PAYROLLS),
    reads("payroll-api.show_batch", PAYROLL, of=BATCH),
    reads("payroll-api.list_batch_lines", PAYROLL, of=BATCH),
    reads("payroll-api.download_batch", PAYROLL, of=BATCH),
    reads("payroll-api.list_own_lines", CARERS),
    reads("payroll-home.show_home", EVERYBODY),
    sends("payroll-home.mark_as_seen", EVERYBODY, {"position": 1}),
    reads("payroll.overview", CARERS | PAYROLLS),
    reads("payroll.own_lines", CARERS),
    reads("payroll.preview", PAYROLLS, of=GROUP),
    reads("payroll.seal_batch", PAYROLLS, of=GROUP),
    reads("payroll.batch", PAYROLL, of=BATCH),
    sends("payroll-api.seal_batch", PAYROLLS, {**GROUP, "leave_position": 0}),
    submits("payroll.seal_batch", PAYROLLS, {"leave_position": "0"}, of=GROUP, ruled_out=True),
)
