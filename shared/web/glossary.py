"""What names mean that several services' APIs have: a sentence for each that means the same wherever it stands.

A service's own names are in its ``web/glossary.py``; a field whose schema says more has its own sentence there.
``Schema.field`` is for a name that means something else in one place. Days are ``YYYY-MM-DD``, instants have their
offset from UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MEANINGS: Final[Mapping[str, str]] = {
    "awards": "Awards, each with the organisations that it covers.",
    "code": "The short name of the course.",
    "complete": "Whether all that the month needs was known.",
    "date": "A day, YYYY-MM-DD.",
    "days": "Days with the details of each, the earliest first.",
    "detail": "What it is about, in words.",
    "employer": "The short name of the legal employer, such as ministry-of-works.",
    "employment": "The identifier of the employment: one post of one person.",
    "ends": "The last day, or where nothing else is said the first day after; null where there is no end.",
    "errors": "Everything that is wrong with what was sent, at most 50.",
    "fte": "The share of full time: a fraction such as 3/5, or a decimal such as 0.6.",
    "group": "The department to which the organisation belongs; empty for none.",
    "kind": "What kind it is.",
    "name": "The name, as people write it.",
    "number": "A number counted from 1.",
    "on": "The day on which this holds.",
    "organisation": "The short name of the organisation, such as ministry-of-works.",
    "organisations": "Organisations, by their short names.",
    "person": "The identifier of the person.",
    "post": "What the post is called.",
    "reason": "Why, in words about work; nothing about health or family.",
    "reference": "The reference of the certificate; empty where there is none.",
    "revision": "Counts from 1; the highest is the one that stands.",
    "since": "The day from which it holds.",
    "staff_number": "The number by which the employer knows the person.",
    "starts": "The first day, included.",
    "state": "What it is now.",
    "status": "The kind of employment: employee, worker, agency, office-holder or volunteer.",
    "text": "The words themselves.",
    "title": "What it is called.",
    "value": "What is proposed that the section holds.",
    "waiting": "Lines that are not sent yet.",
    "waived": "Whether a late request was accepted.",
    "Problem.status": "The status of the answer, once more.",
    "Problem.title": "What kind of problem it is, in a few words.",
    "ErrorDetail.detail": "What to put right, as a sentence.",
}

Glossaries = Mapping[str, Mapping[str, str]]
"""Each service's own words by the service's name."""


def meaning(glossaries: Glossaries, service: str, schema: str, name: str) -> str:
    """The sentence for a field of a service's schema, or for a parameter; empty where there is none.

    ``schema``: its name in the document without the service's, empty for a parameter.
    """
    for words in (glossaries.get(service, {}), MEANINGS):
        if found := words.get(f"{schema}.{name}") or words.get(name):
            return found
    return ""
