"""The list of organisations: what a run makes known, refuses and leaves as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import services.workforce
from services.workforce import SERVICE
from services.workforce.wiring import wire
from shared.contracts.wire import decode_event
from shared.people.questions import all_organisations
from shared.process.cli import carers
from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring
from tests.support import migrate_one, project

SHIPPED = Path(services.workforce.__file__).parent / "data" / "organisations-2023.csv"

Import = Callable[..., Result]


@pytest.fixture
def deployment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wiring]:
    """A centre's own workforce, with nobody in it."""
    monkeypatch.setenv("CARERS_VAR", str(tmp_path / "var"))
    settings = Settings.read()
    migrate_one(SERVICE, settings)
    wiring = wire(settings, settings.clock())
    yield wiring
    wiring.close()


@pytest.fixture
def bring(deployment: Wiring, tmp_path: Path) -> Import:
    """Import a file of these lines; further words stand before it."""

    def run(*lines: str, words: tuple[str, ...] = ()) -> Result:
        path = tmp_path / "organisations.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        return CliRunner().invoke(carers, ["import", "organisations", *words, str(path)])

    return run


def known(deployment: Wiring) -> list[tuple[str, str, str]]:
    project(deployment)
    with deployment.reading() as connection:
        return [(each.name, each.group, each.kind) for each in all_organisations(connection)]


def test_the_shipped_list_makes_every_organisation_known_and_published_with_its_group(deployment: Wiring) -> None:
    result = CliRunner().invoke(carers, ["import", "organisations", str(SHIPPED)])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "110 rows: 110 new, 0 unchanged, 0 not imported.\n"
    assert ("Met Office", "Department for Business, Energy and Industrial Strategy", "department") in known(deployment)
    told = [decode_event(event.body)["data"] for event in deployment.outbox.page(0, 1000).events]
    assert len(told) == 110
    assert all(each["group"] for each in told)


def test_a_second_run_changes_nothing(deployment: Wiring, bring: Import) -> None:
    lines = ("organisation,group", "Forestry,Land", "Rivers,Land")
    assert bring(*lines).exit_code == 0
    head = deployment.stores.log.head()
    assert bring(*lines).stdout == "2 rows: 0 new, 2 unchanged, 0 not imported.\n"
    assert bring("organisation", "Forestry").stdout == "1 row: 0 new, 1 unchanged, 0 not imported.\n"
    assert deployment.stores.log.head() == head


def test_a_dry_run_tells_the_same_and_stores_nothing(deployment: Wiring, bring: Import) -> None:
    lines = ("organisation,group,organisation_kind", "Forestry,Land,", "Rivers,Land,ministry")
    result = bring(*lines, words=("--dry-run",))
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1] == "2 rows: 1 would be new, 0 unchanged, 1 not imported. Nothing was stored."
    assert deployment.stores.log.head()[1] == 0


def test_another_group_or_kind_than_is_known_is_told_with_its_line(deployment: Wiring, bring: Import) -> None:
    bring("organisation,group,organisation_kind", "Forestry,Land,department")
    result = bring("organisation,group,organisation_kind", "Forestry,Water,", "Forestry Two,,centre", "Rivers,Land,")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0].startswith("Line 2, group: Forestry is known in the group ‘Land’.")
    assert known(deployment) == [
        ("Forestry", "Land", "department"),
        ("Forestry Two", "", "centre"),
        ("Rivers", "Land", "department"),
    ]
    other = bring("organisation,organisation_kind", "Forestry,centre")
    assert other.stdout.startswith("Line 2, organisation_kind: Forestry is known as a department.")


def test_an_organisation_that_is_there_twice_is_told_once(deployment: Wiring, bring: Import) -> None:
    result = bring("organisation,group", "Forestry,Land", "FORESTRY,Water")
    assert result.stdout.splitlines()[0].startswith("Line 3, organisation: Line 2 has FORESTRY already.")
    assert known(deployment) == [("Forestry", "Land", "department")]


def test_a_file_that_cannot_be_used_ends_with_2(deployment: Wiring, bring: Import) -> None:
    result = bring("name,group", "Forestry,Land")
    assert result.exit_code == 2
    assert "These columns are missing: organisation." in result.stderr
    assert deployment.stores.log.head()[1] == 0
