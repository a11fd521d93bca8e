"""Settings: read from the environment, all that is wrong told at once, and what is dangerous refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from kombu import Connection
from sqlalchemy import make_url

from shared.kernel.clock import OffsetClock, SystemClock
from shared.kernel.errors import SettingsError
from shared.runtime.settings import PREFIX, Settings, every_setting

REAL = {"CARERS_DEMONSTRATION": "no", "CARERS_INSTANCE": "acas"}


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)


def _read(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return Settings.read()


def test_nothing_need_be_set_for_the_demonstration(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)

    settings = Settings.read()

    assert settings.demonstration
    assert settings.embedded
    assert settings.var == tmp_path / "var"
    assert settings.keys_folder == tmp_path / "var" / "keys"
    assert settings.demonstration_networks == ("127.0.0.0/8", "::1/128")
    assert isinstance(settings.clock(), OffsetClock)


def test_all_that_is_wrong_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError) as refused:
        _read(
            monkeypatch,
            CARERS_PORT="eighty",
            CARERS_THREADS="0",
            CARERS_INSTANCE="Not A Name",
            CARERS_LOG_LEVEL="loud",
            CARERS_DEMONSTRATION="perhaps",
            CARERS_DEMONSTRATION_NETWORKS="here,there",
            CARERS_PROT="8080",
        )

    told = refused.value.message
    for name in ("PORT", "THREADS", "INSTANCE", "LOG_LEVEL", "DEMONSTRATION", "DEMONSTRATION_NETWORKS", "PROT"):
        assert f"CARERS_{name}:" in told
    assert "there is no such setting" in told
    assert "small letters" in told


def test_a_misspelt_setting_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match="CARERS_DATABSE: there is no such setting"):
        _read(monkeypatch, CARERS_DATABSE="postgresql://db/carers_{service}")


def test_what_a_service_that_is_not_here_would_be_told_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.runtime.service._is_package", lambda folder: folder != "services.payroll")
    assert _read(monkeypatch, CARERS_PAYROLL_MAPPING="/nowhere/mapping.json").of_services == {}
    with pytest.raises(SettingsError, match="CARERS_LEAVE_MAPPING: there is no such setting"):
        _read(monkeypatch, CARERS_LEAVE_MAPPING="/nowhere/mapping.json")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("CARERS_DATABASE", "postgresql://db/carers", r"needs {service} in it"),
        ("CARERS_DATABASE", "mysql://db/{service}", r"must begin with postgresql://"),
        ("CARERS_DATABASE_PASSWORD_FILE", "/nowhere/password", r"there is no such file"),
        ("CARERS_BUS_PASSWORD_FILE", "/nowhere/password", r"there is no such file"),
        ("CARERS_PAYROLL_MAPPING", "/nowhere/mapping.json", r"there is no such file"),
        ("CARERS_BUS", "redis://broker", r"must be memory:// or begin with amqp"),
        ("CARERS_BUS", "amqp://guest:guest@broker//", r"default user"),
        ("CARERS_BUS", "amqps://guest:guest@broker//", r"default user"),
        ("CARERS_BUS", "amqp://guest@broker//", r"default user"),
        ("CARERS_INSTANCE", "demonstration", r"its own name"),
    ],
)
def test_what_is_dangerous_is_refused_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    with pytest.raises(SettingsError, match=told) as refused:
        _read(monkeypatch, **(REAL | {name: value}))

    assert f"{name}:" in refused.value.message


def test_the_brokers_default_user_may_be_tried_in_the_demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not _read(monkeypatch, CARERS_BUS="amqp://guest:guest@127.0.0.1//").embedded


def test_outside_the_demonstration_the_clock_cannot_be_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(_read(monkeypatch, **REAL).clock(), SystemClock)


@pytest.mark.parametrize("password", ["plain", "p@ss:w/o#r?d%20&x", "ünïcode"])
def test_passwords_come_from_files_whatever_is_in_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, password: str
) -> None:
    file = tmp_path / "password"
    file.write_text(f"{password}\n")

    settings = _read(
        monkeypatch,
        CARERS_DATABASE="postgresql://carers@db:5433/carers_{service}",
        CARERS_DATABASE_PASSWORD_FILE=str(file),
        CARERS_BUS="amqp://carers@broker:5673/staff",
        CARERS_BUS_PASSWORD_FILE=str(file),
    )

    database = make_url(settings.addresses("leave").log)
    assert (database.password, database.username, database.database) == (password, "carers", "carers_leave")
    assert (database.host, database.port) == ("db", 5433)
    bus = Connection(settings.bus)
    assert (bus.password, bus.userid, bus.virtual_host) == (password, "carers", "staff")


def test_addresses_with_passwords_are_not_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("planted-secret")

    settings = _read(
        monkeypatch,
        CARERS_DATABASE="postgresql://carers@db/carers_{service}",
        CARERS_DATABASE_PASSWORD_FILE=str(file),
        CARERS_BUS="amqp://carers:planted-secret@broker//",
    )

    assert "planted-secret" not in repr(settings)
    assert "planted-secret" in settings.addresses("leave").log


def test_each_service_has_its_own_databases(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    embedded = _read(monkeypatch, CARERS_VAR=str(tmp_path))
    leave, payroll = embedded.addresses("leave"), embedded.addresses("payroll")

    assert len({leave.log, leave.read, leave.keys, payroll.log, payroll.read, payroll.keys}) == 6
    assert leave.custody != payroll.custody
    assert leave.log == f"sqlite:///{tmp_path}/leave/log.db"


def test_a_services_address_is_made_from_its_template(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _read(monkeypatch, CARERS_PORT="9090").service_url("leave") == "http://127.0.0.1:9090"
    assert _read(monkeypatch, CARERS_SERVICE_URL="http://{service}:80").service_url("leave") == "http://leave:80"


def test_lists_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = _read(
        monkeypatch, CARERS_SERVICES="leave,payroll", CARERS_DEMONSTRATION_NETWORKS="127.0.0.0/8,172.16.0.0/12"
    )

    assert settings.services == ("leave", "payroll")
    assert settings.serving(("all",)).services == ("leave", "payroll")
    assert settings.demonstration_networks == ("127.0.0.0/8", "172.16.0.0/12")


def test_every_setting_says_what_it_is_for() -> None:
    assert len({setting.variable for setting in every_setting()}) == len(every_setting())
    for setting in every_setting():
        assert setting.meaning.endswith("."), setting.variable
