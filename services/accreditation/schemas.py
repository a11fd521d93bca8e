"""Accreditation's payloads: what is asked, what is shown."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from services.accreditation.domain import assessment, award, courses, provisions
from services.accreditation.domain.schemes import Area
from services.accreditation.domain.training import REASONS, SOURCES
from shared.web import fields
from shared.web.schemas import AnswerSchema, Schema

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
        metadata={"description": "Left out: for ever"},
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
        courses.AUDIENCES, required=True, error_messages={"required": "Choose who is asked to take the course"}
    )


class ReviseCourseSchema(VersionFields):
    """A further version of a course."""

    retake = fields.Flag(
        load_default=False,
        metadata={"description": "Completions of earlier versions count no longer from its first day"},
    )


class RetireCourseSchema(Schema):
    """The end of a course."""

    ends = fields.Date(required=True, label="the first day on which nobody is asked to take it")


class CompletionSchema(Schema):
    """That somebody completed a version of a course."""

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


class RecordCompletionSchema(CompletionSchema):
    """That somebody of one's organisation completed a version of a course."""

    person = fields.Identifier(required=True, label="the person")


class CompletionPageSchema(CompletionSchema):
    """A completion on its page: course and version are one choice, written ``code/version``."""

    class Meta(Schema.Meta):
        """Course and version come together."""

        exclude = ("code", "version")

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


class ExemptionSchema(Schema):
    """That somebody need not take a course for a time."""

    code = fields.Text(max=courses.LONGEST_CODE, required=True, error_messages={"required": "Choose the course"})
    starts = fields.Date(required=True, label="the first day")
    until = fields.Date(
        load_default=None,
        allow_none=True,
        label="the last day",
        metadata={"description": "Left out: for good. A day before the first takes the exemption back"},
    )
    reason = fields.Choice(REASONS, required=True, error_messages={"required": "Choose the reason"})
    note = fields.Text(
        max=LONGEST_NOTE,
        lines=True,
        load_default="",
        label="a note",
        metadata={"description": "Kept sealed with the person's key; nothing about health or family"},
    )


class ExemptPersonSchema(ExemptionSchema):
    """That somebody of one's organisation need not take a course for a time."""

    person = fields.Identifier(required=True, label="the person")


class FindSchema(Schema):
    """Somebody to find."""

    staff_number = fields.Text(max=40, required=True, error_messages={"required": "Enter a staff number"})


class OnSchema(Schema):
    """On which day."""

    on = fields.Date(load_default=None, label="the day", metadata={"description": "Today where left out"})


class WhoseSchema(Schema):
    """Whose training."""

    person = fields.Identifier(load_default="", label="the person", metadata={"description": "Oneself where left out"})


class ProvisionFields(Schema):
    """What is said of something that is in place."""

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


class RecordProvisionSchema(ProvisionFields):
    """Something that is in place for carers."""

    kind = fields.Choice(provisions.KINDS, required=True, error_messages={"required": "Choose what is in place"})


class EndsSchema(Schema):
    """From which day something is no longer so."""

    ends = fields.Date(required=True, label="the first day on which it is no longer in place")


class WithdrawProvisionSchema(EndsSchema):
    """What is in place no longer."""

    kind = fields.Choice(provisions.KINDS, required=True, label="the kind")


class VacancySchema(Schema):
    """Since when nobody is the champion."""

    since = fields.Date(required=True, label="the first day without a champion")


class AwardFields(Schema):
    """What a certificate says."""

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


class RecordAwardSchema(AwardFields):
    """An award that one's organisation holds."""

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


class CourseChangedSchema(AnswerSchema):
    """A course that was recorded or changed."""

    course = ma.fields.String()
    code = ma.fields.String()
    version = ma.fields.Integer()


class CompletionRecordedSchema(AnswerSchema):
    """A completion; ``new`` is false where it was recorded before."""

    completion = ma.fields.String()
    new = ma.fields.Boolean()


class CompletionCorrectedSchema(AnswerSchema):
    """A completion that was taken back."""

    completion = ma.fields.String()


class PersonChangedSchema(AnswerSchema):
    """Whose record changed."""

    person = ma.fields.String()


class ProvisionChangedSchema(AnswerSchema):
    """A provision that changed."""

    kind = ma.fields.String()


class AreaAssessedSchema(AnswerSchema):
    """An area that was assessed."""

    scheme = ma.fields.String()
    area = ma.fields.String()


class AwardChangedSchema(AnswerSchema):
    """An award that was recorded or ended."""

    award = ma.fields.String()
    until = ma.fields.String()


class VersionShownSchema(Schema):
    """A version of a course."""

    number = ma.fields.Integer()
    title = ma.fields.String()
    validity_months = ma.fields.Integer(allow_none=True)
    grace_days = ma.fields.Integer()
    retake = ma.fields.Boolean()
    starts = ma.fields.String()


class CourseShownSchema(Schema):
    """A course of one's organisation."""

    course = ma.fields.String()
    code = ma.fields.String()
    audience = ma.fields.String()
    ends = ma.fields.String(allow_none=True, metadata={"description": "The first day on which nobody is asked"})
    versions = ma.fields.List(ma.fields.Nested(VersionShownSchema))


