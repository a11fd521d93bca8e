"""``carers backup`` and ``carers restore``: refused where they would harm, and nobody erased comes back."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner, Result

from services.workforce.domain.commands import ForgetPerson, RecordEmployment, RecordLegalEmployer, RecordOrganisation
from services.workforce.domain.person import Person
from shared.process.backup import Manifest, copy_database
from shared.process.cli import carers
from shared.runtime.settings import PREFIX
from shared.runtime.supervisor import only_one
from shared.runtime.wiring import Wiring
from shared.store.commands import CommandKey
from shared.store.leases import Lease
from tests.support import project, settings_for, wired
from tests.workforce.conftest import TERMS

WORKS = "ministry-of-works"


class Machine:
    """A deployment's folder with workforce and leave in it, and somebody hired."""

    def __init__(self, folder: Path) -> None:
        self.var = folder / "var"
        self.backup = folder / "backup"
        self.settings = settings_for(self.var)
        with closing(self.open()) as workforce:
            self.send(workforce, RecordOrganisation("Ministry of Works", "Works", "department", "operator"))
            self.send(workforce, RecordLegalEmployer("Ministry of Works", WORKS, "operator"))
        wired("leave", self.settings).close()
        self.ann = self.hire("Ann Author", "0001")

    def open(self) -> Wiring:
        """Workforce as a process has it."""
        return wired("workforce", self.settings)

    def send(self, workforce: Wiring, command: Any) -> dict[str, Any]:
        """Execute a command."""
        return workforce.application.execute(command, CommandKey("works/hr/test", str(uuid4()))).data

    def hire(self, name: str, number: str) -> str:
        """Record somebody new; answers who they are."""
        with closing(self.open()) as workforce:
            given = RecordEmployment("", name, replace(TERMS, staff_number=number), "hr")
            person = str(self.send(workforce, given)["person"])
            project(workforce)
        return person

    def forget(self, person: str) -> None:
        """Erase somebody."""
        with closing(self.open()) as workforce:
            self.send(workforce, ForgetPerson(person, "hr"))

    def run(self, *words: str) -> Result:
        """The command line."""
        environment: dict[str, str | None] = {name: None for name in os.environ if name.startswith(PREFIX)}
        environment |= {"CARERS_VAR": str(self.var), "CARERS_INSTANCE": "test"}
        return CliRunner().invoke(carers, list(words), env=environment, catch_exceptions=False)

    def back_up(self) -> None:
        """A backup of workforce and leave."""
        done = self.run("backup", str(self.backup), "workforce", "leave")
        assert done.exit_code == 0, done.output

    def restore(self, *words: str) -> Result:
        """Put workforce back."""
        return self.run("restore", str(self.backup), "workforce", "--yes", *words)

    def look(self, ask: Callable[[Wiring], Any]) -> Any:
        """What a process would find."""
        with closing(self.open()) as workforce:
            return ask(workforce)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def _knows(person: str) -> Callable[[Wiring], bool]:
    return lambda workforce: workforce.application.load(Person, UUID(person)) is not None


def _head(workforce: Wiring) -> tuple[str, int]:
    return workforce.stores.log.head()


def test_what_came_after_the_backup_is_gone_and_a_new_epoch_has_begun(machine: Machine) -> None:
    machine.back_up()
    epoch, kept = machine.look(_head)
    ben = machine.hire("Ben Baker", "0002")

    done = machine.restore()

    assert done.exit_code == 0, done.output
    assert f"workforce: goes on after position {kept}, lists agree" in done.output
    assert machine.look(_knows(machine.ann))
    assert not machine.look(_knows(ben))
    assert machine.look(lambda it: it.stores.log.epochs().began)[0] == (epoch, 0)
    assert machine.look(lambda it: it.stores.log.epochs().after_position) == kept
    cat = machine.hire("Cat Cook", "0002")
    assert machine.look(_knows(cat))


def test_the_manifest_tells_what_is_in_it_and_keys_lie_apart(machine: Machine) -> None:
    machine.back_up()

    manifest = Manifest.read(machine.backup)

    assert (manifest.instance, set(manifest.services)) == ("test", {"workforce", "leave"})
    kept = manifest.services["workforce"]
    assert (kept.epoch, kept.head) == machine.look(_head)
    assert set(kept.files) == {"read", "log", "keys"}
    found = {str(path.relative_to(machine.backup)) for path in machine.backup.rglob("*") if path.is_file()}
    assert found == {
        "manifest.json",
        *(f"{name}/{part}.db" for name in manifest.services for part in ("read", "log")),
        *(f"keys/{name}.db" for name in manifest.services),
    }
    assert {path.stat().st_mode & 0o077 for path in machine.backup.rglob("*")} == {0}


