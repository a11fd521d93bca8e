"""The import, the lists and the erasure on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.workforce.domain.commands import ForgetPerson
from services.workforce.read.names import names_of
from services.workforce.read.staff_list import staff_of
from shared.store.rebuild import rebuild
from tests.system.substrate import Databases, need_postgres
from tests.workforce.conftest import WORKS, Desk
from tests.workforce.staff_file.test_importing import bring, counts, person_of

pytestmark = pytest.mark.postgres


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    need_postgres()
    databases = Databases()
    databases.create(["workforce"])
    opened = Desk(tmp_path, database=databases.template)
    yield opened
    opened.wiring.close()
    databases.drop()


def test_a_staff_file_is_imported_once_and_shown(desk: Desk, staff_file: Callable[..., Path]) -> None:
    rows = [{"manager_staff_number": "0300"} if number < 300 else {} for number in range(1, 301)]
    path = staff_file(*rows, {"fte": "2"})
    result, _ = bring(desk, path, dry=True)
    assert counts(result) == (300, 0, 0, 1)
    result, _ = bring(desk, path)
    assert counts(result) == (300, 0, 0, 1)
    head = desk.head()
    result, _ = bring(desk, path)
    assert counts(result) == (0, 0, 300, 1)
    assert desk.head() == head
    result, _ = bring(desk, staff_file({"post": "Higher", "manager_staff_number": "0300"}, {"ends": "2026-06-30"}))
    assert counts(result) == (0, 2, 0, 0)
    desk.send(ForgetPerson(person_of(desk, "0003"), "operator"))
    desk.show()
    today = desk.application.today()
    with desk.wiring.reading() as connection:
        page = staff_of(connection, WORKS, today, number="000", limit=5)
        names = names_of(connection, desk.wiring.keys, [held.person for held in page.rows])
    assert page.total == 9
    assert [names[held.person] for held in page.rows[1:4]] == ["Sample Person 0002", "Erased", "Sample Person 0004"]
    assert page.rows[0].post == "Higher"
    wiring = desk.wiring
    report = rebuild(wiring.stores, wiring.models, wiring.sources(), wiring.application.history)
    assert report.differing == ()
