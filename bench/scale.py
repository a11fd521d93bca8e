"""How much is measured: ``quick`` in a minute and a half, or all of it in ten minutes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Sizes of the measurements."""

    rounds: int
    runner_facts: int
    """Facts that the library's runner folds in a round."""
    chain_accounts: int
    inbox_accounts: int
    rebuilt: int
    """Received events that a rebuild folds."""
    rebuild_rounds: int
    commands: int
    """Commands of a round."""
    relayed: int
    """Messages of the library's way in a round."""
    busy_accounts: int
    staff: int
    rows_alone: int
    """Rows of the staff file that are saved one by one."""
    board_revisions: int
    """Revisions of each return that the board is made from, on average."""
    board_events: int
    """Events of leave that one department's own half is computed from."""
    board_pages: int
    seconds: float
    """Of watching: idle processes, and events at a steady rate."""


QUICK = Scale(
    rounds=3,
    runner_facts=300,
    chain_accounts=1000,
    inbox_accounts=500,
    rebuilt=100_000,
    rebuild_rounds=1,
    commands=40,
    relayed=300,
    busy_accounts=1500,
    staff=4_000,
    rows_alone=200,
    board_revisions=1,
    board_events=8_000,
    board_pages=40,
    seconds=4.0,
)
FULL = Scale(
    rounds=5,
    runner_facts=1500,
    chain_accounts=8000,
    inbox_accounts=3000,
    rebuilt=1_000_000,
    rebuild_rounds=2,
    commands=200,
    relayed=2000,
    busy_accounts=12_000,
    staff=100_000,
    rows_alone=2_000,
    board_revisions=10,
    board_events=1_000_000,
    board_pages=200,
    seconds=20.0,
)
