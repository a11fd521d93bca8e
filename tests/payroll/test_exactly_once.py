"""Nothing twice, nothing missed: random interleavings, seals at the same moment, failures inside, kill -9."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, text

from services.payroll.application import LeaveApplied, Payroll
from services.payroll.domain.commands import SealBatch
from services.payroll.domain.lines import OpenLines
from services.payroll.read.sealing import SealingLists
from services.payroll.wiring import shipped_mapping
from shared.kernel.errors import CarersError, ConflictError, RefusedError, UnavailableError
from shared.kernel.ids import derived_id
from shared.store.commands import Answer, CommandKey
from shared.store.key_record import KeyRecord
from shared.store.rebuild import digests, rebuild
from shared.store.tables import command_keys, events
from tests.payroll.rig import Rig

pytestmark = pytest.mark.parametrize(
    "rig", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)

FIRST = date(2026, 3, 2)
PERSONS = [str(derived_id("person", str(number))) for number in range(6)]


MINUTES: list[int | str] = [0, 0, 111, 222, "555/2", 444]


def random_word(rig: Rig, chance: random.Random) -> None:
    """Leave says something about one of a few notices and dates: taken, put right, moved, worked instead."""
    person = chance.choice(PERSONS)
    notice = str(derived_id("notice", person, str(chance.randrange(2))))
    minutes: int | str = chance.choice(MINUTES)
    paid = chance.choice([0, 0, minutes, 111 if minutes not in (0, 111) else 0])
    say = chance.choice([rig.taken, rig.corrected])
    day = FIRST + timedelta(days=chance.randrange(4))
    staff_number = f"S{PERSONS.index(person)}"
    say(
        person,
        day,
        minutes,
        notice=notice,
        paid_minutes=paid,
        post=chance.choice(["P1", "P2"]),
        staff_number=staff_number,
    )


def try_to_seal(rig: Rig) -> None:
    """Seal if there is something to seal and the lists are up to date."""
    try:
        rig.seal()
    except (RefusedError, UnavailableError, ConflictError):
        return


def check_books(rig: Rig) -> None:
    """All keys once, numbers without gaps, and payroll's sums are what leave's events come to."""
    rows = [row for batch in rig.batches() for row in rig.rows(batch)]
    keys = [(row["Line"], row["Revision"]) for row in rows]
    assert len(set(keys)) == len(keys)
    sent = {f"{row['Line']}/{row['Revision']}": row for row in rows}
    reversed_keys = [row["Reverses"] for row in rows if row["Reverses"]]
    assert len(set(reversed_keys)) == len(reversed_keys)
    for row in (row for row in rows if row["Reverses"]):
        first = sent[row["Reverses"]]
        same = ("Person number", "Post", "Date", "Unit", "Absence code", "Pay code", "Period")
        assert [row[name] for name in same] == [first[name] for name in same]
        assert row["Quantity"] == f"-{first['Quantity']}"
    assert rig.sent() == rig.owed()


@pytest.mark.parametrize("seed", range(6))
def test_whatever_the_order_of_days_corrections_and_seals_the_sums_sent_are_the_totals_now(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr("services.payroll.read.sealing.PATIENCE_SECONDS", 0.0)
    chance = random.Random(seed)
    files: dict[int, bytes] = {}
    for _ in range(150):
        step: Callable[[], None] = chance.choices(
            [lambda: random_word(rig, chance), rig.deliver, rig.project, lambda: try_to_seal(rig)],
            weights=[6, 2, 2, 2],
        )[0]
        step()
        if chance.random() < 0.1:
            for batch in rig.batches():
                assert files.setdefault(batch.number, batch.file) == batch.file
    rig.arrive()
    try_to_seal(rig)
    rig.project()
    assert all(batch.file == files.get(batch.number, batch.file) for batch in rig.batches())
    check_books(rig)
    assert len(rig.batches()) > 3
    check_rebuild(rig)


def check_rebuild(rig: Rig) -> None:
    """The lists folded afresh are the live ones, byte for byte."""
    wiring = rig.wiring
    with wiring.reading() as connection:
        live = digests(connection, wiring.models)
    report = rebuild(wiring.stores, wiring.models, wiring.sources(), wiring.application.history)
    assert report.differing == ()
    with wiring.reading() as connection:
        assert digests(connection, wiring.models) == live


def at_once(tasks: Sequence[Callable[[], Answer]]) -> tuple[list[Answer], list[CarersError]]:
    """Run all tasks at the same moment; their answers and their refusals."""
    barrier = threading.Barrier(len(tasks))

    def run(task: Callable[[], Answer]) -> Answer | CarersError:
        barrier.wait()
        try:
            return task()
        except CarersError as error:
            return error

    with ThreadPoolExecutor(len(tasks)) as pool:
        results = list(pool.map(run, tasks))
    return [r for r in results if isinstance(r, Answer)], [r for r in results if isinstance(r, CarersError)]


def test_fifty_clicks_with_one_key_seal_one_batch_and_get_one_answer(rig: Rig) -> None:
    rig.taken(PERSONS[0], FIRST)
    rig.arrive()
    answers, refusals = at_once([lambda: rig.seal(key="one")] * 50)
    assert refusals == []
    assert len({answer.data["sha256"] for answer in answers}) == 1
    assert sum(not answer.repeated for answer in answers) == 1
    assert len(rig.batches()) == 1


@dataclass(frozen=True)
class StaleLists:
    """Lists that believe themselves up to date and show what they showed at one moment."""

    shown: OpenLines

    def leave_applied(self) -> LeaveApplied:
        """Everything."""
        return LeaveApplied("", 0)

    def caught_up(self, position: int) -> bool:
        """So they think."""
        return True

    def open_lines(self, organisation: str, employer: str, pay_group: str) -> OpenLines:
        """What they showed then."""
        return self.shown


def test_eight_seals_of_the_same_lines_at_the_same_moment_make_one_batch(rig: Rig) -> None:
    rig.taken(PERSONS[0], FIRST)
    rig.arrive()
    lists = SealingLists(rig.wiring.stores.read, rig.settings.instance)
    stale = StaleLists(lists.open_lines(rig.organisation, rig.employer, "monthly"))
    application = Payroll(rig.wiring.stores, rig.clock, shipped_mapping(), stale)
    command = SealBatch(rig.organisation, rig.employer, "monthly", "", 0, "", "officer")

    def seal(number: int) -> Callable[[], Answer]:
        return lambda: application.execute(command, CommandKey("works/officer/SealBatch", f"k{number}"))

    answers, refusals = at_once([seal(number) for number in range(8)])
    assert len(answers) == 1
    assert all(isinstance(refusal, UnavailableError | ConflictError) for refusal in refusals)
    assert len(rig.batches()) == 1
    rig.project()
    check_books(rig)


def test_days_that_arrive_while_batches_are_sealed_are_in_one_of_them(rig: Rig) -> None:
    chance = random.Random(11)
    ended = threading.Event()

    def project() -> None:
        while not ended.is_set():
            rig.project()
            ended.wait(0.002)

    def arrive() -> None:
        for _ in range(60):
            for _ in range(5):
                random_word(rig, chance)
            rig.deliver()

    def seal() -> None:
        while not ended.is_set():
            try_to_seal(rig)
            ended.wait(0.005)

    others = [threading.Thread(target=project), *(threading.Thread(target=seal) for _ in range(3))]
    for thread in others:
        thread.start()
    try:
        arrive()
    finally:
        ended.set()
        for thread in others:
            thread.join(30)
    rig.project()
    try_to_seal(rig)
    check_books(rig)
    assert len(rig.batches()) > 1


def stored(rig: Rig) -> tuple[list[str], int]:
    """The topics that sealing writes, and the number of seal keys, as the log has them."""
    with rig.wiring.stores.log.database.reading() as connection:
        topics = connection.execute(select(events.c.topic).order_by(events.c.position)).scalars()
        keys = connection.execute(select(command_keys.c.scope)).scalars()
        sealing = [topic for topic in topics if topic.startswith(("payroll.batch", "payroll.pay-group"))]
        return sealing, sum(scope.endswith("/SealBatch") for scope in keys)


def test_a_seal_whose_last_row_cannot_be_stored_leaves_nothing(rig: Rig) -> None:
    rig.taken(PERSONS[0], FIRST)
    rig.arrive()
    log = rig.wiring.stores.log.database
    planted = KeyRecord("ministry-of-works/payroll-officer/SealBatch", "k0", "", "{}")
    with log.writing() as connection:
        connection.execute(insert(command_keys).values(**planted._asdict(), recorded=""))
        connection.execute(text("CREATE UNIQUE INDEX stop ON command_keys (scope)"))
    with pytest.raises(ConflictError):
        rig.seal(key="k1")
    with log.writing() as connection:
        connection.execute(text("DROP INDEX stop"))
        connection.execute(delete(command_keys).where(command_keys.c.key == "k0"))
    assert stored(rig) == ([], 0)
    rig.seal(key="k1")
    assert stored(rig) == (
        ["payroll.batch.sealed", "payroll.pay-group.opened", "payroll.pay-group.batch-sealed"],
        1,
    )


SEALER = """
import sys
from pathlib import Path
from tests.payroll.rig import Rig

