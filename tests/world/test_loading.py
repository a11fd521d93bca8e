"""What the maker of a world says on the terminal."""

from __future__ import annotations

from shared.demonstration.loading import progress_line
from shared.runtime.world_record import MAKING, WorldRecord


def test_the_terminal_says_how_far_the_story_is_as_people_say_it() -> None:
    assert progress_line(WorldRecord(MAKING, told="2025-01", share=0.02)) == "  January 2025, 2% done"
