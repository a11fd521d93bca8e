"""Payroll put together."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from services.payroll.wiring import read_mapping, shipped_mapping
from shared.kernel.errors import SettingsError
from tests.payroll.rig import Rig

ANNA = "aaaaaaaa-0000-4000-8000-000000000001"


def test_without_a_file_the_neutral_defaults_hold() -> None:
    assert read_mapping(None) == shipped_mapping()


def test_a_departments_own_file_decides_units_codes_and_columns(tmp_path: Path) -> None:
    data = json.loads(files("services.payroll").joinpath("mapping.json").read_text(encoding="utf-8"))
    data["codes"][0] |= {"version": "own-1", "unit": "hours", "pay_group": "weekly"}
    data["layouts"][0]["columns"] = [["Who", "staff_number"], ["Hours", "quantity"], ["Code", "pay_code"]]
    own = tmp_path / "mapping.json"
    own.write_text(json.dumps(data))
    rig = Rig(tmp_path, read_mapping(own))
    rig.taken(ANNA, date(2026, 3, 13))
    rig.arrive()
    rig.seal(pay_group="weekly")
    (batch,) = rig.batches(pay_group="weekly")
    assert batch.file == b"Who,Hours,Code\r\nSaaaa,7.40,P02\r\n"
    assert batch.quantities == {"hours": "7.40"}
    rig.close()


@pytest.mark.parametrize("text", ["{", '{"codes": []}', "[]"])
def test_a_file_that_cannot_be_used_stops_the_start_with_its_name(tmp_path: Path, text: str) -> None:
    own = tmp_path / "department.json"
    own.write_text(text)
    with pytest.raises(SettingsError, match=r"department\.json"):
        read_mapping(own)


def test_a_missing_file_stops_the_start_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"missing\.json"):
        read_mapping(tmp_path / "missing.json")