rig = Rig(Path(sys.argv[1]), database=sys.argv[3])
rig.project()
print("ready", flush=True)
sys.stdin.readline()
rig.seal(key=sys.argv[2])
print("sealed", flush=True)
"""


@pytest.mark.system
@pytest.mark.parametrize("seed", range(4))
def test_a_sealer_killed_at_any_moment_has_sealed_the_whole_batch_or_nothing(rig: Rig, seed: int) -> None:
    for number in range(20):
        for day in range(25):
            person = str(derived_id("person", str(number)))
            rig.taken(person, FIRST + timedelta(days=day), staff_number=f"S{number}")
    rig.arrive()
    sealer = subprocess.Popen(
        [sys.executable, "-c", SEALER, str(rig.settings.var), "one", rig.settings.database],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert sealer.stdin is not None
    assert sealer.stdout is not None
    assert sealer.stdout.readline() == "ready\n"
    sealer.stdin.write("\n")
    sealer.stdin.flush()
    time.sleep(random.Random(seed).uniform(0.0, 0.15))
    sealer.send_signal(signal.SIGKILL)
    acknowledged = "sealed" in sealer.communicate(timeout=10)[0]
    batches, keys = stored(rig)
    assert (len(batches), keys) in ((0, 0), (3, 1))
    assert not acknowledged or keys == 1
    rig.project()
    answer = rig.seal(key="one")
    assert answer.repeated == (keys == 1)
    assert [batch.count for batch in rig.batches()] == [500]
    check_books(rig)