def test_a_copy_is_one_moment_of_a_database_that_is_written_to(tmp_path: Path) -> None:
    live, copy = tmp_path / "live.db", tmp_path / "copy.db"
    with closing(sqlite3.connect(live, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("CREATE TABLE a (n INTEGER, filling BLOB)")
        writer.execute("CREATE TABLE b (n INTEGER)")
        end = threading.Event()

        def write() -> None:
            with closing(sqlite3.connect(live, timeout=10, isolation_level=None)) as other:
                while not end.is_set():
                    other.execute("BEGIN IMMEDIATE")
                    other.execute("INSERT INTO a VALUES (1, randomblob(20000))")
                    other.execute("INSERT INTO b VALUES (1)")
                    other.execute("COMMIT")

        thread = threading.Thread(target=write)
        thread.start()
        try:
            for _ in range(5):
                copy.unlink(missing_ok=True)
                copy_database(live, copy)
                with closing(sqlite3.connect(copy)) as read:
                    counts = [read.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in "ab"]
                assert counts[0] == counts[1]
        finally:
            end.set()
            thread.join()


def test_a_backup_is_never_written_over_another(machine: Machine) -> None:
    machine.back_up()

    done = machine.run("backup", str(machine.backup))

    assert done.exit_code == 2
    assert "is there already" in done.output


def test_a_backup_that_failed_leaves_no_folder(machine: Machine) -> None:
    (machine.var / "leave" / "log.db").write_bytes(b"no database" * 1000)

    with pytest.raises(sqlite3.DatabaseError):
        machine.run("backup", str(machine.backup), "workforce", "leave")

    assert [path.name for path in machine.backup.parent.iterdir()] == ["var"]


def test_nothing_is_restored_while_a_process_has_a_database_open(machine: Machine) -> None:
    machine.back_up()
    with closing(machine.open()):
        done = machine.restore()
    assert done.exit_code == 2
    assert "Stop them all first" in done.output

    with only_one(machine.var):
        done = machine.restore()
    assert done.exit_code == 2
    assert "already runs" in done.output
    assert machine.look(lambda it: it.stores.log.epochs().began)[1:] == ()


@pytest.mark.parametrize("spoiled", ["tampered", "missing", "instance", "version", "manifest"])
def test_a_backup_that_is_not_whole_or_not_ours_is_refused_and_nothing_touched(machine: Machine, spoiled: str) -> None:
    machine.back_up()
    log, manifest = machine.backup / "workforce" / "log.db", machine.backup / "manifest.json"
    told = json.loads(manifest.read_text())
    if spoiled == "tampered":
        with closing(sqlite3.connect(log, isolation_level=None)) as connection:
            connection.execute("UPDATE head SET position = position + 1")
    elif spoiled == "missing":
        log.unlink()
    elif spoiled == "instance":
        manifest.write_text(json.dumps(told | {"instance": "another"}))
    elif spoiled == "version":
        told["services"]["workforce"]["versions"]["log"] = "0000"
        manifest.write_text(json.dumps(told))
    else:
        manifest.write_text("{")
    before = machine.look(_head)

    done = machine.restore()

    assert done.exit_code == 2, done.output
    assert machine.look(_head) == before


def test_a_restore_that_was_cut_off_leaves_what_works_and_can_be_run_again(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.back_up()
    ben = machine.hire("Ben Baker", "0002")
    honest = os.replace

    def cut_off(source: Path, target: Path) -> None:
        if target.name == "log.db":
            raise KeyboardInterrupt
        honest(source, target)

    with monkeypatch.context() as planted:
        planted.setattr("shared.process.restore.os.replace", cut_off)
        machine.restore()
    assert machine.look(_knows(ben)), "the log is the old one"
    with closing(machine.open()) as workforce:
        project(workforce)
        assert workforce.health().ready

    assert machine.restore().exit_code == 0
    assert not machine.look(_knows(ben))


def test_who_was_erased_since_the_backup_stays_erased(machine: Machine) -> None:
    machine.back_up()
    machine.forget(machine.ann)

    done = machine.restore()

    assert "1 erasures done again" in done.output, done.output
    assert machine.look(lambda it: it.application.load(Person, UUID(machine.ann)).forgotten)
    assert machine.look(lambda it: it.keys.destroyed()) == {machine.ann}


def test_keys_from_a_backup_do_not_bring_back_who_was_erased_since(machine: Machine) -> None:
    machine.back_up()
    machine.forget(machine.ann)
    (machine.var / "workforce" / "keys.db").unlink()
    with closing(wired("leave", machine.settings)) as leave:
        leave.keys.destroy(machine.ann)  # as leave does when it hears of it

    assert machine.restore().exit_code == 0

    assert machine.look(lambda it: it.keys.destroyed()) == {machine.ann}
    assert machine.look(lambda it: it.application.load(Person, UUID(machine.ann)).forgotten)


def test_when_every_database_is_lost_a_list_kept_elsewhere_tells_who_was_erased(machine: Machine) -> None:
    machine.back_up()
    machine.forget(machine.ann)
    for path in machine.var.glob("*/*.db*"):
        path.unlink()
    erased = machine.backup.parent / "erased.txt"
    erased.write_text(f"{machine.ann}\n\n")

    assert machine.restore("--erased", str(erased)).exit_code == 0

    assert machine.look(lambda it: it.keys.destroyed()) == {machine.ann}
    erased.write_text("somebody\n")
    refused = machine.restore("--erased", str(erased))
    assert (refused.exit_code, "'somebody' is no person's identifier" in refused.output) == (2, True)


def test_a_log_restored_by_other_means_begins_an_epoch_once_its_worker_is_stopped(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.process.restore.TTL_SECONDS", -2.0)
    with closing(machine.open()) as workforce:
        lease = Lease(workforce.stores.log.database, "workforce")
        lease.hold()
        refused = machine.run("restored", "workforce")
        assert (refused.exit_code, "The worker of workforce runs" in refused.output) == (2, True)
        lease.release()

    done = machine.run("restored", "workforce")

    assert done.exit_code == 0, done.output
    assert len(machine.look(lambda it: it.stores.log.epochs().began)) == 2


def test_on_postgresql_the_servers_own_tools_are_named(tmp_path: Path) -> None:
    environment: dict[str, str | None] = {name: None for name in os.environ if name.startswith(PREFIX)}
    environment |= {"CARERS_VAR": str(tmp_path), "CARERS_DATABASE": "postgresql://nobody@127.0.0.1:1/{service}"}

    done = CliRunner().invoke(carers, ["backup", str(tmp_path / "backup")], env=environment)

    assert done.exit_code == 2
    assert "pg_dump" in done.output
    assert "carers restored SERVICE" in done.output
