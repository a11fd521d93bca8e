"""The pack: one zip with the evidence to read and to print, as JSON and as CSV.

The same records on the same day give the same bytes, so that a pack handed in can be told from one made up.
"""

from __future__ import annotations

import io
import zipfile
from typing import Final

import msgspec
from flask import render_template

from services.accreditation.web.evidence.table import evidence_csv
from services.accreditation.web.words import share_of

PAGE: Final = "evidence.html"
DATA: Final = "evidence.json"
TABLE: Final = "evidence.csv"

_MADE: Final = (1980, 1, 1, 0, 0, 0)
"""The time of each file, the earliest that the format can hold: the day is in the files."""

_READABLE: Final = 0o644 << 16
_UNIX: Final = 3


def evidence_pack(content: dict[str, object]) -> bytes:
    """The zip of what was gathered. Not compressed: how that comes out differs from one library to the next."""
    data = msgspec.json.format(msgspec.json.encode(content), indent=2)
    files = {
        PAGE: render_template("accreditation/evidence.html", share_of=share_of, **content).encode(),
        DATA: data + b"\n",
        TABLE: evidence_csv(content).encode(),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, body in files.items():
            member = zipfile.ZipInfo(name, _MADE)
            member.external_attr, member.create_system = _READABLE, _UNIX
            archive.writestr(member, body)
    return packed.getvalue()


def pack_name(content: dict[str, object]) -> str:
    """The file's name: the scheme and the day."""
    return f"{content['scheme']}-evidence-{content['as_at']}.zip"
