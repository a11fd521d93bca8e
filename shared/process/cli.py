"""The ``carers`` command: run a deployment, look after it, and do by hand what a person can do on the pages."""

from __future__ import annotations

from pathlib import Path

import click

from shared.kernel.events import Payload
from shared.process.demonstration_cli import clock, demo, token
from shared.process.parked_cli import parked
from shared.runtime.faults import sentence_of
from shared.runtime.gc_tuning import collect_seldom
from shared.runtime.service import chosen, installed
from shared.runtime.settings import Settings
from shared.runtime.wiring import wire

SERVICES = "[SERVICE]..."
ERASED = click.option(
    "--erased",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A list of erased people kept elsewhere, one identifier on each line, for when every database was lost.",
)
YES = click.option("--yes", is_flag=True, help="Do not ask.")


class Root(click.Group):
    """The command's own words and those that installed services add, found without importing a service's code twice."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *_added()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, cmd_name) or _added().get(cmd_name)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except Exception as error:
            if not (sentence := sentence_of(error)):
                raise
            click.echo(sentence, err=True)
            ctx.exit(2)


def _added() -> dict[str, click.Command]:
    """Commands of services, by first word; ``import staff`` becomes the group ``import`` with ``staff``."""
    groups: dict[str, click.Command] = {}
    for service in installed().values():
        if not service.has("commands_cli"):
            continue
        for words, command in service.part("commands_cli").cli().items():
            first, _, rest = words.partition(" ")
            if not rest:
                groups[first] = command
                continue
            group = groups.setdefault(first, click.Group(first, help=f"{first.capitalize()} from files."))
            if isinstance(group, click.Group):
                group.add_command(command, rest)
    return groups


@click.group(cls=Root, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="working-carers", message="%(package)s %(version)s")
def carers() -> None:
    """Working Carers: leave, payroll and strategy progress for staff who care for someone.

    To try it on this machine:  carers up

    To run a deployment, give each role of each service its own process:
    carers migrate, then carers web SERVICE and carers worker SERVICE, and one carers web front.

    Every setting is an environment variable that begins with CARERS_; the README has the table.
    """


@carers.command()
def up() -> None:
    """Run everything on this machine.

    Starts web and worker of all services, on SQLite and a bus inside the worker. Records are kept in CARERS_VAR
    (the folder var, if not set) for the next start. Stop with Ctrl-C.
    """
    from shared.process.demonstration import start

    start(Settings.read())


@carers.command()
@click.argument("names", nargs=-1, metavar="[SERVICE|front]...")
def web(names: tuple[str, ...]) -> None:
    """Serve the pages and the API.

    Name the services to serve. Without a name: all of them, and the front.

    Commands are stored in the service's own database at once, without a broker.

    Example:  carers web leave
    """
    from shared.process.web import serve_web

    front = not names or "front" in names
    services = chosen(tuple(name for name in names if name != "front")) if names != ("front",) else {}
    serve_web(services, front=front, settings=Settings.read().serving(tuple(installed())))


@carers.command()
@click.argument("names", nargs=-1, metavar=SERVICES)
def worker(names: tuple[str, ...]) -> None:
    """Run the work behind the pages.

    Name the services to work for. Without a name: all of them. A worker publishes what its service recorded,
    receives what others published, and does what is due by the clock.

    Example:  carers worker leave payroll
    """
    settings = Settings.read().serving(tuple(installed()))
    from shared.bus import runner  # first of all that follows: it patches for green threads
    from shared.runtime.telemetry import configure

    configure(settings.log_level, "worker")
    runner.run(chosen(names), settings)


@carers.command()
@click.argument("names", nargs=-1, metavar=SERVICES)
def migrate(names: tuple[str, ...]) -> None:
    """Create or upgrade the databases.

    Name the services. Without a name: all of them.

    Run it with the new release before you start its processes. Running it again changes nothing.
    """
    from shared.runtime.migrate import migrate_services

    for name in migrate_services(chosen(names), Settings.read()):
        click.echo(f"{name}: databases are ready")


@carers.command()
@click.argument("names", nargs=-1, metavar=SERVICES)
def rebuild(names: tuple[str, ...]) -> None:
    """Make the lists again from the logs.

    Name the services. Without a name: all of them. Pages keep working. The tables that changed are shown: none,
    if they were right.
    """
    from shared.store.rebuild import rebuild as refold

    settings = Settings.read()
    for name, service in chosen(names).items():
        wiring = wire(service, settings, settings.clock())
        done = refold(wiring.stores, wiring.models, wiring.sources(), wiring.application.history)
        wiring.close()
        changed = f"changed: {', '.join(done.differing)}" if done.differing else "nothing differed"
        click.echo(f"{name}: {done.events} events into {done.rows} rows, {changed}")


@carers.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("names", nargs=-1, metavar=SERVICES)
def backup(folder: Path, names: tuple[str, ...]) -> None:
    """Copy the databases into a new folder.

    Of the services named; of all where none is. Everything may run meanwhile. Each copy is checked, and
    FOLDER appears once it is whole.

    Keep its folder 'keys' apart from the rest and for a short time only, 30 days at most: whoever has both an old
    log and old keys could read what was erased since. The signing and custody keys (CARERS_KEYS) are not in it:
    keep a copy of them elsewhere.

    PostgreSQL has its own tools for this, pg_dump and continuous archiving: use those.

    Example:  carers backup /backups/monday
    """
    from shared.process.backup import back_up

    manifest = back_up(chosen(names), Settings.read(), folder.absolute(), _progress)
    for name, kept in manifest.services.items():
        click.echo(f"{name}: kept up to position {kept.head}")


@carers.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("names", nargs=-1, metavar=SERVICES)
@ERASED
@YES
def restore(folder: Path, names: tuple[str, ...], erased: Path | None, yes: bool) -> None:
    """Put databases back from a backup.

    Name the services. Without a name: all that are in the backup. Stop everything first. FOLDER is the folder that
    'carers backup' made.

    Anything recorded after the backup is lost. Services that received it remove it when they run, and list what they
    did because of it under 'carers parked list'. Keys that are here stay, and people erased since then stay erased.
    If it is interrupted, run it again.

    Example:  carers restore /backups/monday leave
    """
    from shared.process.backup import Manifest
    from shared.process.erasures import listed_in
    from shared.process.restore import restore as put_back

    held = tuple(name for name in Manifest.read(folder).services if name in installed())
    services = chosen(names or held)
    if not yes:
        click.confirm(
            f"Everything that {', '.join(services)} recorded after this backup will be lost. Continue?", abort=True
        )
    _tell_restored(put_back(services, Settings.read(), folder, listed_in(erased), _progress))


@carers.command()
@click.argument("names", nargs=-1, required=True, metavar="SERVICE...")
@ERASED
def restored(names: tuple[str, ...], erased: Path | None) -> None:
    """Say that databases were restored by other means.

    Use it after PostgreSQL's own tools, or copied files, took a service's log back to an earlier time, with its
    processes stopped. 'carers restore' does the same automatically.

    The log begins a new epoch, so every other service notices and removes what is lost. People erased since then are
    erased again, and the service's own lists are made to match its log. You can run it again safely.

    Example:  carers restored leave
    """
    from shared.process.erasures import listed_in
    from shared.process.restore import after_restore

    _tell_restored(after_restore(chosen(names), Settings.read(), listed_in(erased)))


def _progress(line: str) -> None:
    """What is being done, where somebody watches."""
    click.echo(line, err=True)


def _tell_restored(done: Payload) -> None:
    for name, each in done.items():
        lists = "lists refolded" if each.rebuilt else "lists agree"
        click.echo(
            f"{name}: goes on after position {each.head}, {lists}, "
            f"{each.again} received events to apply again, {each.erased} erasures done again"
        )
    click.echo("Start the processes. Then look at 'carers status' and 'carers parked list'.")


@carers.command()
def status() -> None:
    """Show how far every service is.

    For each of its sources: the position, how long ago it moved, how many events are set aside, and exceptions (what
    was done because of events that the source no longer has after a restore).
    """
    settings = Settings.read()
    click.echo(
        f"{'subscription':<24}{'position':>10}{'age (s)':>9}{'parked':>8}{'held':>6}{'unknown':>9}{'exceptions':>12}"
    )
    for service in installed().values():
        wiring = wire(service, settings, settings.clock())
        _, last = wiring.stores.log.head()
        click.echo(f"{service.name + ' log':<24}{last:>10}")
        for line in wiring.figures():
            click.echo(
                f"{line.subscription:<24}{line.position:>10}{line.age:>9.0f}"
                f"{line.parked:>8}{line.held:>6}{line.unknown:>9}{line.exceptions:>12}"
            )
        wiring.close()


for command in (clock, demo, token, parked):
    carers.add_command(command)


def main() -> None:
    """The entry point."""
    collect_seldom()
    carers(prog_name="carers")


if __name__ == "__main__":
    main()
