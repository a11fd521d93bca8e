"""What is set aside is found without a look at all that was applied."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import sqlite

from shared.runtime.wiring import Wiring
from shared.store.received import EXCEPTION, HELD, PARKED, TRYING, in_states
from shared.store.tables import received


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@pytest.mark.parametrize("states", [(TRYING, HELD, PARKED), (EXCEPTION,)])
def test_questions_about_states_use_the_index_of_the_few(probe: Wiring, states: tuple[str, ...]) -> None:
    asked = select(received.c.stream).where(received.c.subscription == "probe.echo", in_states(*states))
    compiled = asked.compile(dialect=sqlite.dialect(), compile_kwargs={"render_postcompile": True})
    values = tuple(compiled.params[name] for name in compiled.positiontup or ())
    with probe.reading() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", values).all()
    assert "ix_received_state" in str(plan), plan
