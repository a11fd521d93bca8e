"""Accreditation on the command line: ``carers import training``.

What does the work is imported when a command runs, so that asking for help stays quick.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shared.kernel.errors import CarersError
from shared.runtime.settings import Settings

if TYPE_CHECKING:
    from shared.files.importing import Imported

SOME_ROWS_BAD = 1
"""The exit code where rows were left out; 2, by the command itself, where the file could not be used."""


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check every row and show what would be new. Nothing is stored.")
def import_training(file: Path, dry_run: bool) -> None:
    """Import completed courses from a training file.

    FILE is CSV in UTF-8 with a header; services/accreditation/README.md names the columns. The people and the courses
    must be known already. Rows that are right are imported, each other row is told with its line, its column and what
    to do. A file can be imported again: what is known already changes nothing.

    Ends with 0 when every row was right, 1 when some were not, and 2 when the file could not be used.
    """
    result = _import(file, dry=dry_run)
    click.echo(_summary(result, dry=dry_run))
    if result.bad:
        sys.exit(SOME_ROWS_BAD)


def cli() -> Mapping[str, click.Command]:
    """Accreditation's commands by the words that call them."""
    return {"import training": import_training}


def _import(file: Path, *, dry: bool) -> Imported:
    from services.accreditation.training_file.importing import TrainingImport
    from services.accreditation.wiring import wire
    from shared.files.progress import Console
    from shared.files.reading import UnusableFileError

    settings = Settings.read()
    wiring = wire(settings, settings.clock())
    try:
        with file.open("rb") as opened, Console() as console:
            return TrainingImport(wiring, console, dry=dry).run(opened)
    except UnusableFileError:
        raise
    except CarersError as error:
        raise CarersError(
            f"The import stopped before the end. {error.message} Import the file again to continue.",
            code=error.code_,
        ) from error
    finally:
        wiring.close()


def _summary(result: Imported, *, dry: bool) -> str:
    would = "would be " if dry else ""
    rows = f"{result.rows:,} {'row' if result.rows == 1 else 'rows'}"
    counts = f"{rows}: {result.new:,} {would}new, {result.unchanged:,} known already, {result.bad:,} not imported."
    return counts + (" Nothing was stored." if dry else "")
