"""The doorbell: one datagram wakes the worker, and nobody at home is no harm."""

from __future__ import annotations

import time
from pathlib import Path

from shared.runtime.doorbell import listen, ring


def test_a_ring_names_the_service_whose_log_grew(tmp_path: Path) -> None:
    bell = tmp_path / "run" / "doorbell"
    receiver = listen(bell)
    receiver.settimeout(2)

    ring(bell, "leave")
    ring(bell, "payroll")

    assert [receiver.recv(100), receiver.recv(100)] == [b"leave", b"payroll"]
    receiver.close()


def test_nobody_at_home_is_no_harm(tmp_path: Path) -> None:
    ring(tmp_path / "absent", "leave")


def test_a_worker_that_was_killed_leaves_no_harm(tmp_path: Path) -> None:
    bell = tmp_path / "doorbell"
    listen(bell).close()
    ring(bell, "leave")

    receiver = listen(bell)
    receiver.settimeout(2)
    ring(bell, "leave")

    assert receiver.recv(100) == b"leave"
    receiver.close()


def test_a_worker_that_does_not_listen_holds_no_command_up(tmp_path: Path) -> None:
    bell = tmp_path / "doorbell"
    receiver = listen(bell)
    began = time.monotonic()

    for _ in range(2000):
        ring(bell, "leave")

    assert time.monotonic() - began < 5
    receiver.close()


def test_a_folder_too_deep_for_a_socket_holds_no_command_up(tmp_path: Path) -> None:
    ring(tmp_path / ("x" * 120) / "doorbell", "leave")
