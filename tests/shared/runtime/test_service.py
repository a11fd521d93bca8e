"""Services are found by their records; one whose folder is absent is passed over."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest

from shared.kernel.errors import SettingsError
from shared.runtime import service as module
from shared.runtime.service import GROUP, Service, chosen, installed
from tests.shared.probe import SERVICE


def _points(*values: tuple[str, str]) -> list[EntryPoint]:
    return [EntryPoint(name, value, GROUP) for name, value in values]


@pytest.fixture
def _one_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    points = _points(
        ("probe", "tests.shared.probe:SERVICE"),
        ("gone", "tests.shared.gone:SERVICE"),
        ("away", "nowhere.at.all:SERVICE"),
    )
    monkeypatch.setattr(module, "entry_points", lambda group: points if group == GROUP else [])


@pytest.mark.usefixtures("_one_is_absent")
def test_a_service_whose_folder_is_absent_is_passed_over() -> None:
    assert installed() == {"probe": SERVICE}


@pytest.mark.usefixtures("_one_is_absent")
def test_a_name_that_nobody_has_is_refused_with_those_that_there_are() -> None:
    assert chosen(()) == {"probe": SERVICE}
    assert chosen(("probe",)) == {"probe": SERVICE}
    with pytest.raises(SettingsError, match=r"gone.*There are: probe"):
        chosen(("probe", "gone"))


def test_a_service_knows_its_parts() -> None:
    assert SERVICE.part("read.tables").heard.name == "heard"
    assert SERVICE.has("wiring")
    assert not SERVICE.has("sample")


def test_the_services_are_installed() -> None:
    assert set(installed()) == {"workforce", "leave", "passport", "accreditation", "payroll", "reporting"}
    for name, service in installed().items():
        assert isinstance(service, Service)
        assert service.name == name
        assert service.folder == f"services.{name}"
