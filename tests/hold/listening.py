"""A server that only listens: it hears whether anybody calls."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

BELL = b"the test itself"


class Listener:
    """Loopback sockets of both families, and what was heard there."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self._rung = threading.Event()
        self._sockets = [socket.create_server(("127.0.0.1", 0))]
        with suppress(OSError):  # a machine without IPv6
            self._sockets.append(socket.create_server(("::1", 0), family=socket.AF_INET6))
        self.urls = [_url(one) for one in self._sockets]
        for one in self._sockets:
            threading.Thread(target=self._listen, args=(one,), daemon=True).start()

    def _listen(self, one: socket.socket) -> None:
        with suppress(OSError):
            while True:
                caller, _ = one.accept()
                with caller, suppress(OSError):
                    said = caller.recv(200)
                    if said == BELL:
                        self._rung.set()
                    else:
                        self.heard.append(said)

    def calls(self) -> list[bytes]:
        """What was heard up to now: a call of our own is answered after all that came before it."""
        for one in self._sockets:
            self._rung.clear()
            with socket.create_connection(one.getsockname()[:2]) as bell:
                bell.sendall(BELL)
                self._rung.wait()
        return list(self.heard)

    def close(self) -> None:
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


@contextmanager
def listening() -> Iterator[Listener]:
    made = Listener()
    try:
        yield made
    finally:
        made.close()


def _url(one: socket.socket) -> str:
    host, port = one.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
