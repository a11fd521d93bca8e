"""What real services publish in one story is what the contracts say, each type at least once."""

from pathlib import Path

from shared.contracts.catalogue import validate_batch
from shared.contracts.types import TYPES
from tests.town import Town, tell_story


def test_all_that_is_published_in_a_story_keeps_its_contract_and_nothing_is_set_aside(tmp_path: Path) -> None:
    town = Town(tmp_path)
    tell_story(town)

    for name, types in TYPES.items():
        events = town.published(name)
        validate_batch(events)
        assert {event["type"] for event in events} == set(types)
    for wiring in town.services.values():
        assert [figures for figures in wiring.figures() if figures.parked or figures.held or figures.unknown] == []
    town.close()
