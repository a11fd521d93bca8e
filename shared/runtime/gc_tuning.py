"""Python's garbage collector, for programs that work in batches.

A batch makes some ten thousand small objects that all live to its end, and the collector would look through them, and
through everything imported, again and again: a quarter of a worker's time went there, and a tenth of a start.
"""

from __future__ import annotations

import gc


def collect_seldom() -> None:
    """Leave alone what is there now, and look for rubbish only after a batch's worth of new objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
