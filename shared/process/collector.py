"""Python's garbage collector in a process that works in batches.

A batch makes some ten thousand small objects that all live to its end, and the collector would look through them, and
through everything imported, again and again: a quarter of the time went there.
"""

from __future__ import annotations

import gc


def collect_seldom() -> None:
    """Leave alone what is there now, and look for rubbish only after a batch's worth of new objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
