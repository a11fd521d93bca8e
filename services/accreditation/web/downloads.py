"""Files that HR downloads: who must still take a course, and the evidence for a scheme. Pages lead to the API's."""

from __future__ import annotations

from datetime import date
from typing import Final

from flask import Response

from services.accreditation.domain.courses import CourseRules
from services.accreditation.domain.schemes import Scheme
from services.accreditation.read.still_to_train import listed
from services.accreditation.web.evidence.gathered import gathered
from services.accreditation.web.evidence.pack import evidence_pack, pack_name
from services.accreditation.wiring import AccreditationWiring
from shared.files.writing import csv_text
from shared.web.app_context import wired

HEADINGS: Final = ("staff_number", "post", "course", "title", "due")


def still_to_train_file(course: CourseRules, day: date) -> Response:
    """CSV: a line for each person who is counted on the day and has not taken the course."""
    with wired(AccreditationWiring).reading() as connection:
        found = listed(connection, course, day)
    title = (course.version_on(day) or course.versions[-1]).title
    rows = [(each.staff_number, each.post, course.code, title, each.due.isoformat()) for each in found]
    kind = "text/csv; charset=utf-8; header=present"
    return _attached(csv_text(HEADINGS, rows).encode(), kind, f"{course.code}-to-take-{day}.csv")


def evidence_file(organisation: str, scheme: Scheme, day: date) -> Response:
    """Zip: what an organisation found and what its records show under a scheme, on a day."""
    with wired(AccreditationWiring).reading() as connection:
        content = gathered(connection, organisation, scheme, day)
    return _attached(evidence_pack(content), "application/zip", pack_name(content))


def _attached(body: bytes, kind: str, name: str) -> Response:
    response = Response(body, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
