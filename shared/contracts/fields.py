"""The kinds of value that published data is made of. Loading checks a value and leaves it the JSON it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Final

import marshmallow as ma
from marshmallow import validate

LARGEST_INTEGER: Final = 2**31 - 1
"""CloudEvents' Integer has 32 bits; every whole number published keeps to that."""

_RATIO: Final = "(0|[1-9][0-9]{0,17})/[1-9][0-9]{0,17}"
_DATE: Final = "(19[0-9]{2}|2[01][0-9]{2}|2200)-[0-9]{2}-[0-9]{2}"
_PRINTABLE: Final = r"[^\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]"


class Contract(ma.Schema):
    """A schema of published data. Read as it is, it ignores unknown fields, as a consumer must."""

    class Meta:
        unknown = ma.EXCLUDE


class Patterned(ma.fields.String):
    """Text of one form, from 1 to ``longest`` characters.

    A subclass gives the ``pattern`` of the whole text and says in ``meaning`` what it is.
    """

    pattern: ClassVar[str]
    meaning: ClassVar[str]

    def __init__(self, longest: int = 80, **kwargs: Any) -> None:
        form = validate.Regexp(rf"^{self.pattern}\Z", error=f"Not {self.meaning}.")
        length = validate.Length(max=longest)
        metadata = {"description": self.meaning, **kwargs.pop("metadata", {})}
        super().__init__(validate=[form, length], metadata=metadata, **kwargs)


class PlainText(Patterned):
    """A line of text for people."""

    pattern = _PRINTABLE + "+"
    meaning = "text without control or bidirectional-override characters"


class Identifier(Patterned):
    """A UUID."""

    pattern = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    meaning = "a UUID in lower case"


class Slug(Patterned):
    """The name for ever of an organisation, a legal employer, a pay group."""

    pattern = "[a-z0-9]+(-[a-z0-9]+)*"
    meaning = "a name in lower-case letters, digits and single hyphens"


class Ratio(Patterned):
    """An exact number from 0."""

    pattern = _RATIO
    meaning = "a fraction written n/d, not negative"


class Month(Patterned):
    """A calendar month."""

    pattern = "(19[0-9]{2}|2[01][0-9]{2})-(0[1-9]|1[0-2])"
    meaning = "a month written YYYY-MM, from 1900 to 2199"


class Digest(Patterned):
    """A SHA-256."""

    pattern = "[0-9a-f]{64}"
    meaning = "a SHA-256 in lower-case hexadecimal"


class DecimalText(Patterned):
    """A signed decimal number, as text so that no reader rounds it."""

    pattern = r"-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?"
    meaning = "a decimal number as text, with up to six places"


class Dated(Patterned):
    """Text that must also name a day that exists."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, object] | None, **kwargs: object) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            datetime.fromisoformat(text)
        except ValueError as error:
            raise ma.ValidationError(f"Not {self.meaning}.") from error
        return text


class Day(Dated):
    """A calendar date."""

    pattern = _DATE
    meaning = "a date written YYYY-MM-DD, from 1900 to 2200"


class Instant(Dated):
    """A moment."""

    pattern = _DATE + r"T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|\+00:00)"
    meaning = "a moment in UTC written by RFC 3339"


class Choice(ma.fields.String):
    """One of a few words."""

    def __init__(self, *choices: str, **kwargs: Any) -> None:
        super().__init__(validate=validate.OneOf(choices), **kwargs)


class _Typed(ma.fields.Field[object]):
    """A value of one JSON type and nothing that resembles it."""

    json_type: ClassVar[type]

    def _deserialize(self, value: object, attr: str | None, data: Mapping[str, object] | None, **kwargs: object) -> Any:
        if type(value) is not self.json_type:
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **kwargs)


class Flag(_Typed, ma.fields.Boolean):
    """JSON's true or false; 1 and "yes" are refused."""

    json_type = bool


class Whole(_Typed, ma.fields.Integer):
    """A JSON integer of at most 32 bits, from ``smallest``; text, true and 1.0 are refused."""

    json_type = int

    def __init__(self, smallest: int = 0, **kwargs: Any) -> None:
        super().__init__(validate=validate.Range(smallest, LARGEST_INTEGER), **kwargs)


class Quantity(ma.fields.Field[int | str]):
    """An exact number from 0: a JSON integer where it is whole, else ``"n/d"`` text."""

    json_schema: ClassVar[dict[str, object]] = {
        "anyOf": [
            {"type": "integer", "minimum": 0, "maximum": LARGEST_INTEGER},
            {"type": "string", "pattern": f"^{_RATIO}$"},
        ]
    }

    def _deserialize(self, value: object, attr: str | None, data: Mapping[str, object] | None, **kwargs: object) -> Any:
        kind: ma.fields.Field[Any] = Ratio() if isinstance(value, str) else Whole()
        return kind.deserialize(value, attr, data, **kwargs)
