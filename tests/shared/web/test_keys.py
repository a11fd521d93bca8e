"""Signing keys: made once in the demonstration, refused where they are dangerous."""

from __future__ import annotations

import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from shared.kernel.errors import SettingsError, UnavailableError
from shared.web.keys import load_keys
from tests.web_client import SampleSettings


def real(folder: Path) -> SampleSettings:
    return SampleSettings(demonstration=False, keys_folder=folder)


def make_key(path: Path, curve: str = "prime256v1") -> None:
    subprocess.run(["openssl", "ecparam", "-name", curve, "-genkey", "-noout", "-out", str(path)], check=True)
    public = path.with_name(path.name.replace(".pem", ".public.pem"))
    subprocess.run(["openssl", "ec", "-in", str(path), "-pubout", "-out", str(public)], check=True, capture_output=True)


@pytest.fixture
def own_keys(tmp_path: Path) -> Path:
    for purpose in ("sign-in", "service"):
        make_key(tmp_path / f"{purpose}.pem")
    return tmp_path


def test_the_demonstration_makes_its_keys_and_keeps_them(tmp_path: Path) -> None:
    settings = SampleSettings(keys_folder=tmp_path / "keys")
    first, second = load_keys(settings), load_keys(settings)
    assert first.sign_in.signing().thumbprint() == second.sign_in.signing().thumbprint()
    assert first.sign_in.signing().thumbprint() != first.service.signing().thumbprint()
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "keys").iterdir()}
    assert modes == {0o600}


def test_processes_that_start_together_agree_on_the_keys(tmp_path: Path) -> None:
    settings = SampleSettings(keys_folder=tmp_path / "keys")
    with ThreadPoolExecutor(8) as pool:
        loaded = list(pool.map(lambda _: load_keys(settings), range(8)))
    assert len({keys.sign_in.signing().thumbprint() for keys in loaded}) == 1


def test_keys_of_a_demonstration_are_refused_outside_it(tmp_path: Path) -> None:
    load_keys(SampleSettings(keys_folder=tmp_path))
    with pytest.raises(SettingsError, match="made for a demonstration"):
        load_keys(real(tmp_path))


def test_a_public_key_of_a_demonstration_is_refused_too(
    own_keys: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    sample = tmp_path_factory.mktemp("sample")
    load_keys(SampleSettings(keys_folder=sample))
    (own_keys / "sign-in-old.public.pem").write_bytes((sample / "sign-in.public.pem").read_bytes())
    with pytest.raises(SettingsError, match="made for a demonstration"):
        load_keys(real(own_keys))


def test_ones_own_keys_are_accepted(own_keys: Path) -> None:
    assert load_keys(real(own_keys)).sign_in.private is not None


def test_a_private_key_that_others_may_read_is_refused(own_keys: Path) -> None:
    (own_keys / "sign-in.pem").chmod(0o640)
    with pytest.raises(SettingsError, match="chmod 600"):
        load_keys(real(own_keys))


def test_missing_keys_are_refused_with_their_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"sign-in\.public\.pem"):
        load_keys(real(tmp_path))


def test_a_process_with_public_keys_alone_verifies_and_cannot_sign(own_keys: Path) -> None:
    (own_keys / "sign-in.pem").unlink()
    keys = load_keys(real(own_keys))
    with pytest.raises(UnavailableError):
        keys.sign_in.signing()


@pytest.mark.parametrize(
    "content", [b"", b"no key at all", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"]
)
def test_a_file_that_is_no_key_is_refused(own_keys: Path, content: bytes) -> None:
    (own_keys / "sign-in.public.pem").write_bytes(content)
    with pytest.raises(SettingsError, match="P-256"):
        load_keys(real(own_keys))


def test_a_key_on_another_curve_is_refused(own_keys: Path) -> None:
    (own_keys / "sign-in.pem").unlink()
    make_key(own_keys / "sign-in.pem", "secp384r1")
    with pytest.raises(SettingsError, match="curve"):
        load_keys(real(own_keys))
