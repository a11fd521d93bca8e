"""A deployment's settings are its own, however many threads ask for those of several."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.system.harness import apart


def test_threads_that_read_settings_at_once_get_those_of_their_deployment(tmp_path: Path) -> None:
    deployments = [apart(tmp_path / name) for name in ("one", "two")]
    with ThreadPoolExecutor(8) as pool:
        asked = [(deployment, pool.submit(deployment.settings)) for _ in range(40) for deployment in deployments]
    assert all(answer.result().var == deployment.var.resolve() for deployment, answer in asked)
