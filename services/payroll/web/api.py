"""Payroll's JSON API."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from flask import Response

from services.payroll.read.next_batch import next_batch
from services.payroll.read.pay_groups import pay_groups
from services.payroll.read.sealed_batches import sealed_batches
from services.payroll.read.sent_lines import lines_of_batch, lines_of_person, lines_waiting_for_person
from services.payroll.read.shown_lines import shown_lines
from services.payroll.web.access import READ, admit, admit_to_batch, admit_to_own
from services.payroll.web.acts import SEAL_BATCH
from services.payroll.web.schemas import (
    PAGE_SIZE,
    BatchesSchema,
    BatchSchema,
    LinesSchema,
    OwnLinesSchema,
    PayGroupQuerySchema,
    PayGroupsSchema,
    PreviewSchema,
)
from services.payroll.wiring import PayrollWiring
from shared.kernel.events import Payload
from shared.web.actor import current_actor
from shared.web.api import ApiBlueprint
from shared.web.app_context import wired
from shared.web.paging import offset
from shared.web.schemas import PageSchema

blueprint = ApiBlueprint("payroll", __name__, description="Pay lines and their batches")


@blueprint.get("/pay-groups")
@blueprint.response(200, PayGroupsSchema)
def list_pay_groups() -> dict[str, object]:
    """The pay groups of one's organisation, with the number of lines to send."""
    actor = current_actor()
    admit(actor, READ, actor.organisation)
    with wired(PayrollWiring).reading() as connection:
        return {"pay_groups": [asdict(group) for group in pay_groups(connection, actor.organisation)]}


@blueprint.get("/preview")
@blueprint.arguments(PayGroupQuerySchema, location="query")
@blueprint.response(200, PreviewSchema)
def preview(query: Payload) -> dict[str, object]:
    """What the next batch of a pay group would send, a page at a time: a preview is never an export."""
    actor = current_actor()
    admit(actor, READ, actor.organisation)
    payroll = wired(PayrollWiring)
    named = {"employer": query["employer"], "pay_group": query["pay_group"]}
    with payroll.reading() as connection:
        found = next_batch(connection, payroll.settings.instance, actor.organisation, **named)
        proposal = found.proposal
        lines = shown_lines(connection, proposal.lines[offset(query, PAGE_SIZE) : offset(query, PAGE_SIZE) + PAGE_SIZE])
    return {
        **named,
        "number": proposal.number,
        "count": len(proposal.lines),
        "quantities": proposal.quantities,
        "left": proposal.left,
        "checked": proposal.fingerprint,
        "leave_epoch": found.leave_epoch,
        "leave_position": found.leave_position,
        "waiting": found.waiting,
        "lines": lines,
    }


blueprint.act("/batches", SEAL_BATCH)


@blueprint.get("/batches")
@blueprint.arguments(PageSchema, location="query")
@blueprint.response(200, BatchesSchema)
def list_batches(query: Payload) -> dict[str, object]:
    """The batches that one's organisation has sealed, newest first."""
    actor = current_actor()
    admit(actor, READ, actor.organisation)
    with wired(PayrollWiring).reading() as connection:
        found = sealed_batches(connection, actor.organisation, limit=PAGE_SIZE, offset=offset(query, PAGE_SIZE))
    return {"batches": [asdict(batch) for batch in found]}


@blueprint.get("/batches/<uuid:batch>")
@blueprint.response(200, BatchSchema)
def show_batch(batch: UUID) -> dict[str, object]:
    """A sealed batch by its totals."""
    sealed = admit_to_batch(current_actor(), wired(PayrollWiring).application.sealed_batch(batch))
    return sealed.totals()


@blueprint.get("/batches/<uuid:batch>/lines")
@blueprint.arguments(PageSchema, location="query")
@blueprint.response(200, LinesSchema)
def list_batch_lines(query: Payload, batch: UUID) -> dict[str, object]:
    """The lines of a batch in the order of its file, a page at a time."""
    payroll = wired(PayrollWiring)
    admit_to_batch(current_actor(), payroll.application.sealed_batch(batch))
    with payroll.reading() as connection:
        lines = lines_of_batch(connection, str(batch), limit=PAGE_SIZE, offset=offset(query, PAGE_SIZE))
        return {"lines": shown_lines(connection, lines)}


@blueprint.get("/batches/<uuid:batch>/file")
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type="text/csv")
def download_batch(batch: UUID) -> Response:
    """The file of a batch: the same bytes each time, whose SHA-256 is the batch's."""
    sealed = admit_to_batch(current_actor(), wired(PayrollWiring).application.sealed_batch(batch))
    response = Response(sealed.file, content_type="text/csv; charset=utf-8; header=present")
    response.headers["Content-Disposition"] = f'attachment; filename="{sealed.file_name}"'
    response.set_etag(sealed.sha256)
    return response


@blueprint.get("/lines")
@blueprint.arguments(PageSchema, location="query")
@blueprint.response(200, OwnLinesSchema)
def list_own_lines(query: Payload) -> dict[str, object]:
    """One's own lines: what is not sent yet, and a page of what was sent."""
    actor = current_actor()
    admit_to_own(actor)
    with wired(PayrollWiring).reading() as connection:
        sent = lines_of_person(connection, actor.person, limit=PAGE_SIZE, offset=offset(query, PAGE_SIZE))
        waiting = lines_waiting_for_person(connection, actor.person)
        return {"waiting": shown_lines(connection, waiting), "sent": shown_lines(connection, sent)}
