"""Every setting of every process, read once from the environment; all that is wrong is reported at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from ipaddress import ip_network
from pathlib import Path
from typing import Any, cast

from environs import Env, EnvValidationError
from marshmallow import ValidationError, validate
from sqlalchemy import make_url

from shared.kernel.clock import Clock, OffsetClock, SystemClock
from shared.kernel.errors import SettingsError
from shared.runtime.service import absent, installed
from shared.runtime.setting import Setting
from shared.store.stores import Addresses

PREFIX = "CARERS_"
_INSTANCE = validate.Regexp(r"^[a-z][a-z0-9-]{0,39}$", error="use small letters, digits and hyphens, 40 at most")


def _networks(values: list[str]) -> None:
    for text in values:
        try:
            ip_network(text)
        except ValueError as error:
            raise ValidationError(f"{text!r} is not a network such as 127.0.0.0/8") from error


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "INSTANCE",
        "demonstration",
        "The deployment's name in every event's source. It never changes.",
        checks=(_INSTANCE,),
    ),
    Setting("DEMONSTRATION", "yes", "Sample sign-in and a clock that can be moved, on loopback only.", "bool"),
    Setting(
        "WORLD",
        "full",
        "What a first start of the demonstration makes: `full` (five years), `small` (two years of three "
        "organisations, ready in seconds, too few people for most figures), or `none`.",
        checks=(validate.OneOf(["full", "small", "none"]),),
    ),
    Setting("VAR", "var", "The folder of databases, keys and run files of a deployment on one machine."),
    Setting(
        "DATABASE",
        "",
        "PostgreSQL address with `{service}` in it, such as `postgresql://carers@db/carers_{service}`. "
        "Empty: SQLite files under `CARERS_VAR`.",
    ),
    Setting(
        "DATABASE_PASSWORD_FILE",
        "",
        "A file that holds the PostgreSQL password. With `{service}` in it: a file for each service.",
        "file",
    ),
    Setting("BUS", "memory://", "`memory://` inside one worker process, or `amqp://user@host/vhost`."),
    Setting("BUS_PASSWORD_FILE", "", "A file that holds the bus password.", "file"),
    Setting("KEYS", "", "The folder of signing keys and custody keys. Empty: `keys` under `CARERS_VAR`."),
    Setting("HOST", "127.0.0.1", "The address that the web listens on."),
    Setting("PORT", "8080", "The port that the web listens on.", "int", (validate.Range(1, 65535),)),
    Setting("THREADS", "8", "Threads of the web process.", "int", (validate.Range(1, 64),)),
    Setting(
        "SERVICE_URL",
        "",
        "Where a service's web is, such as `http://{service}:8080`. Empty: all on `CARERS_HOST` and `CARERS_PORT`.",
    ),
    Setting("SERVICES", "", "All services of the deployment, with commas. Empty: those installed.", "list"),
    Setting(
        "DEMONSTRATION_NETWORKS",
        "127.0.0.0/8,::1/128",
        "Who may use the sample sign-in and the clock.",
        "list",
        (_networks,),
    ),
    Setting("DEMONSTRATION_HOSTS", "localhost,127.0.0.1,[::1]", "Host names under which those pages answer.", "list"),
    Setting(
        "LOG_LEVEL", "info", "How much the log tells.", checks=(validate.OneOf(["debug", "info", "warning", "error"]),)
    ),
)
"""What every deployment can be told; ``every_setting`` adds what its services can be."""


@dataclass(frozen=True)
class Settings:
    """What a process was told. Read with ``Settings.read()``.

    ``of_services``: the settings that services' records declare, by variable.
    """

    instance: str
    demonstration: bool
    var: Path
    database: str = field(repr=False)
    bus: str = field(repr=False)
    keys_folder: Path
    host: str
    port: int
    threads: int
    service_url_template: str
    services: tuple[str, ...]
    demonstration_networks: tuple[str, ...]
    demonstration_hosts: tuple[str, ...]
    log_level: str
    world: str = "none"
    database_password_file: str = ""
    of_services: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls) -> Settings:
        """Read and check every setting; raises one ``SettingsError`` that names all that are wrong."""
        values, problems = _values()
        if not problems:
            problems = _dangers(values)
        if problems:
            raise SettingsError("These settings are wrong:\n" + "\n".join(f"  {line}" for line in problems))
        var = Path(values["VAR"]).resolve()
        return cls(
            instance=values["INSTANCE"],
            demonstration=values["DEMONSTRATION"],
            var=var,
            database=values["DATABASE"],
            database_password_file=values["DATABASE_PASSWORD_FILE"],
            bus=_with_password(values["BUS"], values["BUS_PASSWORD_FILE"]),
            keys_folder=Path(values["KEYS"]).resolve() if values["KEYS"] else var / "keys",
            host=values["HOST"],
            port=values["PORT"],
            threads=values["THREADS"],
            service_url_template=values["SERVICE_URL"],
            services=tuple(values["SERVICES"]),
            demonstration_networks=tuple(values["DEMONSTRATION_NETWORKS"]),
            demonstration_hosts=tuple(values["DEMONSTRATION_HOSTS"]),
            log_level=values["LOG_LEVEL"],
            world=values["WORLD"],
            of_services={setting.variable: values[setting.variable] for setting in _settings_of_services()},
        )

    def serving(self, services: tuple[str, ...]) -> Settings:
        """These settings, knowing the deployment's services where none were named."""
        return self if self.services else replace(self, services=services)

    @property
    def embedded(self) -> bool:
        """Whether the bus lives inside one worker process."""
        return self.bus.startswith("memory:")

    @property
    def clock_file(self) -> Path:
        """Where the demonstration's days ahead are kept."""
        return self.var / "clock"

    @property
    def doorbell(self) -> Path:
        """The worker's Unix socket that a commit rings on one machine."""
        return self.var / "run" / "doorbell"

    def clock(self) -> Clock:
        """Business time: movable in the demonstration, the machine's else."""
        return OffsetClock(self.clock_file) if self.demonstration else SystemClock()

    def service_url(self, name: str) -> str:
        """The base address of a service's web."""
        if self.service_url_template:
            return self.service_url_template.replace("{service}", name)
        return f"http://{self.host}:{self.port}"

    def addresses(self, service: str) -> Addresses:
        """Where a service's databases are."""
        custody = self.keys_folder / f"{service}.custody"
        if self.database:
            file = self.database_password_file.replace("{service}", service)
            url = _with_password(self.database.replace("{service}", service), file)
            return Addresses(url, url, url, custody)
        folder = self.var / service
        log, read, keys = (f"sqlite:///{folder / name}.db" for name in ("log", "read", "keys"))
        return Addresses(log, read, keys, custody)


