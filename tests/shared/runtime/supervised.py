"""A supervisor of two roles that are scripts, as a process of its own: ``python -m tests.shared.runtime.supervised``.

Arguments: the folder to hold, the script that stands for Python, and in seconds how long the greeting takes and how
long a role may take to stop.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from types import SimpleNamespace

from shared.kernel.errors import SettingsError
from shared.runtime import supervisor
from shared.runtime.telemetry import configure


def main() -> None:
    """Run until told to stop."""
    folder, script, greeting = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])
    supervisor.STOP_SECONDS = float(sys.argv[4])
    configure("info", "up")
    supervisor.sys = SimpleNamespace(executable=script, platform=sys.platform)  # type: ignore[assignment, attr-defined]
    roles = [supervisor.Role("first", ["first"]), supervisor.Role("second", ["second"])]

    def greet() -> None:
        print("greeting", flush=True)
        until = time.monotonic() + greeting
        while time.monotonic() < until:
            time.sleep(0.05)
        print("greeted", flush=True)

    try:
        with supervisor.only_one(folder):
            supervisor.Supervisor(roles).run(greet)
    except SettingsError as error:
        print(error.message, flush=True)
        sys.exit(2)
    print("stopped", flush=True)


if __name__ == "__main__":
    main()
