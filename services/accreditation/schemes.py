"""The accreditation schemes that ship as data: read from ``data/*.json`` and checked when the service starts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from importlib.resources import files
from typing import Any, Final, cast

import marshmallow as ma

from services.accreditation.domain.courses import AUDIENCES
from services.accreditation.domain.provisions import KINDS
from services.accreditation.domain.schemes import Area, Criterion, Level, Scheme
from shared.kernel.errors import SettingsError

_ONE: Final = {"‘levels’": "level", "‘areas’": "area", "‘criteria’": "criterion"}
_SLUG: Final = ma.validate.Regexp(
    r"[a-z0-9]+(-[a-z0-9]+)*\Z", error="must be lower-case letters, digits and hyphens, not ‘{input}’"
)


def shipped_schemes() -> Mapping[str, Scheme]:
    """The schemes of the data files by name, in the order of the files' names. Raises SettingsError with all faults."""
    folder = files("services.accreditation").joinpath("data")
    found = {item.name: item.read_text("utf-8") for item in folder.iterdir() if item.name.endswith(".json")}
    schemes = [read_scheme(name, text) for name, text in sorted(found.items())]
    return {scheme.scheme: scheme for scheme in schemes}


def read_scheme(file: str, text: str) -> Scheme:
    """A scheme from a data file's text. Raises SettingsError, which names the file and everything wrong in it."""
    try:
        return cast("Scheme", _SchemeSchema().load(json.loads(text)))
    except json.JSONDecodeError as error:
        raise SettingsError(f"{file} is not JSON: {error.msg} on line {error.lineno}. Correct it there.") from error
    except ma.ValidationError as error:
        raise SettingsError(f"{file} is no scheme. {' '.join(_faults(error.messages))}") from error


def _faults(found: Any, *place: str) -> Iterator[str]:
    """A sentence for each message. ``place``: the words for where it is, from the inside out; none for the file."""
    if isinstance(found, list):
        yield from (f"{' of '.join(place) or 'The file'} {words}." for words in found)
        return
    for name, inside in found.items():
        if isinstance(name, int):
            yield from _faults(inside, f"{_ONE.get(place[0], place[0])} {name + 1}", *place[1:])
        else:
            yield from _faults(inside, *([] if name == "_schema" else [f"‘{name}’"]), *place)


def _must(be: str) -> dict[str, Any]:
    return {"required": "is missing", **dict.fromkeys(("null", "invalid", "type"), f"must be {be}")}


_text = partial(ma.fields.String, required=True, error_messages=_must("text"))
_slug = partial(_text, validate=_SLUG)
_words = partial(_text, validate=ma.validate.Length(min=1, error="must be text"))
_whole = partial(ma.fields.Integer, strict=True, required=True, error_messages=_must("a whole number"))
_months = partial(_whole, validate=ma.validate.Range(min=1, error="must be 1 or more"))
_several = partial(ma.fields.Nested, many=True, required=True, error_messages=_must("a list"))


def _some_of(known: Mapping[str, str]) -> ma.fields.List[str]:
    one = ma.validate.OneOf(tuple(known), error="must be one of {choices}, not ‘{input}’")
    return ma.fields.List(_text(validate=one), load_default=(), error_messages=_must("a list"))


class _Object(ma.Schema):
    """An object with these fields and no other; each message goes on from the words for its place."""

    error_messages = {"unknown": "is unknown", "type": "must be an object"}  # noqa: RUF012 - marshmallow merges them


class _Parts(_Object):
    """One or more of a kind, each with a name of its own, which is the first field."""

    @ma.validates_schema(pass_collection=True, skip_on_field_errors=False)
    def _check_names(self, parts: list[dict[str, Any]], **_: object) -> None:
        name = next(iter(self.fields))
        times = Counter(part[name] for part in parts if name in part)
        faults = [f"must have the {name} ‘{found}’ only once" for found in times if times[found] > 1]
        if faults or not parts:
            raise ma.ValidationError(faults or [f"must have at least one {name}"])


class _LevelSchema(_Parts):
    level, name = _slug(), _words()

    @ma.post_load(pass_collection=True)
    def _levels(self, parts: list[dict[str, Any]], **_: object) -> tuple[Level, ...]:
        return tuple(Level(**part, rank=rank) for rank, part in enumerate(parts, 1))


class _CriterionSchema(_Parts):
    criterion, text = _slug(), _words()

    @ma.post_load(pass_collection=True)
    def _criteria(self, parts: list[dict[str, Any]], **_: object) -> tuple[Criterion, ...]:
        return tuple(Criterion(**part) for part in parts)


class _AreaSchema(_Parts):
    area, name = _slug(), _words()
    criteria = _several(_CriterionSchema)
    provisions, training = _some_of(KINDS), _some_of(AUDIENCES)

    @ma.post_load(pass_collection=True)
    def _areas(self, parts: list[dict[str, Any]], **_: object) -> tuple[Area, ...]:
        support = ("provisions", "training")
        return tuple(Area(**part | {each: tuple(part[each]) for each in support}) for part in parts)


class _SchemeSchema(_Object):
    scheme, name, about = _slug(), _words(), _words()
    validity_months, warning_months = _months(), _months()
    levels, areas = _several(_LevelSchema), _several(_AreaSchema)

    @ma.post_load
    def _scheme(self, content: dict[str, Any], **_: object) -> Scheme:
        return Scheme(**content)
