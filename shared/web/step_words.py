"""What each published step is called on the page of what just happened: one list for stories and for every step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class StepWords(NamedTuple):
    """A step's kind of story, and the clause that tells it, once and many (``{n}``) times."""

    title: str
    one: str
    many: str


STAFF, LEAVE, PAYROLL, PASSPORT, TRAINING, CARE, RETURNS, OTHER = (
    "Staff records",
    "Carer’s leave",
    "Payroll",
    "Carer’s Passports",
    "Training",
    "Policy and awards",
    "Returns for the centre",
    "Other steps",
)

STEPS: Final[Mapping[str, StepWords]] = {
    "workforce.organisation.recorded": StepWords(
        STAFF, "an organisation was recorded", "{n} organisations were recorded"
    ),
    "workforce.employment.recorded": StepWords(STAFF, "an employment was recorded", "{n} employments were recorded"),
    "workforce.employment.changed": StepWords(STAFF, "an employment changed", "{n} employments changed"),
    "workforce.employment.ended": StepWords(STAFF, "an employment ended", "{n} employments ended"),
    "workforce.person.forgotten": StepWords(STAFF, "a person was erased", "{n} people were erased"),
    "leave.notice.requested": StepWords(LEAVE, "a carer asked for leave", "carers asked for leave {n} times"),
    "leave.notice.not-waived": StepWords(
        LEAVE, "a late request was not accepted", "{n} late requests were not accepted"
    ),
    "leave.notice.postponed": StepWords(LEAVE, "a manager postponed leave", "managers postponed leave {n} times"),
    "leave.notice.confirmed": StepWords(LEAVE, "a request was confirmed", "{n} requests were confirmed"),
    "leave.notice.withdrawn": StepWords(LEAVE, "a carer cancelled days", "carers cancelled days {n} times"),
    "leave.day.taken": StepWords(
        LEAVE, "a day was taken, and payroll has its line", "{n} days were taken, each a pay line"
    ),
    "leave.day.corrected": StepWords(LEAVE, "HR corrected a day", "HR corrected {n} days"),
    "payroll.pay-group.batch-sealed": StepWords(PAYROLL, "payroll sealed a batch", "payroll sealed {n} batches"),
    "passport.passport.agreed": StepWords(PASSPORT, "a passport was agreed", "{n} passports were agreed"),
    "passport.passport.reviewed": StepWords(PASSPORT, "a passport was reviewed", "{n} passports were reviewed"),
    "passport.passport.transferred": StepWords(
        PASSPORT, "a passport left with its carer", "{n} passports left with carers"
    ),
    "passport.passport.received": StepWords(
        PASSPORT, "a passport came with its carer", "{n} passports came with carers"
    ),
    "passport.passport.ended": StepWords(PASSPORT, "a passport ended", "{n} passports ended"),
    "accreditation.training.assigned": StepWords(
        TRAINING, "a course became required", "courses became required {n} times"
    ),
    "accreditation.training.completed": StepWords(
        TRAINING, "a course was completed", "courses were completed {n} times"
    ),
    "accreditation.training.corrected": StepWords(
        TRAINING, "a completion was corrected", "{n} completions were corrected"
    ),
    "accreditation.training.expired": StepWords(TRAINING, "a completion expired", "{n} completions expired"),
    "accreditation.training.exempted": StepWords(TRAINING, "an exemption was recorded", "{n} exemptions were recorded"),
    "accreditation.training.released": StepWords(
        TRAINING, "a course is no longer required", "{n} courses no longer required"
    ),
    "accreditation.provision.recorded": StepWords(
        CARE, "a provision was put in place", "{n} provisions were put in place"
    ),
    "accreditation.provision.vacated": StepWords(CARE, "a champion’s place became vacant", "{n} places became vacant"),
    "accreditation.provision.withdrawn": StepWords(CARE, "a provision ended", "{n} provisions ended"),
    "accreditation.assessment.area-assessed": StepWords(CARE, "an area was assessed", "{n} areas were assessed"),
    "accreditation.award.awarded": StepWords(CARE, "an award was recorded", "{n} awards were recorded"),
    "accreditation.award.lapsed": StepWords(CARE, "an award ended", "{n} awards ended"),
    "reporting.return.reported": StepWords(RETURNS, "a return was made", "{n} returns were made"),
    "reporting.return.revised": StepWords(RETURNS, "a return was revised", "{n} returns were revised"),
}
"""By the published event's stored name: its story, and what happened, once and many times; in the order of a story."""

PLACES: Final = {what: place for place, what in enumerate(STEPS)}
"""Where in the order of a story a step stands."""
