"""What a killed process listened on is nobody else's until it is back."""

from __future__ import annotations

import subprocess
import sys

from tests.system.ports import PORTS, free_port

SCRIPT = "import sys; from tests.system.ports import free_port; print(free_port(int(sys.argv[1])))"


def test_a_port_that_nobody_listens_on_stays_the_one_who_asked_for_it() -> None:
    mine = free_port()
    assert mine in PORTS
    assert free_port(mine) != mine
    others = subprocess.run([sys.executable, "-c", SCRIPT, str(mine)], capture_output=True, text=True, check=True)
    assert int(others.stdout) not in (mine, 0)
