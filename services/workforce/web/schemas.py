"""Workforce's payloads, the same for the API and for forms: what is asked, what is shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import marshmallow as ma

from services.workforce.domain.commands import Particulars
from services.workforce.domain.organisation import KINDS
from services.workforce.domain.pattern_text import LONGEST_TEXT
from services.workforce.domain.terms import (
    LONGEST_NAME,
    LONGEST_NUMBER,
    LONGEST_POST,
    LONGEST_SLUG,
    NATIONS,
    STATUSES,
)
from services.workforce.read.held import Held
from services.workforce.staff_file.columns import BY_NAME
from shared.kernel.errors import InvalidError
from shared.kernel.events import Payload
from shared.kernel.working_time import fraction_text
from shared.web import fields
from shared.web.schemas import AnswerSchema, PageSchema, Schema

LONGEST_FIND = 100
"""Characters of a name or staff number that is looked for."""

PAGE_SIZE = 50
"""Employments on one page of the staff list."""

MOST_NAMES = 100
"""People whose names can be asked for at once."""

_CHANGING = (
    "staff_number",
    "post",
    "manager_staff_number",
    "nation",
    "status",
    "pattern",
    "fte",
    "full_time_hours",
)

_SLUG = ma.validate.Regexp(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", error="Use lower-case letters, digits and single hyphens")


class Cell(fields.Text):
    """Text that is understood as the staff file's column of this name is."""

    def __init__(self, column: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.column = BY_NAME[column]

    def _deserialize(self, value: object, attr: str | None, data: Mapping[str, object] | None, **kwargs: object) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            return self.column.read(text)
        except InvalidError as error:
            raise ma.ValidationError(error.message) from error


class TermsSchema(Schema):
    """The terms of an employment that can change."""

    staff_number = Cell("staff_number", max=LONGEST_NUMBER, required=True, label="the staff number")
    post = Cell("post", max=LONGEST_POST, required=True, label="the post")
    manager_staff_number = Cell(
        "manager_staff_number",
        max=LONGEST_NUMBER,
        load_default="",
        label="the manager's staff number",
        metadata={"description": "With the same legal employer; left out: nobody"},
    )
    nation = fields.Choice(
        NATIONS, required=True, label="the nation", error_messages={"required": "Choose where they work"}
    )
    status = fields.Choice(
        STATUSES, required=True, label="the status", error_messages={"required": "Choose the kind of employment"}
    )
    pattern = Cell("pattern", max=LONGEST_TEXT, required=True, label="the working pattern")
    fte = Cell("fte", max=20, required=True, label="the full-time equivalent")
    full_time_hours = Cell("full_time_hours", max=20, required=True, label="the full-time hours of a week")
    ends = fields.Date(load_default=None, allow_none=True, label="the last day")

    @ma.validates_schema
    def check_manager(self, data: Mapping[str, object], **_: object) -> None:
        """Nobody is their own manager."""
        if data.get("manager_staff_number") == data["staff_number"]:
            raise ma.ValidationError("A person cannot be their own line manager", "manager_staff_number")


class RecordEmploymentSchema(TermsSchema):
    """Somebody is or will be employed in one's own organisation."""

    class Meta(Schema.Meta):
        """In the order of the form, so that what is wrong is told in that order."""

        fields = ("name", "person", "employer", *_CHANGING, "starts", "ends")

    employer = fields.Text(
        max=LONGEST_SLUG,
        required=True,
        validate=_SLUG,
        label="the legal employer",
        error_messages={"required": "Choose the legal employer"},
    )
    starts = fields.Date(required=True, label="the first day")
    name = Cell("name", max=LONGEST_NAME, load_default="", label="the name")
    person = fields.Identifier(load_default="", metadata={"description": "Somebody known already; in place of a name"})

    @ma.validates_schema(skip_on_field_errors=False)
    def check_who(self, data: Mapping[str, object], **_: object) -> None:
        """Either somebody new by name, or somebody known."""
        readable = "name" in data and "person" in data
        if readable and bool(data["name"]) == bool(data["person"]):
            raise ma.ValidationError("Enter a name, or the identifier of somebody who already has a record", "name")

    @ma.validates_schema
    def check_days(self, data: Payload, **_: object) -> None:
        """An employment does not end before it begins."""
        if data["ends"] and data["ends"] < data["starts"]:
            raise ma.ValidationError("The last day must not be before the first day", "ends")


class ChangeEmploymentSchema(TermsSchema):
    """All terms of an employment from a day on. Its legal employer and its first day stay as they are."""

    class Meta(Schema.Meta):
        """In the order of the form, so that what is wrong is told in that order."""

        fields = ("effective_from", "organisation", *_CHANGING, "ends")

    organisation = fields.Text(max=LONGEST_SLUG, validate=_SLUG, required=True, label="the organisation")
    effective_from = fields.Date(required=True, label="the day from which this holds")


class EndEmploymentSchema(Schema):
    """An employment's last day."""

    ends = fields.Date(required=True, label="the last day")


class NameSchema(Schema):
    """What a person is called."""

    name = Cell("name", max=LONGEST_NAME, required=True, label="the name")


class RecordOrganisationSchema(Schema):
    """An organisation."""

    name = fields.Text(max=LONGEST_NAME, required=True, label="the name")
    group = fields.Text(max=LONGEST_NAME, load_default="", label="the group")
    kind = fields.Choice(KINDS, load_default="department", label="the kind")


class RecordEmployerSchema(Schema):
    """A legal employer, and the organisation that it is named for."""

    name = fields.Text(max=LONGEST_NAME, required=True, label="the name")
    organisation = fields.Text(max=LONGEST_SLUG, validate=_SLUG, required=True, label="the organisation")


class EmploymentAnswerSchema(AnswerSchema):
    """Whose employment it is, and which."""

    person = ma.fields.String()
    employment = ma.fields.String()


class PersonAnswerSchema(AnswerSchema):
    """Who it is about."""

    person = ma.fields.String()


class OrganisationAnswerSchema(AnswerSchema):
    """The organisation's slug."""

    organisation = ma.fields.String()


class EmployerAnswerSchema(AnswerSchema):
    """The legal employer's slug."""

    employer = ma.fields.String()


class EmploymentSchema(Schema):
    """An employment with the terms that hold today; of one that is to come, its first terms."""

    employment = ma.fields.String()
    effective_from = ma.fields.String(metadata={"description": "The day from which these terms hold"})
    staff_number = ma.fields.String()
    post = ma.fields.String()
    organisation = ma.fields.String()
    employer = ma.fields.String()
    manager = ma.fields.String(allow_none=True, metadata={"description": "A person, or null for nobody"})
    nation = ma.fields.String()
    status = ma.fields.String()
    fte = ma.fields.String(metadata={"description": "Share of full time, n/d"})
    full_time_hours = ma.fields.String(metadata={"description": "Hours and minutes of a week"})
    pattern = ma.fields.String()
    starts = ma.fields.String()
    ends = ma.fields.String(allow_none=True)


class StatesSchema(Schema):
    """An employment's terms by the day from which they hold, the newest first."""

    states = ma.fields.List(ma.fields.Nested(EmploymentSchema))


class RecordSchema(Schema):
    """What is known of a person, as far as one may see it."""

    person = ma.fields.String()
    name = ma.fields.String()
    employments = ma.fields.List(ma.fields.Nested(EmploymentSchema))


class StaffQuerySchema(PageSchema):
    """A page of the staff list."""

    number = fields.Text(
        max=LONGEST_NUMBER,
        load_default="",
        label="the staff number",
        metadata={"description": "Only numbers that begin so, also of employments that are over"},
    )


class FindStaffSchema(Schema):
    """Somebody to find."""

    who = fields.Text(
        max=LONGEST_FIND,
        required=True,
        label="the name or staff number",
        error_messages={"required": "Enter a name or a staff number"},
    )


class StaffMemberSchema(EmploymentSchema):
    """An employment with whose it is."""

    person = ma.fields.String()
    name = ma.fields.String()


class StaffSchema(Schema):
    """A page of an organisation's staff by staff number."""

    staff = ma.fields.List(ma.fields.Nested(StaffMemberSchema))
    total = ma.fields.Integer(metadata={"description": "On all pages"})


class NamesQuerySchema(Schema):
    """Whose names one wants."""

    person = ma.fields.List(fields.Identifier(), required=True, validate=ma.validate.Length(1, MOST_NAMES))


class NamesSchema(Schema):
    """Names by person; people whose name one may not see are left out."""

    names = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.String())


