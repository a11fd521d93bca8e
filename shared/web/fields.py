"""Fields of schemas, for the API and for forms alike: strict in what they take, plain in what they say."""

# ruff: noqa: RUF012 - marshmallow declares messages as plain attributes and merges them over the classes

from __future__ import annotations

import datetime as dt
import decimal
import re
import unicodedata
import uuid
from collections.abc import Mapping
from typing import Any, Final

from marshmallow import fields, validate

from shared.web.typed_dates import FIRST_YEAR, LAST_YEAR

__all__ = ["Choice", "Date", "Decimal", "Flag", "Identifier", "List", "Nested", "Text", "Whole"]

List = fields.List
Nested = fields.Nested

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_INTEGER = re.compile(r"-?[0-9]{1,15}")
_DECIMAL = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")


class _Labelled:
    """What a field is called in a sentence, for its messages: ``label="the day you need"``."""

    def __init__(self, *args: object, label: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.label = label


class Date(_Labelled, fields.Date):
    """A day from 1 January 1900 to 31 December 2200, as ``YYYY-MM-DD``; loads a ``date``."""

    default_error_messages = {
        "invalid": "Enter a real date, for example 2026-03-27",
        "range": f"The date must be between {FIRST_YEAR} and {LAST_YEAR}",
    }

    def _deserialize(self, value: object, *_: object, **__: object) -> dt.date:
        if not isinstance(value, str) or not _ISO_DATE.fullmatch(value):
            raise self.make_error("invalid")
        try:
            day = dt.date.fromisoformat(value)
        except ValueError as error:
            raise self.make_error("invalid") from error
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise self.make_error("range")
        return day

    def _serialize(self, value: Any, attr: str | None, obj: object, **kwargs: object) -> Any:
        return value if isinstance(value, str) else super()._serialize(value, attr, obj, **kwargs)


_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Signs that Unicode calls letters or symbols and that show nothing."""


def _is_seen(sign: str) -> bool:
    """Whether a sign leaves anything on the page: no space, control, format sign or lone accent."""
    return unicodedata.category(sign)[0] in "LNPS" and sign not in _BLANK


class Text(_Labelled, fields.String):
    """Text without spaces at its ends, of 1 to ``max`` characters; one line unless ``lines``."""

    default_error_messages = {
        "invalid": "Enter this as text",
        "empty": "Enter {label}",
        "long": "Use {max} characters or fewer",
        "lines": "Enter this on one line",
    }

    def __init__(self, *, max: int, lines: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max, self.lines = max, lines

    def _deserialize(self, value: object, *_: Any, **__: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        text = value.replace("\r\n", "\n").strip()
        if not any(map(_is_seen, text)):
            raise self.make_error("empty", label=self.label or "this")
        if len(text) > self.max:
            raise self.make_error("long", max=self.max)
        if not self.lines and re.search(r"[\n\r\t]", text):
            raise self.make_error("lines")
        return text


class Choice(_Labelled, fields.String):
    """One of the given values; ``choices`` maps each to its words for people."""

    default_error_messages = {"invalid": "Choose one of: {values}"}

    def __init__(self, choices: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choices = dict(choices)

    def _deserialize(self, value: object, *_: object, **__: object) -> str:
        if not isinstance(value, str) or value not in self.choices:
            raise self.make_error("invalid", values=", ".join(self.choices))
        return value


class Identifier(_Labelled, fields.UUID):
    """A UUID in its usual form; loads lower-case text."""

    default_error_messages = {"invalid_uuid": "This must be an identifier such as {example}"}

    def _deserialize(self, value: object, *_: object, **__: object) -> Any:
        if not isinstance(value, str) or not _UUID.fullmatch(value):
            raise self.make_error("invalid_uuid", example="0d4f1c62-58a4-4b4e-9d0e-5f2f3c1d7a10")
        return str(uuid.UUID(value))


class Whole(_Labelled, fields.Integer):
    """A whole number between two bounds, both included."""

    default_error_messages = {"invalid": "Enter a whole number"}

    def __init__(self, *, min: int = 0, max: int = 1_000_000_000, **kwargs: Any) -> None:
        bounds = validate.Range(min, max, error=f"Enter a number from {min} to {max}")
        super().__init__(strict=True, validate=bounds, **kwargs)

    def _deserialize(self, value: Any, *args: object, **kwargs: object) -> Any:
        if isinstance(value, str):
            if not _INTEGER.fullmatch(value.strip()):
                raise self.make_error("invalid", input=value)
            value = int(value)
        return super()._deserialize(value, *args, **kwargs)


class Flag(_Labelled, fields.Boolean):
    """Yes or no."""

    default_error_messages = {"invalid": "Answer true or false"}

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(value, bool | str):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, *args, **kwargs)


class Decimal(_Labelled, fields.Decimal):
    """An exact decimal number, text in JSON both ways: up to twelve digits before the point and six after."""

    default_error_messages = {"invalid": 'Enter a number as text, for example "7.5"'}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(as_string=True, **kwargs)

    def _deserialize(self, value: object, *_: object, **__: object) -> decimal.Decimal:
        if not isinstance(value, str) or not _DECIMAL.fullmatch(value.strip()):
            raise self.make_error("invalid", input=value)
        return decimal.Decimal(value.strip())
