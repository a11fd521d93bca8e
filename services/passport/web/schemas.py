"""The passport's payloads: what is asked, what is shown."""

from __future__ import annotations

from datetime import date

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
from shared.kernel.events import Payload
from shared.web import fields
from shared.web.schemas import Schema

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
    def in_order(self, data: Payload, **_: object) -> None:
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
    def one_kind(self, data: Payload, **_: object) -> None:
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
    def in_order(self, data: Payload, **_: object) -> None:
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


def value_of(data: Payload) -> Value:
    """What a loaded section is to hold."""
    if data["section"] == FLEXIBILITIES:
        return tuple(_flexibility(each) for each in data["flexibilities"])
    return str(data["text"])


def _flexibility(data: Payload) -> Flexibility:
    return Flexibility(data["kind"], data["detail"], data["start"], data["trial_until"], data["review_by"])