class BodiesSchema(Schema):
    """Names by slug."""

    organisations = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.String())
    employers = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.String())


def particulars(data: Payload, *, organisation: str, employer: str, starts: date) -> Particulars:
    """The particulars that a loaded payload holds, with what it does not decide."""
    return Particulars(
        staff_number=data["staff_number"],
        post=data["post"],
        organisation=organisation,
        employer=employer,
        manager_staff_number=data["manager_staff_number"],
        nation=data["nation"],
        status=data["status"],
        fte=data["fte"],
        full_time_minutes=data["full_time_hours"],
        pattern=data["pattern"],
        starts=starts,
        ends=data["ends"],
    )


def shown(held: Held) -> dict[str, object]:
    """An employment as the API shows it."""
    return {
        "employment": held.employment,
        "effective_from": held.effective_from.isoformat(),
        "staff_number": held.staff_number,
        "post": held.post,
        "organisation": held.organisation,
        "employer": held.employer,
        "manager": held.manager or None,
        "nation": held.nation,
        "status": held.status,
        "fte": fraction_text(held.fte),
        "full_time_hours": hours_text(held.full_time_minutes),
        "pattern": held.pattern_text,
        "starts": held.starts.isoformat(),
        "ends": held.ends.isoformat() if held.ends else None,
    }


def hours_text(minutes: int) -> str:
    """Minutes of a week as ``37:00``."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def typed(held: Held, manager_staff_number: str, day: date) -> dict[str, object]:
    """What a form for changing the employment begins with; ``day``: from when the change is proposed to hold."""
    return {
        "effective_from": day,
        "staff_number": held.staff_number,
        "post": held.post,
        "organisation": held.organisation,
        "manager_staff_number": manager_staff_number,
        "nation": held.nation,
        "status": held.status,
        "pattern": held.pattern_text,
        "fte": str(held.fte),
        "full_time_hours": hours_text(held.full_time_minutes),
        "ends": held.ends,
    }
