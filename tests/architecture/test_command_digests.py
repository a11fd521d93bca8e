"""Every command's digest, which is stored with its key: the same request must have the same one for ever.

A digest is made of the names of the command's class and fields. Where one changes, a request that is met again – a
form sent twice, an event after a restore – is refused as another one under its key, and an event waits for a person.
A new command gets its line in ``command_digests.txt``; a line that is there never changes and never goes.
"""

import importlib
import inspect
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from shared.runtime.service import Service, installed
from shared.store.application import command_digest
from shared.store.canonical import canonical

FROZEN = Path(__file__).with_name("command_digests.txt").read_text("utf-8").splitlines()
SIMPLE: Mapping[Any, Any] = {
    bool: True,
    int: 7,
    date: date(2026, 3, 27),
    Fraction: Fraction(555, 2),
    Any: "anything",
    object: "anything",
}


def handled(service: Service) -> list[type[Any]]:
    """The commands of a service: whatever its application has a handler for."""
    module = importlib.import_module(f"{service.folder}.application")
    methods = [
        method
        for _, application in inspect.getmembers(module, inspect.isclass)
        if application.__module__ == module.__name__
        for method in vars(application).values()
    ]
    return [method.handles for method in methods if hasattr(method, "handles")]


def sample(hint: Any, name: str) -> Any:
    """A value of a type, the same each time; text is the name of its field."""
    if hint is str:
        return name
    if hint in SIMPLE:
        return SIMPLE[hint]
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return hint(**{field.name: sample(hints[field.name], field.name) for field in fields(hint)})
    arguments = [argument for argument in get_args(hint) if argument not in (NoneType, ...)]
    origin = get_origin(hint)
    if origin is tuple:
        return tuple(sample(argument, name) for argument in arguments)
    if origin is Mapping:
        return {sample(arguments[0], name): sample(arguments[1], name)}
    assert origin is UnionType, f"{name}: say here what a {hint} looks like"
    return sample(arguments[0], name)


def lines() -> list[str]:
    """A line for each command: its service and name, its digest, and the content of which that was made."""
    return sorted(
        f"{service.name} {command.__name__} {command_digest(built)} {canonical(built)}"
        for service in installed().values()
        for command in handled(service)
        for built in [sample(command, "")]
    )


def test_a_commands_digest_is_what_it_always_was() -> None:
    assert lines() == FROZEN


def test_no_two_commands_of_a_service_have_the_same_name() -> None:
    names = [line.split(" ")[:2] for line in FROZEN]
    assert len(names) == len({tuple(name) for name in names})
