"""The base of every schema: what is not named is refused, and messages are sentences for people."""

from __future__ import annotations

from typing import ClassVar

import marshmallow as ma

from shared.web import fields


class Schema(ma.Schema):
    """A payload. Unknown fields are refused; a missing one is asked for by its label."""

    class Meta:
        """Allow-listed fields only."""

        unknown = ma.RAISE

    error_messages: ClassVar[dict[str, str]] = {  # type: ignore[misc]
        "unknown": "There is no field of this name here. Take it out",
        "type": "Send an object with named fields",
    }

    def on_bind_field(self, field_name: str, field_obj: ma.fields.Field[object]) -> None:
        """Say what is missing in words, unless the field has its own."""
        label = getattr(field_obj, "label", "") or f"‘{field_name}’"
        for case in ("required", "null"):
            if field_obj.error_messages[case] == ma.fields.Field.default_error_messages[case]:
                field_obj.error_messages[case] = f"Enter {label}"
        for case, words in _PLAIN.get(type(field_obj), {}).items():
            if field_obj.error_messages[case] == type(field_obj).default_error_messages[case]:
                field_obj.error_messages[case] = words


_PLAIN: dict[type[object], dict[str, str]] = {
    ma.fields.List: {"invalid": "Send a list"},
    ma.fields.Nested: {"type": "Send an object with named fields"},
}


def messages_of(error: ma.ValidationError) -> dict[str, object]:
    """What marshmallow found, by field; ``_schema`` for what concerns the whole."""
    found: dict[str, object] = error.normalized_messages()  # type: ignore[no-untyped-call]
    return found


class EmptySchema(Schema):
    """No fields: for an action that needs none."""


class PageSchema(Schema):
    """A page of a list."""

    page = fields.Whole(min=1, max=100_000, load_default=1, label="the page", metadata={"description": "From 1"})


class FindSchema(Schema):
    """Somebody to find."""

    staff_number = fields.Text(max=40, required=True, error_messages={"required": "Enter a staff number"})


class AnswerSchema(Schema):
    """What every command's answer carries beside its own facts."""

    position = ma.fields.Integer(metadata={"description": "The log position written last, 0 where nothing was written"})
    repeated = ma.fields.Boolean(metadata={"description": "Whether this key had been answered before"})


class ErrorDetailSchema(Schema):
    """One thing that is wrong with what was sent."""

    pointer = ma.fields.String(metadata={"description": "JSON pointer into the body, such as #/days/0/date"})
    parameter = ma.fields.String(metadata={"description": "Name of the query parameter"})
    detail = ma.fields.String(required=True)


class ProblemSchema(Schema):
    """Problem details (RFC 9457)."""

    type = ma.fields.String(required=True, metadata={"description": "urn:working-carers:problem:<code>"})
    title = ma.fields.String(required=True)
    status = ma.fields.Integer(required=True)
    detail = ma.fields.String(required=True, metadata={"description": "A sentence for a person"})
    code = ma.fields.String(required=True, metadata={"description": "Stable, for programs"})
    reference = ma.fields.String(required=True, metadata={"description": "Quote it when you ask for help"})
    errors = ma.fields.List(ma.fields.Nested(ErrorDetailSchema))
    data = ma.fields.Dict(keys=ma.fields.String(), metadata={"description": "Facts of the refusal"})
