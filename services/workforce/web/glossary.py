"""What names of workforce's API mean: a sentence for each, ``Schema.field`` where a name means something else there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MEANINGS: Final[Mapping[str, str]] = {
    "employers": "The names of legal employers by their short names.",
    "employments": "The employments that one may see.",
    "full_time_hours": "The hours of a full-time colleague's week, such as 37:00.",
    "names": "Names by person.",
    "nation": "Where the work is done: england, wales, scotland, northern-ireland or overseas.",
    "pattern": "The days and hours of work, such as Mon-Fri 7:24.",
    "staff": "Employments with whose they are, by staff number.",
    "states": "The terms of the employment by the day from which they hold, the newest first.",
    "ChangeEmployment.ends": "The last day of the employment; null for no end.",
    "Employment.ends": "The last day of the employment; null for no end.",
    "RecordEmployment.ends": "The last day of the employment; null for no end.",
    "StaffMember.ends": "The last day of the employment; null for no end.",
}
