"""What accreditation is asked, by API and form alike."""

from __future__ import annotations

import marshmallow as ma

from services.accreditation.domain import assessment, award, courses, provisions
from services.accreditation.domain.schemes import Area
from services.accreditation.domain.training import REASONS, SOURCES
from shared.kernel.events import Payload
from shared.web import fields
from shared.web.schemas import Schema

LONGEST_SLUG = 80
LONGEST_NOTE = 500
MOST_VERSIONS = 999


class VersionFields(Schema):
    """What a version of a course says."""

    title = fields.Text(max=courses.LONGEST_TITLE, required=True, label="the course’s title")
    validity_months = fields.Whole(
        min=1,
        max=courses.LONGEST_VALIDITY,
        load_default=None,
        allow_none=True,
        label="for how many months a completion counts",
        metadata={"description": "Left out: it does not expire"},
    )
    grace_days = fields.Whole(
        min=0,
        max=courses.LONGEST_GRACE,
        load_default=0,
        label="the days of grace",
        metadata={"description": "Days from somebody's first day in the audience on which they are not counted"},
    )
    starts = fields.Date(required=True, label="the first day")


class RecordCourseSchema(VersionFields):
    """A new course of one's organisation."""

    code = fields.Text(
        max=courses.LONGEST_CODE,
        required=True,
        label="a short name for the course",
        validate=ma.validate.Regexp(
            r"^[a-z0-9]+(-[a-z0-9]+)*\Z", error="Use lower-case letters, digits and single hyphens, such as carer-aware"
        ),
    )
    audience = fields.Choice(
        courses.AUDIENCES, required=True, error_messages={"required": "Choose who must take the course"}
    )


class ReviseCourseSchema(VersionFields):
    """A further version of a course."""

    retake = fields.Flag(
        load_default=False,
        metadata={"description": "Completions of earlier versions count no longer from its first day"},
    )


class RetireCourseSchema(Schema):
    """The end of a course."""

    ends = fields.Date(required=True, label="the first day on which nobody must take it")


class RecordCompletionSchema(Schema):
    """That somebody of one's organisation completed a version of a course."""

    code = fields.Text(max=courses.LONGEST_CODE, required=True, error_messages={"required": "Choose the course"})
    version = fields.Whole(min=1, max=MOST_VERSIONS, required=True, error_messages={"required": "Choose the version"})
    completed_on = fields.Date(required=True, label="the day on which they completed it")
    source = fields.Choice(SOURCES, required=True, error_messages={"required": "Choose how you know"})
    evidence = fields.Text(
        max=LONGEST_NOTE,
        lines=True,
        load_default="",
        label="a note",
        metadata={
            "description": "A note or an address; kept sealed with the person's key, nothing about health or family"
        },
    )
    person = fields.Identifier(required=True, label="the person")


class CompletionPageSchema(RecordCompletionSchema):
    """A completion on its page: course and version are one choice, written ``code/version``."""

    class Meta(Schema.Meta):
        """Course and version come together; what is missing is told in the order of the page."""

        fields = ("taken", "completed_on", "source", "evidence")

    taken = fields.Text(
        max=courses.LONGEST_CODE + 4,
        required=True,
        validate=ma.validate.Regexp(r"^[a-z0-9-]+/[1-9][0-9]{0,2}\Z", error="Choose the course"),
        error_messages={"required": "Choose the course"},
    )


class CorrectCompletionSchema(Schema):
    """Whose completion was recorded by mistake, and of which course."""

    person = fields.Identifier(required=True, label="the person")
    code = fields.Text(max=courses.LONGEST_CODE, required=True, label="the course")


class ExemptPersonSchema(Schema):
    """That somebody of one's organisation is exempt from a course for a time."""

    code = fields.Text(max=courses.LONGEST_CODE, required=True, error_messages={"required": "Choose the course"})
    starts = fields.Date(required=True, label="the first day")
    until = fields.Date(
        load_default=None,
        allow_none=True,
        label="the last day",
        metadata={"description": "Left out: no end. The day before the first removes the exemption"},
    )
    reason = fields.Choice(REASONS, required=True, error_messages={"required": "Choose the reason"})
    note = fields.Text(
        max=LONGEST_NOTE,
        lines=True,
        load_default="",
        label="a note",
        metadata={"description": "Kept sealed with the person's key; nothing about health or family"},
    )
    person = fields.Identifier(required=True, label="the person")


