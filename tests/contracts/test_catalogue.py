import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.catalogue import CONTRACTS, ContractError, contract_of, validate_batch, validate_producer
from shared.contracts.golden import samples
from shared.contracts.types import (
    BATCH_SEALED,
    EMPLOYMENT_RECORDED,
    LEAVE_REQUESTED,
    LEAVE_TAKEN,
    PROGRESS_REPORTED,
    TYPES,
)

ALL = [event_type for names in TYPES.values() for event_type in names]


def changed(event: dict[str, Any], **attributes: Any) -> dict[str, Any]:
    return event | attributes


def changed_data(event: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return event | {"data": event["data"] | fields}


def faults_of(event: dict[str, Any]) -> dict[str, Any]:
    with pytest.raises(ContractError) as raised:
        validate_producer(event)
    faults: dict[str, Any] = raised.value.data["faults"]
    return faults


@pytest.mark.parametrize("event_type", ALL)
def test_a_producer_may_not_send_a_field_that_the_contract_does_not_know(event_type: str) -> None:
    assert "extra" in faults_of(changed_data(samples(event_type)[0], extra=1))
    assert "extra" in faults_of(changed(samples(event_type)[0], extra="1"))


@pytest.mark.parametrize("event_type", ALL)
def test_a_producer_may_leave_no_field_out(event_type: str) -> None:
    event = samples(event_type)[0]
    for name in event["data"]:
        rest = {key: value for key, value in event["data"].items() if key != name}
        assert name in faults_of(changed(event, data=rest))
    for name in event.keys() - {"traceparent", "signature"}:
        assert name in faults_of({key: value for key, value in event.items() if key != name})


def test_unknown_fields_are_refused_of_producers_and_ignored_by_consumers_at_every_depth() -> None:
    event = samples(LEAVE_REQUESTED)[0]
    day = event["data"]["days"][0]
    deep = changed_data(event, days=[day | {"why": "-"}])
    assert faults_of(deep) == {"days": {0: {"why": ["Unknown field."]}}}
    assert contract_of(LEAVE_REQUESTED).load(deep["data"] | {"more": 1}) == event["data"]
    progress = samples(PROGRESS_REPORTED)[0]
    more = {**progress["data"]["figures"], "10": progress["data"]["figures"]["10"] | {"week": {}}}
    assert "figures" in faults_of(changed_data(progress, figures=more))
    assert contract_of(PROGRESS_REPORTED).load(progress["data"] | {"figures": more}) == progress["data"]


@pytest.mark.parametrize(
    ("event_type", "field", "value"),
    [
        (LEAVE_TAKEN, "minutes", -1),
        (LEAVE_TAKEN, "minutes", 2.5),
        (LEAVE_TAKEN, "minutes", True),
        (LEAVE_TAKEN, "minutes", "222"),
        (LEAVE_TAKEN, "minutes", "-1/2"),
        (LEAVE_TAKEN, "minutes", "1/0"),
        (LEAVE_TAKEN, "minutes", None),
        (LEAVE_TAKEN, "date", "2026-02-30"),
        (LEAVE_TAKEN, "date", "1899-12-31"),
        (LEAVE_TAKEN, "date", "2026-03-13T00:00:00"),
        (LEAVE_TAKEN, "date", "20260313"),
        (LEAVE_TAKEN, "date", "2026-03-13\n"),
        (LEAVE_TAKEN, "part", "evening"),
        (LEAVE_TAKEN, "employer", "Department for Transport"),
        (LEAVE_TAKEN, "notice", "1C9E7A35-2B4D-4E6F-90A1-B2C3D4E5F606"),
        (LEAVE_TAKEN, "post", ""),
        (LEAVE_TAKEN, "post", "x" * 81),
        (LEAVE_TAKEN, "staff_number", "1\u202e2"),
        (LEAVE_REQUESTED, "late", 0),
        (LEAVE_REQUESTED, "late", "false"),
        (LEAVE_REQUESTED, "days", []),
        (EMPLOYMENT_RECORDED, "fte", "1"),
        (EMPLOYMENT_RECORDED, "full_time_minutes", "2220"),
        (BATCH_SEALED, "quantities", {"days": 0.5}),
        (BATCH_SEALED, "quantities", {"days": "1e3"}),
        (BATCH_SEALED, "lines", 2**31),
        (PROGRESS_REPORTED, "month", "2026-13"),
        (PROGRESS_REPORTED, "positions", {"leave": ["epoch", "21"]}),
        (PROGRESS_REPORTED, "as_known", "2026-04-01T06:00:00+01:00"),
    ],
)
def test_a_value_of_another_kind_or_form_is_refused(event_type: str, field: str, value: Any) -> None:
    assert field in faults_of(changed_data(samples(event_type)[0], **{field: value}))


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("id", "7c0f2a52:0"),
        ("id", "7c0f2a52"),
        ("source", "/transport/payroll"),
        ("source", "transport/leave"),
        ("dataschema", "urn:carers:leave:taken:v2"),
        ("datacontenttype", "text/plain"),
        ("specversion", "0.3"),
        ("time", "2026-03-13T08:00:00"),
        ("subject", ""),
        ("previous", 13),
        ("previous", "12"),
        ("type", "carers.leave.forgotten.v1"),
    ],
)
def test_an_attribute_out_of_step_with_the_event_is_refused(attribute: str, value: Any) -> None:
    assert attribute in faults_of(changed(samples(LEAVE_TAKEN)[0], **{attribute: value}))


def test_an_event_about_no_person_has_no_subject_and_every_other_has_one() -> None:
    person = samples(LEAVE_TAKEN)[0]["subject"]
    assert "subject" in faults_of(changed(samples(BATCH_SEALED)[0], subject=person))
    assert "subject" in faults_of({key: value for key, value in samples(LEAVE_TAKEN)[0].items() if key != "subject"})


def test_a_type_that_nobody_publishes_has_no_contract() -> None:
    with pytest.raises(ContractError, match="Nobody publishes"):
        contract_of("carers.leave.postponed.v9")


def test_a_batch_is_in_order_without_holes_from_one_source_and_one_epoch() -> None:
    first, second, third = samples(LEAVE_TAKEN)
    validate_batch([first, second, third])
    for wrong in ([], [second, first], [first, third], [first, first]):
        with pytest.raises(ContractError):
            validate_batch(wrong)
    with pytest.raises(ContractError, match="mixes"):
        validate_batch([first, changed(second, source="/health/leave")])
    with pytest.raises(ContractError, match="mixes"):
        validate_batch([first, changed(second, id="another:14")])


def names_in(value: Any) -> Iterator[str]:
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield str(key)
        yield from names_in(inner)


def test_nothing_published_has_a_place_for_health_dependants_reasons_or_free_text() -> None:
    banned = {
        "reason",
        "note",
        "comment",
        "text",
        "dependant",
        "condition",
        "diagnosis",
        "disruption",
        "health",
        "name",
    }
    for event_type in CONTRACTS.keys() - {"carers.workforce.organisation-recorded.v1"}:
        assert not banned & set(names_in(samples(event_type)[0]["data"]))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(ALL), st.data())
def test_whatever_stands_in_a_field_the_check_answers_and_never_breaks(event_type: str, data: st.DataObject) -> None:
    event = samples(event_type)[0]
    attribute = data.draw(st.sampled_from(sorted(event)))
    broken = changed(event, **{attribute: data.draw(JSON)})
    if attribute == "data" and event["data"]:
        field = data.draw(st.sampled_from(sorted(event["data"])))
        broken = changed_data(event, **{field: data.draw(JSON)})
    with contextlib.suppress(ContractError):
        validate_producer(broken)
