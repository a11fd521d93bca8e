"""The server: bounded, in our shape even where the app is not reached, ended by a signal."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web_client import WebClient, serving

PROGRAM = """
from flask import Flask
from shared.web.server import serve
app = Flask("sample")
serve(app, "127.0.0.1", {port}, 2)
print("ended cleanly")
"""


@pytest.fixture
def port(client: WebClient) -> Iterator[int]:
    with serving(client.app) as address:
        yield int(address.rpartition(":")[2])


@pytest.mark.parametrize("header", ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP"])
def test_that_a_proxy_stands_before_it_is_not_hidden_from_the_app(port: int, header: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("POST", "/become", body="role=hr", headers={header: "127.0.0.1"})
    assert connection.getresponse().status == 404
    connection.close()


def test_it_serves_and_does_not_tell_its_name(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", "/health/live")
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == 200
    assert "waitress" not in str(answer.headers).lower()


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"POST /api/errands/errands HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n" + b"x" * 600_000, 413),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + b"x" * 20_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
    ],
)
def test_what_never_reaches_the_app_is_refused_with_problem_details(
    port: int, request_bytes: bytes, status: int
) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(request_bytes)
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        body = json.loads(answer.read())
    assert (answer.status, body["status"], body["code"]) == (status, status, "unreadable")
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly_within_seconds(number: signal.Signals) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    root = str(Path(__file__).parents[3])
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(port=port)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": root},
    )
    deadline = time.monotonic() + 20
    while not _answers(port):
        assert time.monotonic() < deadline, "the server did not start"
    process.send_signal(number)
    output, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert output.strip() == "ended cleanly"


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
    except OSError:
        return False
    return True
