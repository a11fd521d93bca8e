"""Forms: a page's fields are loaded by the same schema as the API's body, and errors go back to their fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import marshmallow as ma
from flask import request

from shared.web.commands import KEY_FIELD
from shared.web.csrf import FIELD as CSRF_FIELD
from shared.web.schemas import messages_of
from shared.web.typed_dates import PARTS as DATE_PARTS
from shared.web.typed_dates import TypedDateError, typed_date

_OWN_FIELDS = {CSRF_FIELD, KEY_FIELD}
_MOST_ROWS = 60


class Form:
    """What was typed, what it means, and what is wrong with it.

    Names in HTML are the schema's; a date has ``date-day``, ``date-month``, ``date-year``; the second row of a nested
    list ``days`` has ``days-1-date-day`` and so on. ``wrong_parts``: of a date, which of its boxes are wrong where not
    all are.
    """

    def __init__(self, schema: ma.Schema, typed: Mapping[str, list[str]] | None = None) -> None:
        self.schema = schema
        self.submitted = typed is not None
        self.typed: dict[str, list[str]] = dict(typed or {})
        self.errors: dict[str, list[str]] = {}
        self.general: list[str] = []
        self.wrong_parts: dict[str, tuple[str, ...]] = {}
        self.data: dict[str, Any] = {}
        if typed is not None:
            self._load()

    @property
    def valid(self) -> bool:
        """Whether nothing is wrong."""
        return not self.errors and not self.general

    @property
    def status(self) -> int:
        """The page's status: 422 where something is wrong."""
        return 200 if self.valid else 422

    def refuse(self, message: str, field: str | None = None) -> None:
        """Show a rule's refusal, beside its field where it has one."""
        if field is None:
            self.general.append(message)
        else:
            self.errors.setdefault(field, []).append(message)

    def value(self, name: str) -> str:
        """What was typed into a field, or the value it began with."""
        return (self.typed.get(name) or [""])[0]

    def values(self, name: str) -> list[str]:
        """All that was ticked under a name."""
        return self.typed.get(name, [])

    def error(self, name: str) -> str:
        """The first thing wrong with a field, or nothing."""
        return (self.errors.get(name) or [""])[0]

    def part_is_wrong(self, name: str, part: str) -> bool:
        """Whether a box of a date is marked: the one that is wrong, or each where it is the date as a whole."""
        return bool(self.error(name)) and part in self.wrong_parts.get(name, DATE_PARTS)

    def choices(self, name: str) -> dict[str, str]:
        """The values and words of a choice; ``days-0-part`` finds the nested one."""
        field = self._field(name)
        return dict(getattr(field, "choices", {}))

    def summary(self) -> list[dict[str, str]]:
        """The error summary: every message in the order of the schema's fields, with a link to its field."""
        order = {name: place for place, name in enumerate(self.schema.fields)}
        found = sorted(self.errors.items(), key=lambda error: order.get(error[0].partition("-")[0], len(order)))
        linked = [{"text": text, "href": f"#{self._anchor(name)}"} for name, texts in found for text in texts]
        return [*linked, *({"text": text} for text in self.general)]

    def _anchor(self, name: str) -> str:
        if not isinstance(self._field(name), ma.fields.Date):
            return name
        return f"{name}-{self.wrong_parts.get(name, DATE_PARTS)[0]}"

    def _field(self, name: str) -> ma.fields.Field[object] | None:
        schema, field = self.schema, None
        for part in name.split("-"):
            if part.isdigit():
                continue
            field = schema.fields.get(part)
            nested = _nested(field)
            schema = nested if nested is not None else schema
        return field

    def _load(self) -> None:
        unknown = [name for name in self.typed if not self._expected(name)]
        payload = dict(_read(self.schema, self.typed, ""))
        payload.update({name: self.typed[name][0] for name in unknown})
        try:
            self.data = self.schema.load(payload)
        except ma.ValidationError as error:
            for path, texts in _flat(messages_of(error)):
                self._tell("-".join(self._as_typed(path)), texts)

    def _as_typed(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """The path with the number that the row has on the page: empty rows before it were not loaded."""
        if len(path) > 1 and path[1].isdigit() and _nested(self.schema.fields.get(path[0])) is not None:
            rows = _rows(self.typed, path[0])
            return (path[0], str(rows[int(path[1])]), *path[2:])
        return path

    def _tell(self, name: str, texts: list[str]) -> None:
        if not name or self._field(name) is None:
            self.general.extend(texts)
        else:
            self.errors[name] = self._date_words(name) or texts

    def _date_words(self, name: str) -> list[str]:
        """What is wrong with the boxes of a date, which are remembered; nothing where they hold one, or are empty."""
        boxes = _boxes(self.typed, name)
        if not isinstance(self._field(name), ma.fields.Date) or not any(boxes):
            return []
        try:
            typed_date(*boxes)
        except TypedDateError as error:
            self.wrong_parts[name] = error.parts
            return [str(error)]
        return []

    def _expected(self, name: str) -> bool:
        stem = name
        for part in DATE_PARTS:
            stem = stem.removesuffix(f"-{part}") if stem == name else stem
        return name in _OWN_FIELDS or self._field(stem) is not None


def form_for(schema: ma.Schema, values: Mapping[str, object] | None = None) -> Form:
    """The form of this request: loaded when it was sent (POST), else empty or beginning with the given values."""
    if request.method == "POST":
        return Form(schema, {name: list(typed) for name, typed in request.form.lists()})
    form = Form(schema)
    form.typed = {name: typed for name, value in (values or {}).items() for name, typed in _typed(name, value)}
    return form


def _typed(name: str, value: object) -> Iterator[tuple[str, list[str]]]:
    if isinstance(value, dt.date):
        for part in DATE_PARTS:
            yield f"{name}-{part}", [str(getattr(value, part))]
    elif isinstance(value, list) and value and isinstance(value[0], Mapping):
        for index, row in enumerate(value):
            for key, inside in row.items():
                yield from _typed(f"{name}-{index}-{key}", inside)
    elif isinstance(value, list):
        yield name, [str(item) for item in value]
    elif value is not None:
        yield name, [str(value)]


def _read(schema: ma.Schema, typed: Mapping[str, list[str]], prefix: str) -> Iterator[tuple[str, object]]:
    """The payload that the typed fields make; an empty field is an absent one."""
    for name, field in schema.fields.items():
        full = prefix + name
        nested = _nested(field)
        if nested is not None:
            rows = [dict(_read(nested, typed, f"{full}-{index}-")) for index in _rows(typed, full)]
            if rows:
                yield name, rows
        elif isinstance(field, ma.fields.Date):
            if (day := _day(typed, full)) is not None:
                yield name, day
        elif isinstance(field, ma.fields.List):
            if ticked := [value for value in typed.get(full, []) if value]:
                yield name, ticked
        elif (value := (typed.get(full) or [""])[0].strip()) != "":
            yield name, value


def _nested(field: object) -> ma.Schema | None:
    """The schema of a list's rows."""
    if isinstance(field, ma.fields.List):
        return field.inner.schema if isinstance(field.inner, ma.fields.Nested) else None
    return field.schema if isinstance(field, ma.fields.Nested) and field.many else None


def _rows(typed: Mapping[str, list[str]], full: str) -> list[int]:
    """The numbers of the rows in which anything was typed."""
    start = f"{full}-"
    found = set()
    for name, values in typed.items():
        number = name.removeprefix(start).partition("-")[0] if name.startswith(start) else ""
        if number.isascii() and number.isdigit() and len(number) < 3 and any(values):
            found.add(int(number))
    return sorted(found)[:_MOST_ROWS]


def _boxes(typed: Mapping[str, list[str]], full: str) -> tuple[str, str, str]:
    """What stands in the three boxes of a date."""
    day, month, year = ((typed.get(f"{full}-{part}") or [""])[0].strip() for part in DATE_PARTS)
    return day, month, year


def _day(typed: Mapping[str, list[str]], full: str) -> str | None:
    """The date as ``YYYY-MM-DD``; None where all boxes are empty, and no date at all where one of them is wrong."""
    boxes = _boxes(typed, full)
    if not any(boxes):
        return None
    try:
        return typed_date(*boxes).isoformat()
    except TypedDateError:
        return ""


def _flat(messages: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    if isinstance(messages, dict):
        for name, inside in messages.items():
            yield from _flat(inside, path if name == "_schema" else (*path, str(name)))
    else:
        yield path, [str(text) for text in (messages if isinstance(messages, list) else [messages])]
