"""What names of payroll's API mean: a sentence for each, ``Schema.field`` where a name means something else there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MEANINGS: Final[Mapping[str, str]] = {
    "absence_code": "The code of the absence, by the employer's mapping; it says nothing of caring.",
    "batch": "The identifier of the batch.",
    "batches": "Sealed batches, the newest first.",
    "continuity": "A neutral mark that service continues during an unpaid day.",
    "file_name": "The name of the batch's file.",
    "leave_epoch": "The incarnation of leave's log that these lines come from.",
    "lines": "Pay lines in the order of the file, a page at a time.",
    "pay_code": "What the code means for money, by the employer's mapping.",
    "pay_group": "Those who are paid together, such as monthly.",
    "pay_groups": "Pay groups, each with the number of lines to send.",
    "quantities": "The total of all lines by unit, reversals taken off, as decimal text.",
    "sealed_at": "The instant at which the batch was sealed.",
    "sent": "Lines that were sent, the newest first.",
    "Batch.number": "The number of the batch in its pay group, from 1 without a gap.",
    "BatchSealed.number": "The number of the batch in its pay group, from 1 without a gap.",
}
