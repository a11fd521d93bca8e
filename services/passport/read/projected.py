"""What the passport's own events do to its lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, delete

from services.passport.domain.passport import Passport
from services.passport.domain.sharing import Sharing
from services.passport.domain.signatures import CARER
from services.passport.domain.terms import ACCEPTED, AGREED, DRAFTED, ENDED, HELD, REVIEWED, TRANSFERRED
from services.passport.read.tables import consents, passports, proposals
from services.passport.read.told import TOLD
from shared.kernel.events import Event
from shared.people.effects import NO_END
from shared.store.news import with_news
from shared.store.rows import Rows
from shared.store.subscriptions import RowEffect

Events = Sequence[dict[str, Any]]

_UNSIGNED = {"signed_by_carer": False, "signed_by_manager": ""}


def drafted(rows: Rows, events: Events) -> None:
    """A passport was begun; of the one before nothing is listed."""
    fresh = [
        {
            "person": event["person"],
            "organisation": event["organisation"],
            "state": DRAFTED,
            "agreed_on": "",
            "settled_on": "",
            "settled_with": "",
            "review_due": "",
            "review_asked": False,
            **_UNSIGNED,
        }
        for event in events
    ]
    rows.upsert(passports, fresh, key=("person",))
    _delete(rows, events, proposals)


def written(rows: Rows, events: Events) -> None:
    """Another version, which nobody has signed."""
    _change(rows, events, lambda event: {"organisation": event["organisation"], **_UNSIGNED})


def conversation_held(rows: Rows, events: Events) -> None:
    """It can be signed."""
    _change(rows, events, lambda event: {"organisation": event["organisation"], "state": HELD})


def change_proposed(rows: Rows, events: Events) -> None:
    """A proposal waits."""
    waiting = [{name: event[name] for name in ("proposal", "person", "by")} for event in events]
    rows.upsert(proposals, waiting, key=("proposal",))


def proposal_answered(rows: Rows, events: Events) -> None:
    """It waits no longer."""
    table = rows[proposals]
    rows.connection.execute(
        delete(table).where(table.c.proposal == bindparam("which")), [{"which": event["proposal"]} for event in events]
    )


def signed(rows: Rows, events: Events) -> None:
    """One side signed the present version."""
    _change(
        rows,
        [event for event in events if event["side"] == CARER],
        lambda _: {"signed_by_carer": True},
    )
    _change(
        rows,
        [event for event in events if event["side"] != CARER],
        lambda event: {"signed_by_manager": event["by"]},
    )


def agreed(rows: Rows, events: Events) -> None:
    """Both signed for the first time."""
    _change(rows, events, lambda event: {"agreed_on": event["agreed_on"], **_settled(event, AGREED, "agreed_on")})


def reviewed(rows: Rows, events: Events) -> None:
    """Both signed again."""
    _change(rows, events, lambda event: _settled(event, REVIEWED, "reviewed_on"))


def changes_dropped(rows: Rows, events: Events) -> None:
    """Back to what was agreed, and nobody has signed anew."""
    _change(rows, events, lambda _: dict(_UNSIGNED))


def review_asked(rows: Rows, events: Events) -> None:
    """A review is due, whatever the date."""
    _change(rows, events, lambda _: {"review_asked": True})


def transferred(rows: Rows, events: Events) -> None:
    """It is elsewhere, and waits there."""
    _change(
        rows,
        events,
        lambda event: {"organisation": event["to_organisation"], "state": TRANSFERRED, **_UNSIGNED},
    )
    _delete(rows, events, proposals)


def received(rows: Rows, events: Events) -> None:
    """It is in force again; who accepted it has settled it as it is."""
    _change(rows, events, lambda _: {"state": AGREED})
    accepted = [event for event in events if event["outcome"] == ACCEPTED]
    _change(rows, accepted, lambda event: {"settled_on": event["received_on"], "settled_with": event["manager"]})


def ended(rows: Rows, events: Events) -> None:
    """Nothing of it waits for anybody."""
    _change(rows, events, lambda _: {"state": ENDED, "review_due": "", "review_asked": False, **_UNSIGNED})
    _delete(rows, events, proposals)


def consented(rows: Rows, events: Events) -> None:
    """Somebody may read."""
    given = [
        {
            **{name: event[name] for name in ("consent", "person", "reader", "capacity", "starts")},
            "sections": ",".join(event["sections"]),
            "ends": event["ends"] or NO_END,
        }
        for event in events
    ]
    rows.upsert(consents, given, key=("consent",))


def withdrawn(rows: Rows, events: Events) -> None:
    """Somebody may not any more."""
    table = rows[consents]
    rows.connection.execute(
        delete(table).where(table.c.consent == bindparam("which")), [{"which": event["consent"]} for event in events]
    )


def sharing_closed(rows: Rows, events: Events) -> None:
    """Nobody may any more."""
    _delete(rows, events, consents)


def forgotten(rows: Rows, events: Events) -> None:
    """An erased person is on no list."""
    for table in (passports, proposals):
        _delete(rows, events, table)


_LISTED: Mapping[str, RowEffect] = {
    Passport.Drafted.TOPIC: drafted,
    Passport.Written.TOPIC: written,
    Passport.ConversationHeld.TOPIC: conversation_held,
    Passport.ChangeProposed.TOPIC: change_proposed,
    Passport.ProposalAnswered.TOPIC: proposal_answered,
    Passport.Signed.TOPIC: signed,
    Passport.Agreed.TOPIC: agreed,
    Passport.Reviewed.TOPIC: reviewed,
    Passport.ChangesDropped.TOPIC: changes_dropped,
    Passport.ReviewAsked.TOPIC: review_asked,
    Passport.Transferred.TOPIC: transferred,
    Passport.Received.TOPIC: received,
    Passport.Ended.TOPIC: ended,
    Passport.Forgotten.TOPIC: forgotten,
    Sharing.Consented.TOPIC: consented,
    Sharing.Withdrawn.TOPIC: withdrawn,
    Sharing.Closed.TOPIC: sharing_closed,
    Sharing.Forgotten.TOPIC: sharing_closed,
}

PROJECTED: Mapping[str, RowEffect] = with_news(_LISTED, TOLD, closing=[Passport.Ended.TOPIC, Passport.Forgotten.TOPIC])


def _settled(event: Event, state: str, day: str) -> dict[str, object]:
    return {
        "state": state,
        "settled_on": event[day],
        "settled_with": event["manager"],
        "review_due": event["review_due"],
        "review_asked": False,
        **_UNSIGNED,
    }


def _change(rows: Rows, events: Events, values: Callable[[dict[str, object]], dict[str, object]]) -> None:
    """Set these values in the rows of the events' persons; of several events of one person the last counts."""
    latest = {event["person"]: {"person": event["person"], **values(event)} for event in events}
    rows.change(passports, list(latest.values()), key=("person",))


def _delete(rows: Rows, events: Events, table: Table) -> None:
    live = rows[table]
    persons = [{"whose": person} for person in {event["person"] for event in events}]
    rows.connection.execute(delete(live).where(live.c.person == bindparam("whose")), persons)