class OnSchema(Schema):
    """On which day."""

    on = fields.Date(load_default=None, label="the day", metadata={"description": "Today where left out"})


class WhoseSchema(Schema):
    """Whose training."""

    person = fields.Identifier(load_default="", label="the person", metadata={"description": "Oneself where left out"})


class RecordProvisionSchema(Schema):
    """Something that is in place for carers."""

    starts = fields.Date(required=True, label="the day from which it is in place")
    owner = fields.Text(
        max=provisions.LONGEST_OWNER,
        required=True,
        label="the post or team that looks after it",
        metadata={"description": "A post or a team; no name of a person"},
    )
    evidence = fields.Text(
        max=provisions.LONGEST_EVIDENCE, lines=True, load_default="", label="where it can be found, or a note"
    )
    review_on = fields.Date(load_default=None, allow_none=True, label="the day of its next review")
    kind = fields.Choice(provisions.KINDS, required=True, error_messages={"required": "Choose what is in place"})


class WithdrawProvisionSchema(Schema):
    """What is in place no longer."""

    ends = fields.Date(required=True, label="the first day on which it is no longer in place")
    kind = fields.Choice(provisions.KINDS, required=True, label="the kind")


class VacancySchema(Schema):
    """Since when nobody is the champion."""

    since = fields.Date(required=True, label="the first day without a champion")


class RecordAwardSchema(Schema):
    """An award that one's organisation holds."""

    level = fields.Text(max=40, required=True, error_messages={"required": "Choose the level"})
    starts = fields.Date(required=True, label="the day from which the award holds")
    until = fields.Date(
        load_default=None,
        allow_none=True,
        label="its last day",
        metadata={"description": "Left out: after the scheme's usual time"},
    )
    organisations = fields.List(
        fields.Text(max=LONGEST_SLUG),
        required=True,
        validate=ma.validate.Length(
            1, award.MOST_ORGANISATIONS, error="Choose at least one organisation that the award covers"
        ),
        error_messages={"required": "Choose at least one organisation that the award covers"},
    )
    reference = fields.Text(
        max=award.LONGEST_REFERENCE,
        load_default="",
        label="a reference",
        metadata={"description": "Of the certificate"},
    )
    scheme = fields.Text(max=40, required=True, error_messages={"required": "Choose the scheme"})


class SchemeSchema(Schema):
    """Which scheme."""

    scheme = fields.Text(max=40, required=True, error_messages={"required": "Choose the scheme"})


class EndAwardSchema(Schema):
    """From which day an award is held no longer."""

    ends = fields.Date(required=True, label="the first day without the award")


class AssessAreaSchema(Schema):
    """What was found in an area of a scheme."""

    area = fields.Text(max=40, required=True, label="the area")
    scores = ma.fields.Dict(
        keys=ma.fields.String(validate=ma.validate.Length(max=40)),
        values=fields.Whole(min=0, max=max(assessment.SCORES)),
        required=True,
        metadata={"description": "A score from 0 to 3 for each criterion of the area"},
    )
    evidence = fields.Text(max=assessment.LONGEST_EVIDENCE, lines=True, required=True, label="the evidence")
    evidence_on = fields.Date(required=True, label="the day that the evidence is from")


def area_form(area: Area) -> ma.Schema:
    """The form of an area: a score for each criterion, named ``score_`` and the criterion, and the evidence."""
    choices = {str(score): words for score, words in assessment.SCORES.items()}
    scores = {
        score_field(each.criterion): fields.Choice(
            choices, required=True, error_messages={"required": f"Choose how far this is so: {each.text}"}
        )
        for each in area.criteria
    }
    rest = {name: field for name, field in AssessAreaSchema._declared_fields.items() if name.startswith("evidence")}
    return Schema.from_dict({**scores, **rest}, name="AreaForm")()


def score_field(criterion: str) -> str:
    """The name of a criterion's field."""
    return "score_" + criterion.replace("-", "_")


def scores_of(area: Area, data: Payload) -> dict[str, int]:
    """The scores that an area's form holds, by criterion: all of them once it is whole."""
    typed = {each.criterion: data.get(score_field(each.criterion)) for each in area.criteria}
    return {criterion: int(score) for criterion, score in typed.items() if score is not None}
