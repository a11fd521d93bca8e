"""What the passport's API answers."""

from __future__ import annotations

import marshmallow as ma

from shared.web.schemas import AnswerSchema, Schema


class PassportDecidedSchema(AnswerSchema):
    """What a passport is now."""

    state = ma.fields.String()


class PassportSignedSchema(PassportDecidedSchema):
    """What a passport is after a signature."""

    settled = ma.fields.Boolean(metadata={"description": "Whether both sides have signed this version now"})


class ProposalDecidedSchema(PassportDecidedSchema):
    """A proposal that was made or answered."""

    proposal = ma.fields.String()


class PassportMovedSchema(PassportDecidedSchema):
    """Where a passport is now."""

    organisation = ma.fields.String()


class ConsentGivenSchema(AnswerSchema):
    """A consent that was given."""

    consent = ma.fields.String()
    capacity = ma.fields.String(metadata={"description": "manager: while they are it; named: the person named"})


class ConsentWithdrawnSchema(AnswerSchema):
    """A consent that was withdrawn."""

    consent = ma.fields.String()


class FlexibilityShownSchema(Schema):
    """One thing agreed."""

    kind = ma.fields.String()
    detail = ma.fields.String()
    start = ma.fields.String(allow_none=True)
    trial_until = ma.fields.String(allow_none=True)
    review_by = ma.fields.String(allow_none=True)


class SectionShownSchema(Schema):
    """A section that holds something and that one may read."""

    section = ma.fields.String()
    text = ma.fields.String()
    flexibilities = ma.fields.List(ma.fields.Nested(FlexibilityShownSchema))


class SignatureShownSchema(Schema):
    """A signature of what is written now."""

    side = ma.fields.String(metadata={"description": "carer or manager"})
    signed_on = ma.fields.String()


class ProposalShownSchema(Schema):
    """A proposal that the carer has not answered yet."""

    proposal = ma.fields.String()
    section = ma.fields.String()
    proposed_on = ma.fields.String()
    reason = ma.fields.String()
    value = ma.fields.Nested(SectionShownSchema)


class PassportSchema(Schema):
    """A passport, by the fields and sections that one may see."""

    person = ma.fields.String()
    organisation = ma.fields.String()
    state = ma.fields.String()
    drafted_on = ma.fields.String(allow_none=True)
    held_on = ma.fields.String(allow_none=True)
    agreed_on = ma.fields.String(allow_none=True)
    reviewed_on = ma.fields.String(allow_none=True)
    review_due = ma.fields.String(allow_none=True)
    review_asked = ma.fields.Boolean()
    ended_on = ma.fields.String(allow_none=True)
    has_changes = ma.fields.Boolean(metadata={"description": "Whether what is written differs from what was agreed"})
    complete = ma.fields.Boolean(metadata={"description": "Whether all that is written is shown here"})
    digest = ma.fields.String(metadata={"description": "What a signature is of; empty unless all of it is shown here"})
    signatures = ma.fields.List(ma.fields.Nested(SignatureShownSchema))
    sections = ma.fields.List(ma.fields.Nested(SectionShownSchema))
    proposals = ma.fields.List(ma.fields.Nested(ProposalShownSchema))


class ConsentShownSchema(Schema):
    """A consent that stands."""

    consent = ma.fields.String()
    reader = ma.fields.String()
    capacity = ma.fields.String()
    sections = ma.fields.List(ma.fields.String())
    purpose = ma.fields.String()
    starts = ma.fields.String()
    ends = ma.fields.String(allow_none=True)
    opens_today = ma.fields.Boolean()


class ConsentsSchema(Schema):
    """Who can read each part."""

    consents = ma.fields.List(ma.fields.Nested(ConsentShownSchema))


class LookedSchema(Schema):
    """Somebody has looked."""

    at = ma.fields.String()
    reader = ma.fields.String()
    role = ma.fields.String()
    label = ma.fields.String(metadata={"description": "Staff number and post on that day"})
    sections = ma.fields.List(ma.fields.String())
    purpose = ma.fields.String()


class ReadingsSchema(Schema):
    """Who has read it, newest first."""

    readings = ma.fields.List(ma.fields.Nested(LookedSchema))


class TeamPassportSchema(Schema):
    """A passport in a manager's list."""

    person = ma.fields.String()
    staff_number = ma.fields.String()
    post = ma.fields.String()
    state = ma.fields.String()
    review_due = ma.fields.String()
    shared = ma.fields.Boolean()
    reviews = ma.fields.List(ma.fields.String())
    waits_for_signature = ma.fields.Boolean()
    waits_to_be_taken_over = ma.fields.Boolean()


class TeamSchema(Schema):
    """The passports of the people one manages, and those that others shared with one by name."""

    team = ma.fields.List(ma.fields.Nested(TeamPassportSchema))
    named = ma.fields.List(ma.fields.String(), metadata={"description": "Persons"})
