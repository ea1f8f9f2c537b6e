"""Who may do what: reading is open on loopback, writing needs the token, and a page of elsewhere gets nothing by a trick of names."""

import hmac
import ipaddress

from kg.serve.http import Refused, Scope, header
from kg.serve.settings import Settings


def require_host(scope: Scope, settings: Settings) -> None:
    """On loopback, refuse a name that somebody else made point here (DNS rebinding).

    Raises:
        Refused: 421.
    """
    if not settings.on_loopback:
        return
    name = (header(scope, b"host") or "").rsplit("@")[-1]
    host = name[1 : name.find("]")] if name.startswith("[") else name.split(":")[0]
    if host != "localhost" and not _is_loopback(host):
        raise Refused(421, f"This service listens on loopback and does not answer for '{host}'.")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def require_reader(scope: Scope, settings: Settings) -> None:
    """Off loopback, a reader needs the token too.

    Raises:
        Refused: 401.
    """
    if not settings.on_loopback:
        _require_token(scope, settings)


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
    scheme, _, given = (header(scope, b"authorization") or "").partition(" ")
    right = (settings.token or "").encode()
    if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), right):
        raise Refused(401, "A token is needed: Authorization: Bearer TOKEN.", [("WWW-Authenticate", 'Bearer realm="kg"')])
