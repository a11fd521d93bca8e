"""What names of accreditation's API mean: a sentence for each, ``Schema.field`` where a name differs there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MEANINGS: Final[Mapping[str, str]] = {
    "area": "The short name of an area of the scheme.",
    "areas": "Every area of the scheme, in the scheme's order.",
    "asked": "The courses that somebody must take, each with how it stands.",
    "audience": "Who must take the course: all-staff, line-managers or new-joiners.",
    "award": "The identifier of the award.",
    "completed_on": "The day on which the course was completed.",
    "completion": "The identifier of the completion.",
    "completions": "Courses that were completed.",
    "course": "The identifier of the course.",
    "courses": "Courses, each with all its versions.",
    "evidence": "A note on how it is known, or where it can be found; empty where there is none.",
    "evidence_on": "The day that the evidence is from; null where there is none.",
    "exempt": "People who are exempt.",
    "exemptions": "Courses that somebody is exempt from for a time.",
    "expires_on": "The first day on which it no longer counts; null where it does not expire.",
    "grace_days": "Days that people have to complete the course, in which they are not counted.",
    "in_grace": "People who still have time to complete the course, and are not counted.",
    "lapsed_on": "The day on which the award ended automatically; null before.",
    "level": "The short name of the level; null where none is held.",
    "levels": "The highest level that is held on the day under each scheme.",
    "new": "False where the same was recorded before, and nothing has changed.",
    "owner": "The post or the team that looks after it; empty where nothing is in place.",
    "provisions": "Every kind of provision, with how it stands.",
    "retake": "Whether completions of earlier versions no longer count.",
    "review_on": "The day of the next review; null for none.",
    "scheme": "The short name of the scheme, such as carer-confident.",
    "scores": "A score from 0 to 3 by the short name of each criterion; empty before the area is looked at.",
    "source": "How it is known: learning-system, certificate, attendance-list or other-employer.",
    "until": "The last day, included; null for no end.",
    "vacant_since": "The first day without a champion; null where there is one.",
    "validity_months": "For how many months a completion is valid; null where it does not expire.",
    "version": "The number of the version, from 1.",
    "versions": "The versions of the course, the oldest first.",
}
