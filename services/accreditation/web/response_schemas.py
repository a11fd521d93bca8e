"""What accreditation answers and shows through its API."""

from __future__ import annotations

import marshmallow as ma

from shared.web.schemas import AnswerSchema, Schema


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
    """The courses of the people one manages, and how each stands."""

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
