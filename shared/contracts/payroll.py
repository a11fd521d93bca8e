"""What payroll publishes: that a batch of pay instructions is sealed, by its totals alone."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import marshmallow as ma

from shared.contracts.fields import Contract, DecimalText, Digest, Identifier, PlainText, Slug, Whole
from shared.contracts.types import BATCH_SEALED


class BatchSealed(Contract):
    """A batch of a pay group is closed and will never change. It concerns no single person."""

    batch = Identifier(required=True)
    employer = Slug(required=True, metadata={"description": "the legal employer"})
    pay_group = Slug(required=True)
    number = Whole(1, required=True, metadata={"description": "the batch's number in its pay group"})
    period = PlainText(20, required=True, metadata={"description": "the pay period in which it is paid"})
    lines = Whole(required=True, metadata={"description": "how many lines it has"})
    sha256 = Digest(required=True, metadata={"description": "SHA-256 of the exported file"})
    quantities = ma.fields.Dict(
        keys=Slug(), values=DecimalText(), required=True, metadata={"description": "signed control totals by unit"}
    )


CONTRACTS: Final[Mapping[str, type[Contract]]] = MappingProxyType({BATCH_SEALED: BatchSealed})
