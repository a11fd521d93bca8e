"""What stands before the services at scale: one address, and each service under it by name.

``http://127.0.0.1:<port>/at/<service>/...`` reaches the service's own web process, as an ingress does in a cluster.
"""

from __future__ import annotations

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Ingress:
    """Forwards reads to the port of the service that the path names."""

    def __init__(self, ports: dict[str, int]) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(ports))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    @property
    def template(self) -> str:
        """The value of ``CARERS_SERVICE_URL``."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/at/{{service}}"

    def close(self) -> None:
        """Stop forwarding."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


def _handler(ports: dict[str, int]) -> type[BaseHTTPRequestHandler]:
    class Forward(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _, _, service, path = self.path.split("/", 3)
            connection = http.client.HTTPConnection("127.0.0.1", ports[service], timeout=15)
            try:
                connection.request("GET", f"/{path}", headers=dict(self.headers.items()))
                answer = connection.getresponse()
                self._relay(answer, answer.read())
            except OSError:
                self.send_error(502)
            finally:
                connection.close()

        def _relay(self, answer: http.client.HTTPResponse, body: bytes) -> None:
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in {"transfer-encoding", "connection", "content-length", "date", "server"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: the services have logs of their own."""

    return Forward
