from typing import Any

import pytest

from shared.contracts.golden import samples
from shared.contracts.types import BATCH_SEALED, EMPLOYMENT_RECORDED, LEAVE_REQUESTED, PROGRESS_REPORTED
from tests.contracts.recording import Recording, reads_outside_contract, with_more


@pytest.mark.parametrize(
    ("event_type", "read"),
    [
        (EMPLOYMENT_RECORDED, lambda event: event["data"]["pattern"]["days"]),
        (EMPLOYMENT_RECORDED, lambda event: event["subject"] + event["organisation"]),
        (EMPLOYMENT_RECORDED, lambda event: event.get("traceparent")),
        (LEAVE_REQUESTED, lambda event: [day["minutes"] for day in event["data"]["days"]]),
        (BATCH_SEALED, lambda event: event["data"]["quantities"]["days"]),
        (PROGRESS_REPORTED, lambda event: event["data"]["figures"]["10"]["month"]["people"]),
    ],
)
def test_reading_what_the_contract_promises_is_no_fault(event_type: str, read: Any) -> None:
    event = Recording(samples(event_type)[0])
    read(event)
    assert event.reads
    assert not reads_outside_contract(event_type, event.reads)


@pytest.mark.parametrize(
    ("event_type", "read", "path"),
    [
        (EMPLOYMENT_RECORDED, lambda event: event["data"].get("salary"), ("data", "salary")),
        (EMPLOYMENT_RECORDED, lambda event: "home" in event["data"]["pattern"], ("data", "pattern", "home")),
        (LEAVE_REQUESTED, lambda event: event["data"]["days"][0].get("why"), ("data", "days", "why")),
        (LEAVE_REQUESTED, lambda event: event.get("notice"), ("notice",)),
        (
            PROGRESS_REPORTED,
            lambda event: event["data"]["figures"]["10"]["month"].get("days"),
            ("data", "figures", "10", "month", "days"),
        ),
    ],
)
def test_reading_anything_else_is_found(event_type: str, read: Any, path: tuple[str, ...]) -> None:
    event = Recording(samples(event_type)[0])
    read(event)
    assert reads_outside_contract(event_type, event.reads) == {path}


@pytest.mark.parametrize("read", [lambda data: dict(**data), lambda data: list(data.items()), list, dict])
def test_taking_everything_takes_what_a_later_publisher_adds(read: Any) -> None:
    event = Recording(with_more(EMPLOYMENT_RECORDED, samples(EMPLOYMENT_RECORDED)[0]))
    read(event["data"]["pattern"])
    assert ("data", "pattern", "more") in reads_outside_contract(EMPLOYMENT_RECORDED, event.reads)
