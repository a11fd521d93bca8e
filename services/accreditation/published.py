"""What others may know of accreditation: training by its dates, what is in place, awards. No note and no reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from services.accreditation.domain.assessment import Assessment
from services.accreditation.domain.award import Award
from services.accreditation.domain.provisions import VACANT_DAYS, Provision
from services.accreditation.domain.training import TrainingRecord
from shared.contracts import types
from shared.kernel.events import Event
from shared.store.outbox import Published

_OF_COURSE: Final = ("course", "code")
_OF_AWARD: Final = ("award", "scheme", "level")


def assigned(event: Event) -> dict[str, object]:
    """What somebody is asked, since when, and the first day on which they are counted."""
    return _named(event, (*_OF_COURSE, "audience", "least_version", "since", "due_on"))


def released(event: Event) -> dict[str, object]:
    """That somebody is asked no longer."""
    return _named(event, (*_OF_COURSE, "left_on"))


def completed(event: Event) -> dict[str, object]:
    """A completion by its dates; source and evidence stay here."""
    return {
        **_named(event, (*_OF_COURSE, "completion", "completed_on", "expires_on")),
        "version": event["training_version"],
    }


def corrected(event: Event) -> dict[str, object]:
    """That a completion never counted."""
    return _named(event, (*_OF_COURSE, "completion"))


def expired(event: Event) -> dict[str, object]:
    """That a completion's validity is over."""
    return _named(event, (*_OF_COURSE, "completion", "expired_on", "renewed"))


def exempted(event: Event) -> dict[str, object]:
    """From when to when somebody is outside the figures; the reason stays here."""
    return _named(event, (*_OF_COURSE, "starts", "counted_from", "until"))


def provision_recorded(event: Event) -> dict[str, object]:
    """That something is in place; owner and evidence stay here.

    Of a champion's place that is vacant also since when, and until when it counts all the same.
    """
    since = event["vacant_since"]
    last = date.fromisoformat(since) + timedelta(days=VACANT_DAYS - 1) if since else None
    return {
        **_named(event, ("kind", "starts", "vacant_since")),
        "counts_until": last.isoformat() if last else None,
    }


def provision_withdrawn(event: Event) -> dict[str, object]:
    """That something is in place no longer."""
    return _named(event, ("kind", "starts", "ends"))


def area_assessed(event: Event) -> dict[str, object]:
    """From when an area's evidence is; scores and evidence stay here."""
    return _named(event, ("scheme", "area", "areas", "evidence_on"))


def awarded(event: Event) -> dict[str, object]:
    """An award and whom it covers."""
    return _named(event, (*_OF_AWARD, "starts", "until", "organisations"))


def lapsed(event: Event) -> dict[str, object]:
    """That an award is over."""
    return _named(event, (*_OF_AWARD, "lapsed_on"))


PUBLISHED: Mapping[str, Published] = {
    TrainingRecord.Assigned.TOPIC: Published(types.TRAINING_ASSIGNED, assigned),
    TrainingRecord.Released.TOPIC: Published(types.TRAINING_RELEASED, released),
    TrainingRecord.Completed.TOPIC: Published(types.TRAINING_COMPLETED, completed),
    TrainingRecord.Corrected.TOPIC: Published(types.TRAINING_CORRECTED, corrected),
    TrainingRecord.Expired.TOPIC: Published(types.TRAINING_EXPIRED, expired),
    TrainingRecord.Exempted.TOPIC: Published(types.TRAINING_EXEMPTED, exempted),
    Provision.Recorded.TOPIC: Published(types.PROVISION_RECORDED, provision_recorded),
    Provision.Vacated.TOPIC: Published(types.PROVISION_RECORDED, provision_recorded),
    Provision.Withdrawn.TOPIC: Published(types.PROVISION_WITHDRAWN, provision_withdrawn),
    Assessment.AreaAssessed.TOPIC: Published(types.AREA_ASSESSED, area_assessed),
    Award.Awarded.TOPIC: Published(types.AWARDED, awarded),
    Award.Lapsed.TOPIC: Published(types.AWARD_LAPSED, lapsed),
}


def _named(event: Event, names: tuple[str, ...]) -> dict[str, object]:
    return {name: event[name] for name in names}
