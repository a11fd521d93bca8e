"""The accreditation schemes that ship as data: read from ``data/*.json`` and checked when the service starts."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any, Final

from services.accreditation.domain.courses import AUDIENCES
from services.accreditation.domain.provisions import KINDS
from services.accreditation.domain.schemes import Area, Criterion, Level, Scheme
from shared.kernel.errors import SettingsError

_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SCHEME: Final = {
    "scheme": str,
    "name": str,
    "about": str,
    "validity_months": int,
    "warning_months": int,
    "levels": list,
    "areas": list,
}
_SUPPORTING: Final = {"provisions": tuple(KINDS), "training": tuple(AUDIENCES)}
"""What of an organisation's records supports an area, and what can stand there."""

_SUPPORT: Final = dict.fromkeys(_SUPPORTING, list)


def shipped_schemes() -> Mapping[str, Scheme]:
    """The schemes of the data files by name, in the order of the files' names. Raises SettingsError with all faults."""
    folder = files("services.accreditation").joinpath("data")
    found = {item.name: item.read_text("utf-8") for item in folder.iterdir() if item.name.endswith(".json")}
    schemes = [read_scheme(name, text) for name, text in sorted(found.items())]
    return {scheme.scheme: scheme for scheme in schemes}


def read_scheme(file: str, text: str) -> Scheme:
    """A scheme from a data file's text. Raises SettingsError, which names the file and everything wrong in it."""
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise SettingsError(f"{file} is not JSON: {error.msg} on line {error.lineno}. Correct it there.") from error
    faults = _faults(content)
    if faults:
        raise SettingsError(f"{file} is no scheme. {' '.join(faults)}")
    return _scheme(content)


def _faults(content: Any) -> list[str]:
    faults = _kinds(content, _SCHEME, "The file")
    if faults:
        return faults
    faults += _slug_fault(content["scheme"], "scheme")
    faults += [f"‘{name}’ must be 1 or more." for name in ("validity_months", "warning_months") if content[name] < 1]
    faults += _list_faults(content["levels"], "level", {"level": str, "name": str})
    faults += _list_faults(content["areas"], "area", {"area": str, "name": str, "criteria": list}, _SUPPORT)
    for area in content["areas"]:
        if isinstance(area, dict) and isinstance(area.get("criteria"), list):
            faults += _list_faults(area["criteria"], "criterion", {"criterion": str, "text": str})
            faults += [
                f"‘{found}’ in ‘{name}’ is not one of {', '.join(known)}."
                for name, known in _SUPPORTING.items()
                for found in _items(area.get(name))
                if found not in known
            ]
    return faults


def _items(found: Any) -> list[str]:
    return [str(each) for each in found] if isinstance(found, list) else []


def _list_faults(
    items: list[Any], key: str, kinds: Mapping[str, type], more: Mapping[str, type] | None = None
) -> list[str]:
    """What is wrong with a list of levels, areas or criteria."""
    if not items:
        return [f"There must be at least one {key}."]
    faults = [fault for number, item in enumerate(items, 1) for fault in _kinds(item, kinds, f"{key} {number}", more)]
    if faults:
        return faults
    names = [item[key] for item in items]
    faults += [f"The {key} ‘{name}’ is there twice." for name in _twice(names)]
    return faults + [fault for name in names for fault in _slug_fault(name, key)]


def _kinds(item: Any, must: Mapping[str, type], where: str, more: Mapping[str, type] | None = None) -> list[str]:
    """Which fields are missing, unknown, or not of their kind. ``more``: fields that may be there."""
    kinds = {**must, **(more or {})}
    if not isinstance(item, dict):
        return [f"{where} must be an object."]
    words = {str: "text", int: "a whole number", list: "a list"}
    faults = [f"{where} has no ‘{name}’." for name in must if name not in item]
    faults += [f"{where} has an unknown ‘{name}’." for name in item if name not in kinds]
    return faults + [
        f"‘{name}’ of {where[0].lower()}{where[1:]} must be {words[kind]}."
        for name, kind in kinds.items()
        if name in item and (type(item[name]) is not kind or item[name] == "")
    ]


def _slug_fault(name: str, what: str) -> list[str]:
    return [] if _SLUG.fullmatch(name) else [f"The {what} ‘{name}’ must be lower-case letters, digits and hyphens."]


def _twice(names: Iterable[str]) -> list[str]:
    return sorted(name for name, times in Counter(names).items() if times > 1)


def _scheme(content: Mapping[str, Any]) -> Scheme:
    return Scheme(
        scheme=content["scheme"],
        name=content["name"],
        about=content["about"],
        validity_months=content["validity_months"],
        warning_months=content["warning_months"],
        levels=tuple(Level(each["level"], each["name"], rank) for rank, each in enumerate(content["levels"], 1)),
        areas=tuple(
            Area(
                each["area"],
                each["name"],
                tuple(Criterion(found["criterion"], found["text"]) for found in each["criteria"]),
                tuple(each.get("provisions", ())),
                tuple(each.get("training", ())),
            )
            for each in content["areas"]
        ),
    )
