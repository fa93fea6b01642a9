"""How often somebody may ask, by Flask-Limiter; and what no request may be: packed.

Requests are counted in Redis where the settings name one, for all workers and machines together, else by each worker
for itself. When Redis does not answer, each worker counts for itself until it is back, which is looked for after 1, 2,
4 … 32 seconds: reviews go on, and a client may ask up to `workers` times as often.
"""

from __future__ import annotations

import time
from ipaddress import IPv6Address, IPv6Network, ip_address

from flask import Flask, Response, current_app, request
from flask_limiter import ApplicationLimit, Limiter
from werkzeug.exceptions import UnsupportedMediaType

from copydesk.api.keys import has_wrong_key, is_open, key_of_request
from copydesk.errors import InputError
from copydesk.settings import Settings

_PATIENCE = 0.5  # seconds that Redis may take, for which a request waits
_LIMITER = "copydesk.limiter"


def register(app: Flask, settings: Settings) -> None:
    """Counts the requests to `app` that come with a key, or whoever sends them. Raises InputError for the address of
    Redis, or where its client is not installed."""
    app.before_request(_refuse_packed)
    limits = []
    if settings.rate_limit is not None:
        said = f"the limit is {settings.rate_limit}"
        limits.append(ApplicationLimit(settings.rate_limit, key_function=_caller, error_message=said))
    if settings.require_key:
        limits.append(
            ApplicationLimit(
                settings.guess_limit,
                key_function=_address,
                scope="wrong keys",
                exempt_when=lambda: not has_wrong_key(),
                error_message="too many wrong keys",
            )
        )
    if limits:
        app.extensions[_LIMITER] = limiter = _limiter(app, settings, limits)
        limiter.request_filter(is_open)
        app.after_request(_tell_when)


def fallen_back(app: Flask) -> bool:
    """Whether Redis is wanted and gone, so that this worker counts for itself."""
    limiter: Limiter | None = app.extensions.get(_LIMITER)
    return limiter is not None and limiter._storage_dead


def _limiter(app: Flask, settings: Settings, limits: list[ApplicationLimit]) -> Limiter:
    shared = settings.redis_url is not None
    address = settings.redis_url.get_secret_value() if settings.redis_url is not None else "memory://"
    options = {"socket_timeout": _PATIENCE, "socket_connect_timeout": _PATIENCE} if shared else {}
    try:
        return Limiter(
            _address,
            app=app,
            application_limits=[*limits],
            strategy="sliding-window-counter",
            storage_uri=address,
            storage_options=options,  # type: ignore[arg-type] # Redis takes fractions of a second
            in_memory_fallback_enabled=shared,
            key_prefix="copydesk",
        )
    except Exception as error:  # noqa: BLE001 (the storage's: ConfigurationError, ValueError, AssertionError …)
        # Not its message: that may have the address, and that a password.
        raise InputError(f"COPYDESK_REDIS_URL cannot be used ({type(error).__name__})", field="redis_url") from None


def _caller() -> str:
    key = key_of_request()
    return _address() if key is None else key.id


def _address() -> str:
    """Where the request comes from; of IPv6 the network, since who has one address has 2⁶⁴ of them."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:  # a proxy may write a name
        return "elsewhere"
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    if isinstance(address, IPv6Address) and mapped is None:
        return str(IPv6Network((address, 64), strict=False))
    return str(mapped or address)


def _tell_when(response: Response) -> Response:
    """`Retry-After` for who asked too often."""
    limiter: Limiter = current_app.extensions[_LIMITER]
    if response.status_code == 429 and limiter.current_limit is not None:
        response.headers["Retry-After"] = str(max(1, limiter.current_limit.reset_at - int(time.time())))
    return response


def _refuse_packed() -> None:
    """Raises UnsupportedMediaType: a packed body of a kilobyte may be a gigabyte, and no client needs to pack."""
    coding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in ("", "identity"):
        raise UnsupportedMediaType("the body must not be packed: no Content-Encoding but identity")
