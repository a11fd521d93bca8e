"""Payroll's payloads: what is asked, what is shown."""

from __future__ import annotations

import marshmallow as ma

from shared.web import fields
from shared.web.schemas import AnswerSchema, PageSchema, Schema

PAGE_SIZE = 100
"""Lines or batches on one page."""

_NAME = ma.validate.Regexp(
    r"^[a-z0-9]+(-[a-z0-9]+)*\Z",
    error="Use lower-case letters, digits and single hyphens",
)


def _name(label: str, description: str) -> fields.Text:
    return fields.Text(max=80, label=label, required=True, validate=_NAME, metadata={"description": description})


class PayGroupQuerySchema(PageSchema):
    """A pay group, and a page of its lines."""

    employer = _name("the employer", "The legal employer")
    pay_group = _name("the pay group", "As the list of pay groups names it")


class SealBatchSchema(Schema):
    """Seal the changed lines of a pay group as its next batch."""

    leave_epoch = fields.Identifier(
        load_default="", label="leave's epoch", metadata={"description": "As the preview gives it; else any"}
    )
    leave_position = fields.Whole(
        max=2**53,
        required=True,
        label="leave's position",
        metadata={
            "description": "The cut-off: the position of leave's published event that must have been applied before; "
            "the preview gives the one that it holds"
        },
    )
    checked = fields.Text(
        max=64,
        load_default="",
        label="the preview's mark",
        metadata={"description": "As the preview gives it: nothing but the lines it showed is sealed"},
    )
    employer = _name("the employer", "The legal employer")
    pay_group = _name("the pay group", "As the list of pay groups names it")


class BatchSealedSchema(AnswerSchema):
    """The batch that was sealed."""

    batch = ma.fields.String()
    number = ma.fields.Integer()
    sha256 = ma.fields.String(metadata={"description": "SHA-256 of the file"})


class PayGroupSchema(Schema):
    """A pay group."""

    employer = ma.fields.String()
    pay_group = ma.fields.String()
    open = ma.fields.Integer(metadata={"description": "Lines changed since they were last sent"})
    sealed = ma.fields.Integer(metadata={"description": "The number of the last batch, 0 for none"})


class PayGroupsSchema(Schema):
    """The pay groups of an organisation."""

    pay_groups = ma.fields.List(ma.fields.Nested(PayGroupSchema))


class ProposedLineSchema(Schema):
    """A line as it would be sent."""

    line = ma.fields.String(metadata={"description": "The line's name, which never changes"})
    revision = ma.fields.Integer()
    reverses = ma.fields.String(metadata={"description": "line/revision that this one cancels, or empty"})
    employer = ma.fields.String()
    pay_group = ma.fields.String()
    staff_number = ma.fields.String(metadata={"description": "Empty where the person was erased"})
    post = ma.fields.String()
    date = ma.fields.String()
    element = ma.fields.String(metadata={"description": "paid or unpaid"})
    unit = ma.fields.String(metadata={"description": "days or hours"})
    quantity = ma.fields.String(metadata={"description": "Decimal text, negative for a reversal"})
    absence_code = ma.fields.String()
    pay_code = ma.fields.String()
    continuity = ma.fields.String()
    period = ma.fields.String(metadata={"description": "The month of the date"})


class LineSchema(ProposedLineSchema):
    """A line of a batch, or one that is not sent yet."""

    batch = ma.fields.Integer(metadata={"description": "The batch that sends it; 0: not sealed yet"})


class PreviewSchema(Schema):
    """What the next batch would send. It is no export."""

    employer = ma.fields.String()
    pay_group = ma.fields.String()
    number = ma.fields.Integer(metadata={"description": "The number that the batch would have"})
    count = ma.fields.Integer(metadata={"description": "Lines in all"})
    quantities = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.String())
    left = ma.fields.Integer(metadata={"description": "Changed lines left for the batch after it"})
    checked = ma.fields.String(metadata={"description": "Send it with the seal, to seal these lines and no others"})
    leave_epoch = ma.fields.String()
    leave_position = ma.fields.Integer(metadata={"description": "Up to where leave's events are in these lines"})
    waiting = ma.fields.Integer(metadata={"description": "Leave's events that failed and are in no line yet"})
    lines = ma.fields.List(ma.fields.Nested(ProposedLineSchema))


class BatchSchema(Schema):
    """A sealed batch by its totals."""

    batch = ma.fields.String()
    employer = ma.fields.String()
    pay_group = ma.fields.String()
    number = ma.fields.Integer()
    period = ma.fields.String(metadata={"description": "The month in which it was sealed"})
    lines = ma.fields.Integer(metadata={"description": "How many lines it has"})
    quantities = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.String())
    sha256 = ma.fields.String(metadata={"description": "SHA-256 of the file"})
    file_name = ma.fields.String()
    sealed_at = ma.fields.String()


class BatchesSchema(Schema):
    """A page of batches, newest first."""

    batches = ma.fields.List(ma.fields.Nested(BatchSchema))


class LinesSchema(Schema):
    """A page of lines."""

    lines = ma.fields.List(ma.fields.Nested(LineSchema))


class OwnLinesSchema(Schema):
    """One's own lines: sent, and not sent yet."""

    waiting = ma.fields.List(ma.fields.Nested(LineSchema))
    sent = ma.fields.List(ma.fields.Nested(LineSchema))
