"""The golden samples: what was once published stays readable, and as it was, for ever."""

import hashlib
import json
from pathlib import Path

import pytest
from cloudevents.core.formats.json import JSONFormat
from jsonschema import Draft202012Validator

from shared.contracts.catalogue import contract_of, validate_batch
from shared.contracts.golden import FOLDER, samples
from shared.contracts.json_schema import data_schema, envelope_schema
from shared.contracts.types import BATCH_MEDIA_TYPE, TYPES
from shared.contracts.wire import decode_batch

ALL = [event_type for names in TYPES.values() for event_type in names]
FROZEN = Path(__file__).with_name("frozen_samples.txt")


@pytest.mark.parametrize("event_type", ALL)
def test_a_type_has_at_least_two_samples_and_they_are_a_valid_batch(event_type: str) -> None:
    batch = samples(event_type)
    assert len(batch) >= 2
    assert {event["type"] for event in batch} == {event_type}
    validate_batch(batch)


def test_no_sample_was_changed_or_taken_away_since_it_was_published() -> None:
    frozen = dict(line.split()[::-1] for line in FROZEN.read_text().splitlines())
    now = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FOLDER.glob("*.json")}
    assert now == frozen, "a sample stays for ever; a new one needs its line in frozen_samples.txt"


@pytest.mark.parametrize("event_type", ALL)
def test_a_consumer_reads_a_sample_as_it_was_sent(event_type: str) -> None:
    for event in samples(event_type):
        assert contract_of(event_type).load(event["data"]) == event["data"]


@pytest.mark.parametrize("event_type", ALL)
def test_the_samples_satisfy_the_generated_json_schema(event_type: str) -> None:
    data, envelope = data_schema(event_type), envelope_schema()
    for schema in (data, envelope):
        Draft202012Validator.check_schema(schema)
    for event in samples(event_type):
        Draft202012Validator(envelope).validate(event)
        Draft202012Validator(data).validate(event["data"])


@pytest.mark.parametrize("event_type", ALL)
def test_the_cloudevents_sdk_reads_the_samples(event_type: str) -> None:
    for event in samples(event_type):
        read = JSONFormat().read(None, json.dumps(event))
        assert read.get_type() == event_type
        assert read.get_specversion() == "1.0"
        assert read.get_subject() == event.get("subject")
        assert read.get_extension("organisation") == event["organisation"]
        assert read.get_extension("previous") == event["previous"]
        assert read.get_data() == event["data"]


@pytest.mark.parametrize("event_type", ALL)
def test_the_fast_codec_reads_the_samples(event_type: str) -> None:
    batch = samples(event_type)
    for event, read in zip(batch, decode_batch(json.dumps(batch).encode()), strict=True):
        assert f"{read['epoch']}:{read['position']}" == event["id"]
        assert read["subject"] == event.get("subject", "")
        assert read["data"] == event["data"]


def test_a_batch_has_the_media_type_of_cloudevents_batches() -> None:
    assert JSONFormat.CONTENT_TYPE.replace("cloudevents", "cloudevents-batch") == BATCH_MEDIA_TYPE
