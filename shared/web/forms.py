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

DATE_PARTS = ("day", "month", "year")
_OWN_FIELDS = {CSRF_FIELD, KEY_FIELD}
_MOST_ROWS = 60


class Form:
    """What was typed, what it means, and what is wrong with it.

    Names in HTML are the schema's; a date has ``date-day``, ``date-month``, ``date-year``; the second row of a nested
    list ``days`` has ``days-1-date-day`` and so on.
    """

    def __init__(self, schema: ma.Schema, typed: Mapping[str, list[str]] | None = None) -> None:
        self.schema = schema
        self.submitted = typed is not None
        self.typed: dict[str, list[str]] = dict(typed or {})
        self.errors: dict[str, list[str]] = {}
        self.general: list[str] = []
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
        return f"{name}-day" if isinstance(self._field(name), ma.fields.Date) else name

    def _field(self, name: str) -> ma.fields.Field[Any] | None:
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
        elif isinstance(field := self._field(name), ma.fields.Date):
            self.errors[name] = _date_words(name, field, self.typed, texts)
        else:
            self.errors[name] = texts

    def _expected(self, name: str) -> bool:
        stem = name
        for part in DATE_PARTS:
            stem = stem.removesuffix(f"-{part}") if stem == name else stem
        return name in _OWN_FIELDS or self._field(stem) is not None


def form_for(schema: ma.Schema, values: Mapping[str, Any] | None = None) -> Form:
    """The form of this request: loaded when it was sent (POST), else empty or beginning with the given values."""
    if request.method == "POST":
        return Form(schema, {name: list(typed) for name, typed in request.form.lists()})
    form = Form(schema)
    form.typed = {name: typed for name, value in (values or {}).items() for name, typed in _typed(name, value)}
    return form


def _typed(name: str, value: Any) -> Iterator[tuple[str, list[str]]]:
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


def _read(schema: ma.Schema, typed: Mapping[str, list[str]], prefix: str) -> Iterator[tuple[str, Any]]:
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


def _nested(field: Any) -> ma.Schema | None:
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


def _day(typed: Mapping[str, list[str]], full: str) -> str | None:
    """The three parts as ``YYYY-MM-DD``, or as typed where they are no numbers; None where all are empty."""
    parts = [(typed.get(f"{full}-{part}") or [""])[0].strip() for part in DATE_PARTS]
    if not any(parts):
        return None
    day, month, year = parts
    if all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return f"{int(year):04d}-{int(month):02d}-{int(day):02d}"
    return "-".join((year, month, day))


def _date_words(name: str, field: ma.fields.Date, typed: Mapping[str, list[str]], texts: list[str]) -> list[str]:
    """What is wrong with a date of three fields; how a program writes one is no help there."""
    if words := _missing_parts(name, typed):
        return [words]
    return ["Enter a real date"] if texts == [field.error_messages["invalid"]] else texts


def _missing_parts(name: str, typed: Mapping[str, list[str]]) -> str:
    missing = [part for part in DATE_PARTS if not (typed.get(f"{name}-{part}") or [""])[0].strip()]
    if not 0 < len(missing) < len(DATE_PARTS):
        return ""
    return f"The date must include a {' and a '.join(missing)}"


def _flat(messages: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    if isinstance(messages, dict):
        for name, inside in messages.items():
            yield from _flat(inside, path if name == "_schema" else (*path, str(name)))
    else:
        yield path, [str(text) for text in (messages if isinstance(messages, list) else [messages])]
