"""Accreditation's table of contents, its documentation, and its lists refolded from the logs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import services.accreditation
from services.accreditation import SERVICE
from services.accreditation.domain.commands import (
    AssessArea,
    CorrectCompletion,
    EndAward,
    RetireCourse,
    ReviseCourse,
    VacateChampion,
    WithdrawProvision,
)
from services.accreditation.published import PUBLISHED
from services.accreditation.read.projected import PROJECTED
from services.accreditation.training_file.columns import COLUMNS
from shared.store.rebuild import rebuild
from tests.accreditation.builders import CARER, CODE, HR, MANAGER, ORGANISATION, OTHER
from tests.accreditation.rig import DAY, SISTER, Rig

README = (Path(services.accreditation.__file__).parent / "README.md").read_text()


def test_the_service_is_found_by_its_record() -> None:
    assert (SERVICE.name, SERVICE.folder) == ("accreditation", "services.accreditation")
    for part in ("application", "published", "consumed", "read", "wiring", "web.access", "web.api", "web.pages"):
        assert SERVICE.has(part)


@pytest.mark.parametrize("rig", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_lists_refolded_from_the_logs_are_the_same(rig: Rig) -> None:
    rig.course(grace_days=10)
    rig.due()
    rig.run(ReviseCourse(ORGANISATION, CODE, "Second", 24, 10, True, date(2026, 3, 5), HR))
    completion = rig.complete(evidence="A note").data["completion"]
    rig.run(CorrectCompletion(ORGANISATION, CODE, CARER, completion, HR))
    rig.complete(MANAGER, on=date(2025, 2, 1), evidence="A note")
    rig.exempt(DAY, note="A note")
    rig.exempt(DAY, date(2026, 4, 1))
    rig.change(CARER, date(2026, 3, 3), manager=HR)
    rig.change(MANAGER, date(2026, 3, 4), organisation=OTHER)
    rig.put_in_place("carers-champion", owner="Director")
    rig.run(VacateChampion(ORGANISATION, DAY, HR))
    rig.put_in_place("carers-champion", owner="Another director")
    rig.run(WithdrawProvision(ORGANISATION, "carers-champion", DAY, HR))
    scores = {"lead-named": 2, "carers-known": 1, "plan-kept": 0}
    rig.run(AssessArea(ORGANISATION, "carer-confident", "preparation", scores, "The plan", DAY, HR))
    award = rig.award(date(2025, 1, 1), None, SISTER).data["award"]
    rig.run(EndAward(ORGANISATION, award, DAY, HR))
    rig.award(until=date(2026, 3, 9), level="ambassador")
    rig.until(date(2026, 3, 10))
    rig.run(RetireCourse(ORGANISATION, CODE, date(2026, 3, 20), HR))
    rig.until(date(2026, 3, 21))
    rig.forget(MANAGER)
    report = rebuild(rig.wiring.stores, rig.wiring.models, rig.wiring.sources(), rig.application.history)
    assert report.differing == ()
    assert report.rows > 20


def test_the_table_of_columns_is_complete_and_exact() -> None:
    lines = ["| column | meaning | example |", "|---|---|---|"]
    lines += [f"| `{column.name}` | {column.meaning} | `{column.example}` |" for column in COLUMNS]
    told = README.partition("<!-- columns -->\n")[2].partition("\n<!-- /columns -->")[0]
    expected = "\n".join(lines)
    assert told == expected, f"put this between the marks:\n{expected}"


@pytest.mark.parametrize("published", sorted({entry.type for entry in PUBLISHED.values()}))
def test_every_published_event_is_named(published: str) -> None:
    name = published.removeprefix("carers.accreditation.").removesuffix(".v1")
    assert f"`{name}`" in README


def test_every_event_but_the_openings_reaches_a_list() -> None:
    assert set(PUBLISHED) <= set(PROJECTED)
    assert not any(topic.endswith(".opened") for topic in PROJECTED)
