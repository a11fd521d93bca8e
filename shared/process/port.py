"""Is the web's port free? Asked before anything starts, so that nothing runs into another instance."""

from __future__ import annotations

import errno
import socket

from shared.kernel.errors import SettingsError


def require_free_port(host: str, port: int) -> None:
    """Raise ``SettingsError`` where another program has the port, or this machine does not have the address."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(address)
            trial.listen(1)
        except OSError as error:
            raise cannot_listen(error, host, port) from None


def cannot_listen(error: OSError, host: str, port: int) -> SettingsError:
    """The sentence for an address on which one cannot listen."""
    if error.errno == errno.EADDRINUSE:
        return SettingsError(
            f"Port {port} is in use by another program. Set CARERS_PORT to another port, such as "
            f"CARERS_PORT={_other(port)}, and start again."
        )
    return SettingsError(
        f"Nothing can listen on {host}, port {port} ({error.strerror}). Set CARERS_HOST and CARERS_PORT to an "
        "address of this machine and a port that you may use, and start again."
    )


def _other(port: int) -> int:
    return port + 1 if port < 65535 else 8080
