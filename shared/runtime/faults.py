"""What a command says where the machine beneath it fails: a sentence for whoever typed it, and no traceback."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from typing import Final

from sqlalchemy.exc import OperationalError

from shared.kernel.errors import CarersError

_FULL: Final = "The disk is full. Make room on it, and start again: what was recorded is kept."
_WHY: Final[Mapping[int, str]] = {
    errno.EROFS: "it is on a disk that can only be read",
    errno.EACCES: "this user may not write there",
    errno.EPERM: "this user may not write there",
    errno.EEXIST: "there is a file where a folder must be",
    errno.ENOTDIR: "there is a file where a folder must be",
    errno.ENOENT: "it is not there and cannot be made",
}
_OF_SQLITE: Final[Mapping[str, str]] = {
    "disk is full": _FULL,
    "disk I/O error": "The disk does not take what is written. Is it full? Make room on it, and start again.",
    "readonly database": "A database can only be read. Check who owns the files in the folder CARERS_VAR names.",
    "unable to open database file": "A database cannot be opened. Check the folder that CARERS_VAR names.",
}


def sentence_of(error: Exception) -> str:
    """What is wrong and what to do, in a sentence or two; empty for an error that only its traceback explains."""
    if isinstance(error, CarersError):
        return error.message
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return _FULL
    if isinstance(error, OSError) and error.filename is not None:
        why = _WHY.get(error.errno or 0, (error.strerror or "").lower())
        return f"{error.filename} cannot be used: {why}. Set CARERS_VAR to a folder that this user may write to."
    if isinstance(error, OperationalError):
        return next((words for said, words in _OF_SQLITE.items() if said in str(error.orig)), "")
    return ""
