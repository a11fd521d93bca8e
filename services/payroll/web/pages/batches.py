"""The pages of payroll: pay groups, the next batch, its seal, sealed batches; and everybody's own lines."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from services.payroll.read.employer_names import employer_names
from services.payroll.read.next_batch import Preview, next_batch
from services.payroll.read.pay_groups import pay_groups
from services.payroll.read.sealed_batches import sealed_batches
from services.payroll.read.sent_lines import lines_of_batch, lines_of_person, lines_waiting_for_person
from services.payroll.web.access import READ, admit, admit_to_batch, admit_to_own
from services.payroll.web.acts import SEAL_BATCH
from services.payroll.web.blueprint import blueprint
from services.payroll.web.schemas import PAGE_SIZE
from services.payroll.web.views import lines_in_words
from services.payroll.wiring import PayrollWiring
from shared.store.commands import Answer
from shared.web.actor import Actor, current_actor
from shared.web.app_context import wired
from shared.web.paging import paged


@blueprint.get("/")
def overview() -> ResponseReturnValue:
    """Pay groups and batches for payroll; one's own lines for everybody else."""
    actor = current_actor()
    if "payroll" not in actor.roles:
        return own_lines()
    admit(actor, READ, actor.organisation)
    with wired(PayrollWiring).reading() as connection:
        groups = pay_groups(connection, actor.organisation)
        page = paged(
            lambda most, start: sealed_batches(connection, actor.organisation, limit=most, offset=start), PAGE_SIZE
        )
        names = employer_names(
            connection,
            {actor.organisation, *(group.employer for group in groups), *(batch.employer for batch in page.rows)},
        )
    return render_template(
        "payroll/overview.html",
        organisation=names[actor.organisation],
        groups=groups,
        batches=page.rows,
        names=names,
        **page.turning(),
    )


@blueprint.get("/own")
def own_lines() -> ResponseReturnValue:
    """What payroll was sent about the person who asks, and what waits."""
    actor = current_actor()
    admit_to_own(actor)
    with wired(PayrollWiring).reading() as connection:
        page = paged(lambda most, start: lines_of_person(connection, actor.person, limit=most, offset=start), PAGE_SIZE)
        waiting = lines_waiting_for_person(connection, actor.person)
    return render_template("payroll/own_lines.html", sent=page.rows, waiting=waiting, **page.turning())


@blueprint.get("/pay-groups/<slug:employer>/<slug:pay_group>")
def preview(employer: str, pay_group: str) -> ResponseReturnValue:
    """The lines of the next batch as they stand: a preview."""
    actor = current_actor()
    admit(actor, READ, actor.organisation)
    found, name = _next_batch(actor, employer, pay_group)
    page = paged(lambda most, start: found.proposal.lines[start : start + most], PAGE_SIZE)
    with wired(PayrollWiring).reading() as connection:
        lines = lines_in_words(connection, page.rows)
    return render_template(
        "payroll/preview.html",
        employer=employer,
        employer_name=name,
        pay_group=pay_group,
        preview=found,
        lines=lines,
        **page.turning(),
    )


@blueprint.route("/pay-groups/<slug:employer>/<slug:pay_group>/seal", methods=["GET", "POST"])
def seal_batch(employer: str, pay_group: str) -> ResponseReturnValue:
    """Check the totals, then seal."""
    let, form = SEAL_BATCH.let(), SEAL_BATCH.form("employer", "pay_group")
    if done := SEAL_BATCH.submit(form, let, _sealed, employer=employer, pay_group=pay_group):
        return done
    found, name = _next_batch(let.actor, employer, pay_group)
    page = render_template(
        "payroll/seal.html", form=form, employer=employer, employer_name=name, pay_group=pay_group, preview=found
    )
    return page, form.status


@blueprint.get("/batches/<uuid:batch>")
def batch(batch: UUID) -> ResponseReturnValue:
    """A sealed batch: its totals, the file, its lines."""
    payroll = wired(PayrollWiring)
    sealed = admit_to_batch(current_actor(), payroll.application.sealed_batch(batch))
    with payroll.reading() as connection:
        page = paged(lambda most, start: lines_of_batch(connection, str(batch), limit=most, offset=start), PAGE_SIZE)
        shown = lines_in_words(connection, page.rows)
        name = employer_names(connection, {sealed.employer})[sealed.employer]
    return render_template("payroll/batch.html", batch=sealed, employer_name=name, lines=shown, **page.turning())


def _sealed(answer: Answer) -> tuple[str, str]:
    return url_for("payroll.batch", batch=answer.data["batch"]), f"Batch {answer.data['number']} sealed"


def _next_batch(actor: Actor, employer: str, pay_group: str) -> tuple[Preview, str]:
    payroll = wired(PayrollWiring)
    with payroll.reading() as connection:
        found = next_batch(connection, payroll.settings.instance, actor.organisation, employer, pay_group)
        return found, employer_names(connection, {employer})[employer]
