"""Workforce on the command line: ``carers import staff``, ``carers import organisations`` and ``carers forget``.

What does the work is imported when a command runs, so that asking for help stays quick.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

from shared.kernel.errors import CarersError
from shared.runtime.settings import Settings

if TYPE_CHECKING:
    from services.workforce.application import WorkforceApplication
    from services.workforce.staff_file.importing import Imported
    from shared.files.importing import Imported as ImportedOrganisations

SOME_ROWS_BAD = 1
"""The exit code where rows were left out; 2, by the command itself, where the file could not be used."""


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check every row and show what would change. Nothing is stored.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The date when changes start, such as 2026-04-01. Default: today.",
)
def import_staff(file: Path, dry_run: bool, as_of: datetime | None) -> None:
    """Bring people and their employments in from a staff file.

    FILE is CSV in UTF-8 with a header; services/workforce/README.md names the columns, and
    services/workforce/data/staff-example.csv is an example. Rows that are right are imported, each other row is told
    with its line, its column and what to do. A file can be imported again: what is known already changes nothing.

    Ends with 0 when every row was right, 1 when some were not, and 2 when the file could not be used.
    """
    with _application() as application:
        result = _import(application, file, dry=dry_run, as_of=as_of.date() if as_of else application.today())
    click.echo(_summary(result, dry=dry_run))
    if result.bad:
        sys.exit(SOME_ROWS_BAD)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check every row and show what would be new. Nothing is stored.")
def import_organisations(file: Path, dry_run: bool) -> None:
    """Make organisations and their groups known from a list.

    FILE is CSV in UTF-8 with a header: organisation, group, organisation_kind, of which only the first is needed.
    services/workforce/data/organisations-2023.csv is a list to begin with. For a centre whose departments run
    elsewhere: its board then has their names and their groups. Rows that are right are imported, each other row is
    told with its line, its column and what to do. A file can be imported again: what is known already changes nothing.

    Ends with 0 when every row was right, 1 when some were not, and 2 when the file could not be used.
    """
    with _application() as application:
        result = _import_organisations(application, file, dry=dry_run)
    counts = f"{result.new:,} {'would be ' if dry_run else ''}new, {result.unchanged:,} unchanged"
    rows = f"{result.rows:,} {'row' if result.rows == 1 else 'rows'}"
    click.echo(f"{rows}: {counts}, {result.bad:,} not imported." + (" Nothing was stored." if dry_run else ""))
    if result.bad:
        sys.exit(SOME_ROWS_BAD)


@click.command()
@click.argument("person", type=click.UUID)
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(person: UUID, yes: bool) -> None:
    """Erase a person's name and tell every service to forget them.

    PERSON is their identifier, shown at the end of the address of their record. Dates, posts and figures stay, with
    nobody's name. This cannot be undone; do it once no duty to keep the record is left. Run it again if it was
    interrupted.
    """
    from services.workforce.domain.commands import ForgetPerson
    from shared.kernel.ids import new_id
    from shared.store.commands import CommandKey

    if not yes:
        click.confirm("This cannot be undone. Erase this person?", abort=True)
    with _application() as application:
        application.execute(
            ForgetPerson(str(person), "system"), CommandKey("operator/system/ForgetPerson", str(new_id()))
        )
    click.echo("The person is erased here. The other services erase them automatically.")


def cli() -> Mapping[str, click.Command]:
    """Workforce's commands by the words that call them."""
    return {"import staff": import_staff, "import organisations": import_organisations, "forget": forget}


@contextmanager
def _application() -> Iterator[WorkforceApplication]:
    from services.workforce.application import WorkforceApplication
    from services.workforce.wiring import wire

    settings = Settings.read()
    wiring = wire(settings, settings.clock())
    try:
        assert isinstance(wiring.application, WorkforceApplication)
        yield wiring.application
    finally:
        wiring.close()


def _import(application: WorkforceApplication, file: Path, *, dry: bool, as_of: date) -> Imported:
    from services.workforce.staff_file.importing import StaffImport
    from shared.files.progress import Console
    from shared.files.reading import UnusableFileError

    with file.open("rb") as opened, Console() as console:
        try:
            return StaffImport(application, console, as_of=as_of, dry=dry).run(opened)
        except UnusableFileError:
            raise
        except CarersError as error:
            raise CarersError(
                f"The import stopped before the end. {error.message} Import the file again to continue.",
                code=error.code_,
            ) from error


def _import_organisations(application: WorkforceApplication, file: Path, *, dry: bool) -> ImportedOrganisations:
    from services.workforce.organisation_file.importing import OrganisationImport
    from shared.files.progress import Console

    with file.open("rb") as opened, Console() as console:
        return OrganisationImport(application, console, dry=dry).run(opened)


def _summary(result: Imported, *, dry: bool) -> str:
    new, changed, unchanged = (result.outcomes[name] for name in ("new", "changed", "unchanged"))
    would = "would be " if dry else ""
    rows = f"{result.rows:,} {'row' if result.rows == 1 else 'rows'}"
    counts = f"{rows}: {new:,} {would}new, {changed:,} {would}changed, {unchanged:,} unchanged"
    return f"{counts}, {result.bad:,} not imported." + (" Nothing was stored." if dry else "")
