"""Commands that are gathered: the same log as one by one, whatever is refused or repeated on the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.workforce.application import WorkforceApplication
from services.workforce.domain.commands import EndEmployment, RecordEmployment, RecordLegalEmployer, RecordOrganisation
from shared.kernel.errors import CarersError, ConflictError, KeyReusedError
from shared.runtime.wiring import Wiring
from shared.store.commands import CommandKey
from shared.store.gathering import TOGETHER
from tests.fleet import EMPLOYER, HR, particulars
from tests.support import settings_for, wired


@pytest.fixture
def wiring(tmp_path: Path) -> Iterator[Wiring]:
    opened = wired("workforce", settings_for(tmp_path))
    yield opened
    opened.close()


def _do(application: Any, number: int, command: Any) -> dict[str, Any]:
    answer: dict[str, Any] = application.execute(command, CommandKey("works/hr/any", str(number))).data
    return answer


def _begin(application: Any) -> None:
    _do(application, 1, RecordOrganisation("Ministry of Works", "", "department", HR))
    _do(application, 2, RecordLegalEmployer("Ministry of Works", EMPLOYER, HR))


def _tell(application: Any) -> None:
    """Recordings, one that changes nothing, one that is refused, and one on what was recorded just before."""
    _begin(application)
    _do(application, 3, RecordOrganisation("Ministry of Works", "", "department", HR))
    carl = _do(application, 4, RecordEmployment("", "Carl Carer", particulars("C1"), HR))
    with pytest.raises(CarersError):
        _do(application, 5, RecordEmployment("", "Carla Carer", particulars("C1"), HR))
    with pytest.raises(CarersError):
        _do(application, 6, EndEmployment(carl["person"], carl["employment"], date(1999, 1, 1), HR))
    _do(application, 7, EndEmployment(carl["person"], carl["employment"], date(2026, 4, 30), HR))


def _log(wiring: Wiring) -> list[tuple[Any, ...]]:
    """What a log holds, apart from identifiers and what is sealed; and each key's place."""
    entries = [(each.position, each.topic, each.originator_version) for each in wiring.stores.log.read_after(0, 1000)]
    keys = sorted(wiring.stores.log.keys_of("works/hr/any", ""))
    return [*entries, *keys]


def test_what_is_gathered_is_what_is_stored_one_by_one(tmp_path: Path) -> None:
    alone = wired("workforce", settings_for(tmp_path / "alone"))
    _tell(alone.application)
    together = wired("workforce", settings_for(tmp_path / "together"))
    with together.application.gathering():
        _tell(together.application)
        assert together.stores.log.head()[1] < alone.stores.log.head()[1], "it was stored at once"
    assert _log(together) == _log(alone)
    assert len(_log(alone)) > 8
    alone.close()
    together.close()


def test_a_refused_command_leaves_nothing_of_what_it_had_begun(wiring: Wiring) -> None:
    application = wiring.application
    assert isinstance(application, WorkforceApplication)
    with application.gathering():
        _begin(application)
        carl = _do(application, 3, RecordEmployment("", "Carl Carer", particulars("C1"), HR))
        _break_after_the_first_event(application, carl)
        _do(application, 5, EndEmployment(carl["person"], carl["employment"], date(2026, 4, 30), HR))
    topics = [each.topic for each in wiring.stores.log.read_after(0, 100)]
    assert topics.count("workforce.employment.ended") == 1
    assert topics[-1] == "workforce.employment.ended"


def _break_after_the_first_event(application: WorkforceApplication, carl: dict[str, Any]) -> None:
    """A command that records something and is refused after that."""
    usual = application._handlers[EndEmployment]

    def refuses(self: Any, command: EndEmployment) -> Any:
        usual(self, command)
        raise ConflictError("Refused after the event.")

    application._handlers[EndEmployment] = refuses  # type: ignore[assignment]
    with pytest.raises(ConflictError):
        _do(application, 4, EndEmployment(carl["person"], carl["employment"], date(2026, 3, 31), HR))
    application._handlers[EndEmployment] = usual


def test_a_key_is_used_once_before_and_after_it_is_stored(wiring: Wiring) -> None:
    application = wiring.application
    command = RecordOrganisation("Ministry of Works", "", "department", HR)
    key = CommandKey("works/hr/any", "1")
    with application.gathering() as gathering:
        first = application.execute(command, key)
        for _ in range(2):
            again = application.execute(command, key)
            assert (again.data, again.position, again.repeated) == (first.data, first.position, True)
            with pytest.raises(KeyReusedError):
                application.execute(RecordOrganisation("Rivers Agency", "", "department", HR), key)
            gathering.store()
    assert wiring.stores.log.head()[1] == first.position == 1


def test_only_an_empty_log_is_filled_so(wiring: Wiring) -> None:
    _begin(wiring.application)
    with pytest.raises(ConflictError), wiring.application.gathering():
        pass


def test_many_events_are_stored_on_the_way(wiring: Wiring) -> None:
    with wiring.application.gathering():
        for number in range(TOGETHER + 1):
            _do(wiring.application, number, RecordOrganisation(f"Office {number}", "", "department", HR))
        assert wiring.stores.log.head()[1] == TOGETHER
    assert wiring.stores.log.head()[1] == TOGETHER + 1


def test_what_is_refused_in_a_batch_is_answered_and_the_rest_goes_on(wiring: Wiring) -> None:
    good = RecordOrganisation("Ministry of Works", "", "department", HR)
    other = RecordOrganisation("Ministry of Works", "A group", "department", HR)
    items = [(good, CommandKey("a", "1")), (other, CommandKey("a", "2")), (good, CommandKey("a", "3"))]
    with wiring.application.gathering():
        answers = wiring.application.execute_batch(items)
        assert isinstance(answers[1], CarersError)
        with pytest.raises(CarersError):
            wiring.application.execute_batch([(other, CommandKey("a", "4"))], whole=True)
    assert wiring.stores.log.head()[1] == 1
