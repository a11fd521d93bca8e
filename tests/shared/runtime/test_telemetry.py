"""Logs are JSON lines that name things, and hold nothing of what anybody wrote."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
SCRIPT = """
import logging
from shared.runtime.telemetry import configure, log
configure("info", "probe")
log.debug("too-small")
log.info("something-happened", service="leave")
try:
    raise ValueError("planted-secret")
except ValueError:
    log.error("it-failed", error="ValueError", exc_info=True)
    logging.getLogger("some.library").warning("about %s", "planted-secret", exc_info=True)
    logging.getLogger("some.library").info("quiet")
"""


def test_lines_are_json_with_names_and_without_content() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True, timeout=30
    )

    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert done.stdout == ""
    assert [line["event"] for line in lines] == ["something-happened", "it-failed", "library"]
    assert lines[0]["service"] == "leave"
    assert {line["process"] for line in lines} == {"probe"}
    assert lines[2] | {"logger": "some.library", "error": "ValueError"} == lines[2]
    assert "planted-secret" not in done.stderr
