"""The passport's payloads: what is asked, what is shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import marshmallow as ma

from services.passport.domain.consents import LONGEST_PURPOSE
from services.passport.domain.sections import (
    FLEXIBILITIES,
    LONGEST_DETAIL,
    LONGEST_TEXT,
    MOST_FLEXIBILITIES,
    SECTIONS,
    Flexibility,
    Value,
)
from services.passport.web.words import END_WORDS, KIND_WORDS, PATTERN_WORDS, PURPOSE_WORDS, SECTION_WORDS
from shared.web import fields
from shared.web.acts import Payload
from shared.web.schemas import AnswerSchema, Schema

PAGE_SIZE = 50
"""Readings on one page."""

SECTION_CHOICES = {name: SECTION_WORDS[name].title for name in SECTIONS}


class PatternSchema(Schema):
    """The page of the pattern of caring; none where one would rather not say."""

    text = fields.Choice(PATTERN_WORDS, load_default="", label="how your caring comes")


class FlexibilitySchema(Schema):
    """One thing agreed."""

    kind = fields.Choice(KIND_WORDS, required=True, error_messages={"required": "Choose what it is about"})
    detail = fields.Text(
        max=LONGEST_DETAIL,
        lines=True,
        required=True,
        label="what is agreed",
        error_messages={"required": "Enter what is agreed"},
    )
    start = fields.Date(load_default=None, label="the day it starts")
    trial_until = fields.Date(load_default=None, label="the last day of the trial")
    review_by = fields.Date(load_default=None, label="the day to review it")

    @ma.validates_schema
    def in_order(self, data: Payload, **_: Any) -> None:
        """Nothing ends before it starts."""
        start: date | None = data.get("start")
        for name in ("trial_until", "review_by"):
            if start and data.get(name) and data[name] < start:
                raise ma.ValidationError("This must be on or after the day it starts", name)


def _reason() -> fields.Text:
    """Why a change is proposed; after the words themselves, as on the page."""
    return fields.Text(
        max=LONGEST_DETAIL,
        lines=True,
        required=True,
        label="why you propose this",
        error_messages={"required": "Enter why you are proposing this"},
    )


class ProposedTextSchema(Schema):
    """Other words for a section, from a manager."""

    text = fields.Text(
        max=LONGEST_TEXT, lines=True, required=True, error_messages={"required": "Enter what you propose"}
    )
    reason = _reason()


class ProposedFlexibilitySchema(FlexibilitySchema):
    """An arrangement that a manager proposes."""

    reason = _reason()


class SectionSchema(Schema):
    """What a section is to hold: text, or arrangements; neither where it is to hold nothing."""

    section = fields.Choice(SECTION_CHOICES, required=True, label="which part")
    text = fields.Text(
        max=LONGEST_TEXT,
        lines=True,
        load_default="",
        label="what you want to say",
        metadata={"description": "Of every part but flexibilities; of pattern: steady, fluctuating or crisis"},
    )
    flexibilities = fields.List(
        fields.Nested(FlexibilitySchema),
        load_default=list,
        validate=ma.validate.Length(max=MOST_FLEXIBILITIES, error=f"Send at most {MOST_FLEXIBILITIES}"),
    )

    @ma.validates_schema
    def one_kind(self, data: Payload, **_: Any) -> None:
        """A section holds the one or the other."""
        if data.get("text") and data.get("section") == FLEXIBILITIES:
            raise ma.ValidationError("This part takes flexibilities and no text", "text")
        if data.get("flexibilities") and data.get("section") != FLEXIBILITIES:
            raise ma.ValidationError("This part takes text and no flexibilities", "flexibilities")
        if data.get("section") == "pattern" and data.get("text", "") not in {"", *PATTERN_WORDS}:
            raise ma.ValidationError("Choose one of: steady, fluctuating, crisis", "text")


class ProposalSchema(SectionSchema):
    """What a manager proposes that a section holds."""

    reason = _reason()


class AnswerProposalSchema(Schema):
    """The carer's answer to a proposal."""

    accepted = fields.Flag(required=True, label="whether you accept it")


class ConversationSchema(Schema):
    """When carer and manager talked."""

    held_on = fields.Date(required=True, label="the day", error_messages={"required": "Enter the date when you talked"})


class DigestSchema(Schema):
    """Which version one signs: the digest that came with it."""

    digest = fields.Text(max=64, required=True, label="the digest of what you were shown")


class SignSchema(DigestSchema):
    """The page on which one signs."""

    agreed = fields.Flag(
        required=True,
        validate=ma.validate.Equal(True, error="Select the box to sign"),
        error_messages={"required": "Select the box to sign"},
    )


class ReaderSchema(Schema):
    """First page of a consent: who can read."""

    who = fields.Text(max=36, required=True, error_messages={"required": "Choose who you want to share it with"})
    staff_number = fields.Text(max=40, load_default="", label="their staff number")


class ShareSchema(Schema):
    """A consent, with who can read."""

    sections = fields.List(
        fields.Choice(SECTION_CHOICES),
        required=True,
        validate=ma.validate.Length(1, len(SECTIONS), error="Choose at least one part"),
        error_messages={"required": "Choose at least one part"},
    )
    purpose = fields.Text(
        max=LONGEST_PURPOSE, required=True, error_messages={"required": "Enter why you are sharing it"}
    )
    starts = fields.Date(required=True, error_messages={"required": "Enter the first day"})
    ends = fields.Date(load_default=None, label="the last day")
    reader = fields.Identifier(
        load_default="", label="the reader", metadata={"description": "One's manager where left out"}
    )

    @ma.validates_schema
    def in_order(self, data: Payload, **_: Any) -> None:
        """A consent does not end before it starts."""
        if data.get("ends") and data.get("starts") and data["ends"] < data["starts"]:
            raise ma.ValidationError("The last day must be on or after the first", "ends")


class TransferSchema(Schema):
    """The decision to take one's passport to another organisation."""

    organisation = fields.Text(max=80, required=True, label="the organisation")
    consent = fields.Flag(
        required=True,
        validate=ma.validate.Equal(True, error="Select the box if you want to take it with you"),
        error_messages={"required": "Select the box if you want to take it with you"},
    )


class EndSchema(Schema):
    """Why a passport ends; sealed, and shown to nobody."""

    reason = fields.Choice(
        END_WORDS, required=True, error_messages={"required": "Choose a reason, or that you prefer not to say"}
    )


def _purpose() -> fields.Choice:
    return fields.Choice(PURPOSE_WORDS, required=True, error_messages={"required": "Choose why you need to read it"})


class PurposeSchema(Schema):
    """What HR reads a passport for."""

    purpose = _purpose()


class FindSchema(Schema):
    """Whose passport HR reads, and what for."""

    staff_number = fields.Text(max=40, required=True, error_messages={"required": "Enter a staff number"})
    purpose = _purpose()


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


def value_of(data: Mapping[str, Any]) -> Value:
    """What a loaded section is to hold."""
    if data["section"] == FLEXIBILITIES:
        return tuple(_flexibility(each) for each in data["flexibilities"])
    return str(data["text"])


def _flexibility(data: Mapping[str, Any]) -> Flexibility:
    return Flexibility(data["kind"], data["detail"], data["start"], data["trial_until"], data["review_by"])
