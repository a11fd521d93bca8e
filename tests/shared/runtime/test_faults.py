"""What a command says where the machine beneath it fails."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy.exc import OperationalError

from shared.kernel.errors import UnavailableError
from shared.process.cli import carers
from shared.runtime.faults import sentence_of


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (UnavailableError("Try again."), "Try again."),
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full"),
        (OSError(errno.EROFS, "Read-only file system", "/srv/var/lock"), "on a disk that can only be read"),
        (PermissionError(errno.EACCES, "Permission denied", "/srv/var"), "this user may not write there"),
        (OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full")), "The disk is full"),
    ],
)
def test_a_fault_of_the_machine_is_a_sentence(error: Exception, words: str) -> None:
    assert words in sentence_of(error)


@pytest.mark.parametrize(
    "error",
    [ValueError("x"), ConnectionResetError("x"), OperationalError("x", {}, sqlite3.OperationalError("no"))],
)
def test_what_only_a_traceback_explains_keeps_it(error: Exception) -> None:
    assert sentence_of(error) == ""


def test_a_folder_that_cannot_be_one_is_told_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "inside"):
        done = CliRunner().invoke(carers, ["demo", "reset", "--yes"], env={"CARERS_VAR": str(folder)})
        assert done.exit_code == 2
        assert "there is a file where a folder must be" in done.output


def test_a_scale_that_is_no_number_is_refused() -> None:
    done = CliRunner().invoke(carers, ["demo", "--scale", "nan"])
    assert done.exit_code == 2
    assert "is not a number" in done.output
