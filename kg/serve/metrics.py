"""What the service counts, for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """Counters of one service, in a registry of its own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter("kg_http_requests", "Requests answered.", ["room", "method", "status"], registry=self._registry)
        self._seconds = Histogram("kg_http_request_seconds", "Seconds to an answer.", ["room"], buckets=_BUCKETS, registry=self._registry)
        self._counted: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}  # finding them by name takes longer than counting
        self._workers = Gauge("kg_workers", "Processes that evaluate.", registry=self._registry)
        self._beside = Gauge("kg_connections_beside", "Connections on which a second process answers lookups.", registry=self._registry)
        self._snapshot = Gauge("kg_snapshot_number", "Number of the newest snapshot.", registry=self._registry)

    def note(self, room: str, method: str, status: int, seconds: float) -> None:
        """Count one request."""
        counted = self._counted.get((room, method, status))
        if counted is None:
            known = method if method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS") else "other"
            counted = self._requests.labels(room, known, str(status)), self._seconds.labels(room)
            if known == method:
                self._counted[room, method, status] = counted
        counted[0].inc()
        counted[1].observe(seconds)

    def beside(self, connections: int) -> None:
        """Say how many connections the process beside this one has."""
        self._beside.set(connections)

    def text(self, workers: int, snapshot: int) -> bytes:
        """All of them in Prometheus' text format 0.0.4."""
        self._workers.set(workers)
        self._snapshot.set(snapshot)
        return generate_latest(self._registry)
