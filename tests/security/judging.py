"""Compares what everybody was answered with what they are promised; each difference is a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tests.security.asking import Reply, paths
from tests.security.promises.ask import NOBODY, SERVICE, Ask

DONE: Final = frozenset({200, 201, 204, 303})
REFUSED_BY_A_RULE: Final = frozenset({409, 422, 503})
"""422 where a page shows its form again: not to everybody who is let in, unless a rule says no to all of them."""
DENIED: Final = frozenset({403, 404})
UNKNOWN: Final = 401


@dataclass
class Asked:
    """What one request was answered, by who sent it; ``gone``: the same about things that are not there."""

    ask: Ask
    replies: dict[str, Reply] = field(default_factory=dict)
    gone: dict[str, Reply] = field(default_factory=dict)

    def __str__(self) -> str:
        about = [f"{name}={value}" for part in (self.ask.of, self.ask.query) for name, value in part.items()]
        return f"{self.ask.method} {self.ask.endpoint}({', '.join(about)})"

    @property
    def answered(self) -> list[Reply]:
        """The replies to those who are let in."""
        return [reply for who, reply in self.replies.items() if who in self.ask.allowed]


def complaints(
    found: Sequence[Asked], fields: Mapping[tuple[str, str], str], knows: Mapping[str, frozenset[str]]
) -> list[str]:
    """Everything that is not as promised."""
    return [
        *(f"{each}: {text}" for each in found for text in (*_status(each), *_alike(each), *_words(each, knows))),
        *_fields(found, fields),
    ]


def _status(asked: Asked) -> Iterator[str]:
    ask = asked.ask
    for who, reply in asked.replies.items():
        if who in ask.allowed:
            wanted = DONE | REFUSED_BY_A_RULE if ask.form is not None or ask.ruled_out else DONE | {409}
        elif who in (NOBODY, SERVICE) or SERVICE in ask.allowed:
            wanted = frozenset({UNKNOWN})
        else:
            wanted = frozenset({ask.blank_status}) if who in ask.blank else DENIED
        if reply.status not in wanted:
            yield f"{who} was answered {reply.status}"
    if ask.allowed and not ask.ruled_out and not any(reply.status in DONE | {409} for reply in asked.answered):
        yield "nobody's request was understood"


def _alike(asked: Asked) -> Iterator[str]:
    """What is not theirs answers like what is not there, to the letter; and what is not there is there for nobody."""
    for who, gone in asked.gone.items():
        reply = asked.replies[who]
        if who in asked.ask.allowed:
            if gone.status != (asked.ask.blank_status or 404):
                yield f"{who} was answered {gone.status} about what is not there"
        elif (reply.status, reply.kind, reply.text) != (gone.status, gone.kind, gone.text):
            yield f"{who} can tell what is not theirs ({reply.status}) from what is not there ({gone.status})"


def _words(asked: Asked, knows: Mapping[str, frozenset[str]]) -> Iterator[str]:
    for who, reply in asked.replies.items():
        for word, readers in knows.items():
            if word in reply.text and who not in readers and asked.ask.told.get(who) != word:
                yield f"{who} read {word}"


def _fields(found: Sequence[Asked], promised: Mapping[tuple[str, str], str]) -> Iterator[str]:
    """Exactly the promised names are in the answers, taken over everybody who sees the same."""
    for (endpoint, view), names in seen(found).items():
        wanted = frozenset(promised.get((endpoint, view), "").split())
        if more := names - wanted:
            yield f"{endpoint} shows {view} what is not promised: {' '.join(sorted(more))}"
        if missing := wanted - names:
            yield f"{endpoint} does not show {view} what is promised: {' '.join(sorted(missing))}"


def seen(found: Sequence[Asked]) -> dict[tuple[str, str], frozenset[str]]:
    """The names in the JSON that was read, by route and view; what is open to everybody is no secret."""
    names: dict[tuple[str, str], frozenset[str]] = {}
    for each in found:
        told = NOBODY not in each.ask.allowed
        for who, reply in each.replies.items():
            if each.ask.method == "GET" and who in each.ask.allowed and reply.kind == "application/json" and told:
                key = (each.ask.endpoint, each.ask.view(who))
                names[key] = names.get(key, frozenset()) | frozenset(paths(reply.json))
    return names


def matrix(found: Sequence[Asked]) -> str:
    """What everybody was answered, a line for each request."""
    heads = list(found[0].replies)
    lines = [f"{number:>2} {who}" for number, who in enumerate(heads)]
    lines.append(f"{'':76}" + " ".join(f"{number:>3}" for number in range(len(heads))))
    lines += [f"{str(each)[:75]:76}" + " ".join(str(each.replies[who].status) for who in heads) for each in found]
    return "\n".join(lines)
