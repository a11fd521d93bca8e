"""A port that is taken is told before anything starts."""

from __future__ import annotations

import errno
import socket

import pytest

from shared.kernel.errors import SettingsError
from shared.process.port import cannot_listen, require_free_port


def test_a_port_in_use_is_named_with_the_setting_that_changes_it() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen(1)
        port = other.getsockname()[1]
        with pytest.raises(SettingsError, match=f"Port {port} is in use by another program. Set CARERS_PORT"):
            require_free_port("127.0.0.1", port)
    require_free_port("127.0.0.1", port)


def test_an_address_of_another_machine_is_told() -> None:
    with pytest.raises(SettingsError, match=r"Nothing can listen on 192\.0\.2\.1, port 8080 .*CARERS_HOST"):
        require_free_port("192.0.2.1", 8080)


def test_the_last_port_is_not_followed_by_one_that_does_not_exist() -> None:
    error = cannot_listen(OSError(errno.EADDRINUSE, "in use"), "127.0.0.1", 65535)
    assert "CARERS_PORT=8080" in error.message
