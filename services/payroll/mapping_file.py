"""A department's mapping as its JSON file has it: what may stand there, and what it becomes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final, cast

import marshmallow as ma

from services.payroll.domain.lines import LINE_FIELDS
from services.payroll.domain.mapping import (
    ELEMENTS,
    NEUTRAL_NAMES,
    CodeMapping,
    Column,
    ElementCodes,
    ElementNames,
    Layout,
    PayMapping,
)
from services.payroll.domain.quantities import UNITS
from shared.kernel.errors import InvalidError
from shared.kernel.ids import slug

_CODES: Final = ("absence_code", "pay_code", "continuity")
_NAMES: Final = ("absence_name", "pay_name", "continuity_name")


def parse_mapping(data: object) -> PayMapping:
    """A mapping from its JSON form. Raises InvalidError with everything that is wrong, each with its entry."""
    try:
        return cast("PayMapping", _MappingSchema().load(cast("dict[str, Any]", data)))
    except ma.ValidationError as error:
        faults = " ".join(_faults(error.normalized_messages()))  # type: ignore[no-untyped-call]
        raise InvalidError(f"The pay mapping is wrong. {faults}", code="bad-mapping") from error


def _faults(found: Any, *place: str) -> Iterator[str]:
    """A sentence for each fault; ``place``: the names that lead to it. Entries of a list are counted from 1."""
    if isinstance(found, dict):
        for name, inside in found.items():
            step = str(name + 1) if isinstance(name, int) else str(name)
            yield from _faults(inside, *(place if step == "_schema" else (*place, step)))
    else:
        yield from (f"{' '.join(place) or 'The file'}: {str(text).rstrip('.')}." for text in found)


def _is_slug(text: str) -> None:
    if not text or text != slug(text):
        raise ma.ValidationError("Use lower-case letters, digits and hyphens")


class _ElementSchema(ma.Schema):
    """The codes of an element, and the words for them where the department has its own."""

    absence_code = ma.fields.String(required=True)
    pay_code = ma.fields.String(required=True)
    continuity = ma.fields.String(required=True)
    absence_name = ma.fields.String(allow_none=True)
    pay_name = ma.fields.String(allow_none=True)
    continuity_name = ma.fields.String(allow_none=True)


class _EntrySchema(ma.Schema):
    """For whom an entry holds, and from when. What else a department notes there is passed over."""

    class Meta:
        """Notes of the department's own are no fault."""

        unknown = ma.EXCLUDE

    version = ma.fields.String(required=True)
    employer = ma.fields.String(required=True)
    starts = ma.fields.Date(required=True)


class _CodesSchema(_EntrySchema):
    pay_group = ma.fields.String(required=True, validate=_is_slug)
    unit = ma.fields.String(required=True, validate=ma.validate.OneOf(UNITS, error="Use one of {choices}"))
    elements = ma.fields.Nested(
        ma.Schema.from_dict({each: ma.fields.Nested(_ElementSchema, required=True) for each in ELEMENTS}),
        required=True,
        unknown=ma.EXCLUDE,
    )

    @ma.post_load
    def _entry(self, given: dict[str, Any], **_: object) -> CodeMapping:
        elements = given.pop("elements")
        codes = {each: ElementCodes(**{name: elements[each][name] for name in _CODES}) for each in ELEMENTS}
        return CodeMapping(**given, elements=codes, names={each: _names(each, elements[each]) for each in ELEMENTS})


class _LayoutSchema(_EntrySchema):
    columns = ma.fields.List(
        ma.fields.Tuple(
            (
                ma.fields.String(),
                ma.fields.String(validate=ma.validate.OneOf(LINE_FIELDS, error="No line has the field {input}")),
            )
        ),
        required=True,
        validate=ma.validate.Length(min=1, error="There are no columns"),
    )

    @ma.post_load
    def _entry(self, given: dict[str, Any], **_: object) -> Layout:
        return Layout(**given | {"columns": tuple(Column(*column) for column in given["columns"])})


class _MappingSchema(ma.Schema):
    class Meta:
        """Notes of the department's own are no fault."""

        unknown = ma.EXCLUDE

    codes = ma.fields.List(ma.fields.Nested(_CodesSchema), required=True)
    layouts = ma.fields.List(ma.fields.Nested(_LayoutSchema), required=True)

    @ma.post_load
    def _mapping(self, given: dict[str, Any], **_: object) -> PayMapping:
        return PayMapping(tuple(given["codes"]), tuple(given["layouts"]))


def _names(element: str, given: dict[str, Any]) -> ElementNames:
    return replace(NEUTRAL_NAMES[element], **{name: given[name] for name in _NAMES if given.get(name)})
