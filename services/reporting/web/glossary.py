"""What names of reporting's API mean: a sentence for each, ``Schema.field`` where a name means something else there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MEANINGS: Final[Mapping[str, str]] = {
    "as_at": "The day at whose end stocks are counted.",
    "as_known": "When it was computed.",
    "definition": "The version of the definitions of the figures.",
    "headcount": "People in current employment, each once.",
    "markers": "[r] return revised, [p] provisional, [c] withheld, [x] missing.",
    "month": "A calendar month, YYYY-MM.",
    "paid_days": "Days of paid leave, of one fifth of a full-time week each.",
    "paid_share": "Paid days as a share of all days, in percent.",
    "people": "Distinct people with a day taken.",
    "progress": "What is released of each organisation.",
    "returns": "Exact returns of whole organisations.",
    "unpaid_days": "Days of unpaid leave, of one fifth of a full-time week each.",
    "uptake": "People with a day taken as a share of the mean headcount, in percent.",
    "volume": "Days taken for each full-time equivalent.",
    "Progress.fte": "Full-time equivalents of those in current employment.",
    "Cell.text": "The number as text, or the marker in its place.",
}
