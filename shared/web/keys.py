"""The signing keys of tokens: EC P-256, one PEM file each, in one folder.

``sign-in.pem`` signs people's sessions (the front only) and ``service.pem`` the tokens with which services ask each
other; ``*.public.pem`` beside them verify. Several ``sign-in.public.pem``-like files may lie there while a key is
changed. Make a real pair with ``openssl ecparam -name prime256v1 -genkey -noout -out sign-in.pem`` and
``openssl ec -in sign-in.pem -pubout -out sign-in.public.pem``.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from joserfc.jwk import ECKey

from shared.kernel.errors import SettingsError, UnavailableError
from shared.runtime.settings import Settings

DEMONSTRATION_MARK = "Made by the Working Carers demonstration. Never for real use.\n"
PURPOSES = ("sign-in", "service")


@dataclass(frozen=True)
class KeyPair:
    """What one purpose signs and verifies with; a process that only verifies holds no private key."""

    private: ECKey | None
    public: tuple[ECKey, ...]

    def signing(self) -> ECKey:
        """The private key; raises ``UnavailableError`` in a process that has none."""
        if self.private is None:
            raise UnavailableError("This part of the service cannot sign anybody in. Start from the front page.")
        return self.private

    def verifying(self, kid: str | None) -> ECKey | None:
        """The public key with this identifier, or None."""
        return next((key for key in self.public if key.thumbprint() == kid), None)


@dataclass(frozen=True)
class SigningKeys:
    """The keys of a process."""

    sign_in: KeyPair
    service: KeyPair


def load_keys(settings: Settings) -> SigningKeys:
    """Read the keys; in the demonstration make those that are missing.

    Raises ``SettingsError`` where there is no key to verify with, a file is not a P-256 key, others may read a
    private key, or a key of the demonstration is used outside it.
    """
    if settings.demonstration:
        for purpose in PURPOSES:
            _make_missing(settings.keys_folder, purpose)
    pairs = [_load_pair(settings.keys_folder, purpose, settings.demonstration) for purpose in PURPOSES]
    return SigningKeys(*pairs)


def forget_sign_ins(folder: Path) -> None:
    """Take the demonstration's own sign-in keys away: nobody stays signed in, and the next start makes others."""
    for path in list(folder.glob("sign-in*.pem")):
        if DEMONSTRATION_MARK in path.read_text(encoding="utf-8", errors="replace"):
            path.unlink()


def _load_pair(folder: Path, purpose: str, demonstration: bool) -> KeyPair:
    private_path = folder / f"{purpose}.pem"
    private = _read(private_path, demonstration) if private_path.exists() else None
    if private is not None and stat.S_IMODE(private_path.stat().st_mode) & 0o077:
        raise SettingsError(f"The key file {private_path.name} can be read by others. Run 'chmod 600' on it.")
    public = [_read(path, demonstration) for path in sorted(folder.glob(f"{purpose}*.public.pem"))]
    if private is not None and all(key.thumbprint() != private.thumbprint() for key in public):
        public.append(ECKey.import_key(private.as_pem(private=False)))
    if not public:
        raise SettingsError(
            f"No {purpose} key was found in the keys folder. Put {purpose}.public.pem there, "
            f"or {purpose}.pem in the process that signs."
        )
    return KeyPair(private, tuple(public))


def _read(path: Path, demonstration: bool) -> ECKey:
    text = path.read_text(encoding="utf-8", errors="replace")
    if DEMONSTRATION_MARK.strip() in text and not demonstration:
        raise SettingsError(
            f"The key file {path.name} was made for a demonstration. Make a key of your own before real use."
        )
    try:
        key = ECKey.import_key(text[max(text.find("-----BEGIN"), 0) :])
    except ValueError as error:
        raise SettingsError(f"The key file {path.name} does not hold a P-256 key in PEM.") from error
    if key.curve_name != "P-256":
        raise SettingsError(f"The key file {path.name} holds a key on another curve than P-256.")
    return key


def _make_missing(folder: Path, purpose: str) -> None:
    """Make a pair once, whole or not at all, however many processes start at the same moment."""
    private_path = folder / f"{purpose}.pem"
    public_path = folder / f"{purpose}.public.pem"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not private_path.exists():
        private = ec.generate_private_key(ec.SECP256R1())
        pem = private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        _place(private_path, pem)
    if not public_path.exists():
        _place(public_path, _read(private_path, demonstration=True).as_pem(private=False))


def _place(path: Path, pem: bytes) -> None:
    fresh = path.with_name(f"{path.name}.{uuid4().hex}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(DEMONSTRATION_MARK.encode() + pem)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
