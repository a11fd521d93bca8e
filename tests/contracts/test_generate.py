import json
from pathlib import Path

import marshmallow as ma
import pytest
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from shared.contracts.asyncapi import document
from shared.contracts.generate import DOCS, documents, main, stale
from shared.contracts.json_schema import data_schema, decimal_as_text
from shared.contracts.types import BATCH_SEALED, EMPLOYMENT_RECORDED, PROGRESS_REPORTED, TYPES


def test_the_committed_documents_are_what_the_contracts_generate() -> None:
    assert stale(DOCS) == []


def test_check_names_what_is_missing_changed_or_superfluous_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--docs", str(tmp_path)]) == 0
    assert main(["--docs", str(tmp_path), "--check"]) == 0
    (tmp_path / "asyncapi.json").unlink()
    (tmp_path / "contracts/envelope.json").write_text("{}")
    (tmp_path / "contracts/carers.leave.guessed.v1.json").write_text("{}")
    capsys.readouterr()
    assert main(["--docs", str(tmp_path), "--check"]) == 1
    told = capsys.readouterr().out
    assert all(name in told for name in ("asyncapi.json", "envelope.json", "carers.leave.guessed.v1.json"))
    assert not (tmp_path / "asyncapi.json").exists()
    assert main(["--docs", str(tmp_path)]) == 0
    assert stale(tmp_path) == []


def test_every_type_has_its_json_schema_and_its_place_in_the_asyncapi_document() -> None:
    written = documents()
    schemas = document()["components"]["schemas"]
    for event_type in (event_type for names in TYPES.values() for event_type in names):
        assert json.loads(written[f"contracts/{event_type}.json"])["title"] == event_type
        assert event_type in schemas


def test_a_decimal_that_travels_as_text_is_exported_as_text() -> None:
    assert data_schema(BATCH_SEALED)["properties"]["quantities"]["additionalProperties"]["type"] == "string"


def test_apispec_exports_a_decimal_as_text_with_our_function_and_as_a_number_without() -> None:
    class Sample(ma.Schema):
        quantity = ma.fields.Decimal(as_string=True)
        perhaps = ma.fields.Decimal(as_string=True, allow_none=True)
        number = ma.fields.Decimal()

    def exported(*, ours: bool) -> list[object]:
        plugin = MarshmallowPlugin()
        spec = APISpec("sample", "1", "3.1.0", plugins=[plugin])
        if ours and plugin.converter:
            plugin.converter.add_attribute_function(decimal_as_text)
        spec.components.schema("Sample", schema=Sample)
        properties = spec.to_dict()["components"]["schemas"]["Sample"]["properties"]
        return [properties[name]["type"] for name in ("quantity", "perhaps", "number")]

    assert exported(ours=False)[0] == "number"
    assert exported(ours=True) == ["string", ["string", "null"], "number"]


def test_patterns_tuples_and_keys_survive_the_export() -> None:
    employment = data_schema(EMPLOYMENT_RECORDED)["properties"]
    assert employment["fte"]["pattern"].endswith("$")
    assert employment["staff_number"]["maxLength"] == 40
    positions = data_schema(PROGRESS_REPORTED)["properties"]["positions"]
    assert positions["propertyNames"]["pattern"] == "^[a-z]+$"
    assert [item["type"] for item in positions["additionalProperties"]["prefixItems"]] == ["string", "integer"]


def test_readers_of_the_json_schema_may_meet_fields_that_it_does_not_name() -> None:
    assert "additionalProperties" not in data_schema(EMPLOYMENT_RECORDED)
    assert "additionalProperties" not in data_schema(EMPLOYMENT_RECORDED)["properties"]["pattern"]