class CoursesSchema(Schema):
    """The courses of one's organisation."""

    courses = ma.fields.List(ma.fields.Nested(CourseShownSchema))


class ComplianceSchema(Schema):
    """A course's exact figures on a day, in people of the whole organisation. For its HR alone."""

    code = ma.fields.String()
    on = ma.fields.String()
    numerator = ma.fields.Integer(metadata={"description": "Those of the denominator with a completion that counts"})
    denominator = ma.fields.Integer(
        metadata={"description": "In the audience, past grace, not exempt, not away for over 28 days"}
    )
    in_grace = ma.fields.Integer()
    exempt = ma.fields.Integer()
    absent = ma.fields.Integer(metadata={"description": "Away for over 28 days"})


class AskedSchema(Schema):
    """A course that somebody is asked to take, by the fields that one may see."""

    person = ma.fields.String()
    code = ma.fields.String()
    title = ma.fields.String()
    state = ma.fields.String(metadata={"description": "trained, due, grace, exempt or absent"})
    since = ma.fields.String()
    due_on = ma.fields.String(metadata={"description": "The first day after grace"})
    trained = ma.fields.Boolean(metadata={"description": "Whether a completion counts, in grace too"})
    expires_on = ma.fields.String(allow_none=True)


class CompletionShownSchema(Schema):
    """A completion."""

    completion = ma.fields.String()
    organisation = ma.fields.String()
    code = ma.fields.String()
    title = ma.fields.String()
    version = ma.fields.Integer()
    completed_on = ma.fields.String()
    expires_on = ma.fields.String(allow_none=True)
    source = ma.fields.String()
    evidence = ma.fields.String(metadata={"description": "Empty where the person was erased"})


class ExemptionShownSchema(Schema):
    """An exemption."""

    organisation = ma.fields.String()
    code = ma.fields.String()
    title = ma.fields.String()
    starts = ma.fields.String()
    until = ma.fields.String(allow_none=True)
    reason = ma.fields.String()
    note = ma.fields.String(metadata={"description": "Empty where the person was erased"})


class TrainingSchema(Schema):
    """A person's training, by the fields that one may see."""

    asked = ma.fields.List(ma.fields.Nested(AskedSchema))
    completions = ma.fields.List(ma.fields.Nested(CompletionShownSchema))
    exemptions = ma.fields.List(ma.fields.Nested(ExemptionShownSchema))


class TeamSchema(Schema):
    """How the people whom one manages stand to their courses."""

    asked = ma.fields.List(ma.fields.Nested(AskedSchema))


class ProvisionShownSchema(Schema):
    """A kind of provision and how it stands on a day."""

    kind = ma.fields.String()
    name = ma.fields.String()
    state = ma.fields.String(metadata={"description": "in-place, vacant (and still counted) or missing"})
    starts = ma.fields.Date(allow_none=True)
    ends = ma.fields.Date(allow_none=True)
    vacant_since = ma.fields.Date(allow_none=True)
    counts_until = ma.fields.Date(
        allow_none=True, metadata={"description": "The first day on which a vacant place counts no longer"}
    )
    owner = ma.fields.String()
    evidence = ma.fields.String()
    review_on = ma.fields.Date(allow_none=True)


class ProvisionsSchema(Schema):
    """Every kind of provision."""

    provisions = ma.fields.List(ma.fields.Nested(ProvisionShownSchema))


class AwardShownSchema(Schema):
    """An award that covers one's organisation or that it holds."""

    award = ma.fields.String()
    organisation = ma.fields.String(metadata={"description": "Who holds it"})
    scheme = ma.fields.String()
    level = ma.fields.String()
    starts = ma.fields.Date()
    until = ma.fields.Date(metadata={"description": "Its last day as awarded"})
    lapsed_on = ma.fields.Date(allow_none=True)
    reference = ma.fields.String()
    organisations = ma.fields.List(ma.fields.String())


class LevelShownSchema(Schema):
    """An organisation's highest level under a scheme on a day."""

    scheme = ma.fields.String()
    level = ma.fields.String(allow_none=True)


class AwardsSchema(Schema):
    """Awards, and the highest level under each scheme."""

    awards = ma.fields.List(ma.fields.Nested(AwardShownSchema))
    levels = ma.fields.List(ma.fields.Nested(LevelShownSchema))


class AreaShownSchema(Schema):
    """An area of a self-assessment."""

    area = ma.fields.String()
    name = ma.fields.String()
    scores = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.Integer())
    reached = ma.fields.Integer(metadata={"description": "The sum of its scores"})
    most = ma.fields.Integer(metadata={"description": "The most that can be reached"})
    evidence = ma.fields.String()
    evidence_on = ma.fields.Date(allow_none=True)
    fresh = ma.fields.Boolean(metadata={"description": "Whether the evidence is under twelve months old"})


class AssessmentSchema(Schema):
    """A self-assessment under a scheme."""

    scheme = ma.fields.String()
    name = ma.fields.String()
    ready = ma.fields.Integer(metadata={"description": "Areas with evidence under twelve months old"})
    areas = ma.fields.List(ma.fields.Nested(AreaShownSchema))


def scores_of(area: Area, data: dict[str, Any]) -> dict[str, int]:
    """The scores that an area's form holds, by criterion."""
    return {each.criterion: int(data[score_field(each.criterion)]) for each in area.criteria}
