"""The sample of a demonstration: loaded once, beside the sample staff alone."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from services.accreditation import SERVICE, sample
from services.accreditation.read.awards import awards_of, expiring
from services.accreditation.read.courses import courses_of
from services.accreditation.schemes import shipped_schemes
from services.accreditation.wiring import wire
from shared.kernel.clock import today
from shared.kernel.ids import slug
from shared.people.tables import organisations
from shared.process.demonstration import sources_first
from shared.process.service import installed
from shared.process.settings import Settings
from shared.process.wiring import Wiring
from shared.store.rows import Rows
from tests.support import migrate_one, project, settings_for

SAMPLE = json.loads(files("services.accreditation").joinpath("sample.json").read_text(encoding="utf-8"))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    given = settings_for(tmp_path)
    migrate_one(SERVICE, given)
    return given


@pytest.fixture
def wiring(settings: Settings) -> Iterator[Wiring]:
    opened = wire(settings, settings.clock())
    yield opened
    opened.close()


def know(wiring: Wiring, *names: str) -> None:
    """Let these organisations be known."""
    with wiring.stores.read.writing() as connection:
        told = [{"organisation": name, "name": name, "group": "", "kind": "department"} for name in names]
        Rows(connection).upsert(organisations, told, key=("organisation",))


def test_a_first_start_loads_the_sample_once(
    settings: Settings, wiring: Wiring, capsys: pytest.CaptureFixture[str]
) -> None:
    know(wiring, *SAMPLE["organisations"])
    sample.load(settings)
    assert "Sample courses are loaded for 6 organisations." in capsys.readouterr().out
    head = wiring.stores.log.head()
    sample.load(settings)
    assert wiring.stores.log.head() == head
    project(wiring)
    with wiring.reading() as connection:
        audiences = Counter(course.audience for course in courses_of(connection, "met-office"))
        ending = expiring(awards_of(connection, "cabinet-office"), shipped_schemes(), today(wiring.clock))
    assert audiences == {"all-staff": 1, "line-managers": 1}
    assert len(ending) == 1


def test_a_deployment_with_staff_of_its_own_is_left_alone(settings: Settings, wiring: Wiring) -> None:
    know(wiring, "ministry-of-works")
    sample.load(settings)
    assert wiring.stores.log.head()[1] == 0


def test_staff_that_never_come_are_not_waited_for_for_ever(
    settings: Settings, wiring: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample, "WAIT_SECONDS", 0.2)
    know(wiring, SAMPLE["organisations"][0])
    sample.load(settings)
    assert wiring.stores.log.head()[1] == 0


def test_the_samples_organisations_are_those_of_the_sample_staff_and_begin_with_their_first() -> None:
    text = files("services.workforce").joinpath("data", "staff-sample.csv").read_text(encoding="utf-8")
    names = [slug(row["organisation"]) for row in csv.DictReader(io.StringIO(text))]
    assert names[0] == SAMPLE["organisations"][0]
    assert set(SAMPLE["organisations"]) <= set(names)


def test_a_sample_comes_after_those_that_it_stands_on() -> None:
    names = [service.name for service in sources_first(installed())]
    assert sorted(names) == sorted(installed())
    assert names.index("workforce") < names.index("accreditation")
