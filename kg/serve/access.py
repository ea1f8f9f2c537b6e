"""Who may do what: reading is open on loopback, writing needs the token, and a page of elsewhere gets nothing by a trick of names."""

import hmac
import ipaddress
import re
from functools import lru_cache

from kg.serve.http import Refused, Scope, header
from kg.serve.settings import Settings

_AUTHORITY = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<name>[A-Za-z0-9._~-]+))(?::(?P<port>[0-9]{1,5})?)?")
"""Host and port of RFC 3986 (3.2.2), without what no name of a host holds."""
_PORTS = 65535


_OPEN = frozenset({"/", "/query", "/health", "/metrics", "/openapi.json"})


def require_host(scope: Scope, settings: Settings) -> None:
    """Refuse a request that names no host, several, or what is none; on loopback, one that somebody else made point here (DNS rebinding).

    Raises:
        Refused: 400 or 421.
    """
    given = header(scope, b"host")
    if given is None and scope["http_version"] == "1.0":
        given = "localhost"  # HTTP/1.0 knows no Host, and no browser speaks it
    host = _host(given or "")
    if host is None:
        raise Refused(400, "The request needs one Host header with a name or an address, such as localhost:8000.")
    if settings.on_loopback and host != "localhost" and not _is_loopback(host):
        raise Refused(421, f"This service listens on loopback and does not answer for '{host}'.")


@lru_cache(maxsize=256)
def _host(given: str) -> str | None:
    """The host that a Host header names, in small letters; None where it is no such header."""
    found = _AUTHORITY.fullmatch(given)
    if not found or (found["six"] and _address(found["six"]) is None) or int(found["port"] or 0) > _PORTS:
        return None
    return found["six"] or found["name"].removesuffix(".").lower()


@lru_cache(maxsize=256)
def _is_loopback(host: str) -> bool:
    address = _address(host)
    inner = getattr(address, "ipv4_mapped", None) or address
    return inner is not None and inner.is_loopback


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def is_open(path: str) -> bool:
    """Whether an address gives nothing of the graph: whoever reaches it may have that."""
    return path in _OPEN or path.startswith("/static/")


def require_reader(scope: Scope, settings: Settings) -> None:
    """Off loopback, a reader needs the token too.

    Raises:
        Refused: 401.
    """
    if not settings.on_loopback:
        _require_token(scope, settings)


def is_writer(scope: Scope, settings: Settings) -> bool:
    """Whether a request has the token of those who may change the graph."""
    return settings.token is not None and _has_token(scope, settings)


def require_writer(scope: Scope, settings: Settings) -> str:
    """Whether a request may change the graph.

    Returns:
        Who writes, for the audit log.

    Raises:
        Refused: 403 where nobody may, 401 without the token.
    """
    if settings.token is None:
        raise Refused(403, "This service is read only. Start it with a token (KG_TOKEN or --token-file) to allow changes.")
    _require_token(scope, settings)
    client = scope.get("client") or ("?", 0)
    return f"token from {client[0]}"


def _require_token(scope: Scope, settings: Settings) -> None:
    if not _has_token(scope, settings):
        raise Refused(401, "A token is needed: Authorization: Bearer TOKEN.", [("WWW-Authenticate", 'Bearer realm="kg"')])


def _has_token(scope: Scope, settings: Settings) -> bool:
    scheme, _, given = (header(scope, b"authorization") or "").partition(" ")
    right = (settings.token or "").encode()
    return scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode("latin-1"), right)
