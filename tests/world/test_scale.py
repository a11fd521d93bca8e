"""What is said of a world's scale: for how many people one stands, and of which organisations people are told of."""

from __future__ import annotations

import json
from pathlib import Path

from shared.demonstration.scale import in_scale, people_each, without_history
from shared.runtime.world_record import MAKING, READY, WorldRecord
from tests.support import settings_for

EACH = {"tax": 53, "crown": 85, "tiny": 1}


def test_a_headcount_has_its_scale_where_one_stands_for_several() -> None:
    assert in_scale("1,289", 53) == "1,289 people in this demonstration; one stands for about 53"
    assert in_scale("85", 1) == "85"
    assert in_scale("", 53) == ""


def test_organisations_without_a_history_are_those_that_the_world_does_not_name(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    assert (people_each(settings), without_history(settings)) == ({}, frozenset())
    WorldRecord(READY, each=EACH, living=["tax"]).write(settings.var)
    assert people_each(settings) == EACH
    assert without_history(settings) == {"crown", "tiny"}


def test_a_world_that_is_not_ready_or_of_an_earlier_release_says_nothing_of_histories(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    WorldRecord(MAKING, each=EACH, living=["tax"]).write(settings.var)
    assert (people_each(settings), without_history(settings)) == ({}, frozenset())
    WorldRecord(READY, each=EACH).write(settings.var)
    path = settings.var / "world.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    del told["living"]
    path.write_text(json.dumps(told), encoding="utf-8")
    assert people_each(settings) == EACH
    assert without_history(settings) == frozenset()