def every_setting() -> tuple[Setting, ...]:
    """The complete table; the README repeats it, and a test keeps the two alike."""
    return (*SETTINGS, *_settings_of_services())


def _settings_of_services() -> list[Setting]:
    return [setting for service in installed().values() for setting in service.settings]


def _values() -> tuple[dict[str, Any], list[str]]:
    table = every_setting()
    known = {PREFIX + setting.variable for setting in table}
    elsewhere = tuple(f"{PREFIX}{name.upper()}_" for name in absent())
    problems = [
        f"{name}: there is no such setting"
        for name in sorted(os.environ)
        if name.startswith(PREFIX) and name not in known and not name.startswith(elsewhere)
    ]
    env = Env(eager=False, prefix=PREFIX)
    values = {setting.variable: _typed(env, setting) for setting in table}
    try:
        env.seal()
    except EnvValidationError as error:
        messages = cast("Mapping[str, list[str]]", error.error_messages)
        problems += [f"{name}: {' '.join(texts)}" for name, texts in messages.items()]
    return values, problems


def _typed(env: Env, setting: Setting) -> Any:
    default: Any = setting.default
    if setting.kind == "list":
        default = [part for part in setting.default.split(",") if part]
    elif setting.kind in {"int", "bool"}:
        default = {"yes": True, "no": False}.get(setting.default, setting.default)
        default = int(default) if setting.kind == "int" else default
    read = env.str if setting.kind == "file" else getattr(env, setting.kind)
    return read(setting.variable, default=default, validate=setting.checks)


def _dangers(values: dict[str, Any]) -> list[str]:
    problems = []
    for name in (setting.variable for setting in every_setting() if setting.kind == "file"):
        if values[name] and "{service}" not in values[name] and not Path(values[name]).is_file():
            problems.append(f"{PREFIX}{name}: there is no such file")
    if values["DATABASE"]:
        if not values["DATABASE"].startswith(("postgresql://", "postgresql+psycopg://")):
            problems.append(f"{PREFIX}DATABASE: must begin with postgresql://")
        if "{service}" not in values["DATABASE"]:
            problems.append(f"{PREFIX}DATABASE: needs {{service}} in it, because each service has its own database")
    if not values["BUS"].startswith(("memory://", "amqp://", "amqps://")):
        problems.append(f"{PREFIX}BUS: must be memory:// or begin with amqp:// or amqps://")
    if not values["DEMONSTRATION"]:
        if values["INSTANCE"] == "demonstration":
            problems.append(f"{PREFIX}INSTANCE: give the deployment its own name outside the demonstration")
        if make_url(values["BUS"]).username == "guest":
            problems.append(f"{PREFIX}BUS: the broker's default user is not for use outside the demonstration")
    return problems


def _with_password(url: str, file: str) -> str:
    if not file:
        return url
    try:
        password = Path(file).read_text().strip()
    except OSError as error:
        raise SettingsError(f"The password file {file} cannot be read: {(error.strerror or '').lower()}.") from None
    return make_url(url).set(password=password).render_as_string(hide_password=False)
