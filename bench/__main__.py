"""``python -m bench [--quick] [NAME...]``: what is measured, by name."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import click

from bench import beside, board, chain, command, compliance, footprint, inbox, refold, relaying, staff, visible
from bench.places import EMBEDDED, SCALED, missing, no_setting
from bench.report import Report
from bench.scale import FULL, QUICK, Scale

MEASUREMENTS: Mapping[str, tuple[Callable[[Scale, Report, str], None], tuple[str, ...]]] = {
    "chain": (chain.measure, (EMBEDDED, SCALED)),
    "command": (command.measure, (EMBEDDED, SCALED)),
    "compliance": (compliance.measure, (EMBEDDED, SCALED)),
    "inbox": (inbox.measure, (EMBEDDED, SCALED)),
    "rebuild": (refold.measure, (EMBEDDED, SCALED)),
    "relay": (relaying.measure, (SCALED,)),
    "beside": (beside.measure, (EMBEDDED, SCALED)),
    "import": (staff.measure, (EMBEDDED, SCALED)),
    "footprint": (footprint.measure, (EMBEDDED, SCALED)),
    "visible": (visible.measure, (EMBEDDED, SCALED)),
    "board": (board.measure, (EMBEDDED, SCALED)),
}
"""Each measurement with the places where it is made."""


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--quick", is_flag=True, help="Smaller, in a minute and a half; the ratios are a little lower.")
@click.argument("names", nargs=-1, type=click.Choice([*MEASUREMENTS]), metavar="[NAME]...")
def main(quick: bool, names: tuple[str, ...]) -> None:
    """Measure, as medians of interleaved rounds in one run, beside the targets.

    Everything, or what is named: chain, command, compliance, inbox, rebuild, relay, beside, import,
    footprint, visible, board.
    """
    began = time.monotonic()
    no_setting()
    reason = missing()
    report = Report()
    for name in names or MEASUREMENTS:
        measure, places = MEASUREMENTS[name]
        for where in places:
            if where == SCALED and reason:
                report.skipped(name, reason)
            else:
                measure(QUICK if quick else FULL, report, where)
    report.end(time.monotonic() - began)


main()
