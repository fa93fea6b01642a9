"""`/livez` and `/readyz`: for whoever starts, watches and balances the service."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from copydesk import __version__
from copydesk.api.answered import Alive, Ready
from copydesk.api.service import Service, service
from copydesk.errors import EngineError
from copydesk.grammar.state import StateFile
from copydesk.settings import Settings

views = APIBlueprint("health", __name__, tag="Health")
_READY, _OFF = "ready", "off"
_ELSEWHERE = "at another address"
_NOT_READY: dict[int | str, dict[str, str | dict[str, dict[str, Any]]]] = {
    503: {
        "description": "they cannot: `engines` has the reason",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Ready"}}},
    }
}


@views.get("/livez")
@views.output(Alive, description="it does")
@views.doc(operation_id="alive")
def alive() -> dict[str, Any]:
    """Tell whether the process answers"""
    return {"status": "ok", "version": __version__}


@views.get("/readyz")
@views.output(Ready, description="they can")
@views.doc(
    operation_id="ready",
    responses=_NOT_READY,
)
def ready() -> tuple[dict[str, Any], int]:
    """Tell whether requests can be answered

    That is when the rules and an engine of the service's choice are loaded. `off` is one that is not used.
    """
    here = service()
    engines = {"embedded": _embedded(here), "languagetool": _languagetool(here)}
    used = {state for state in engines.values() if state != _OFF}
    good = not used or bool(used & {_READY, _ELSEWHERE})
    body = {"status": "ready" if good else "not ready", "rules": len(here.desk.rules), "engines": engines}
    return body, 200 if good else 503


def _embedded(here: Service) -> str:
    """Asks it: a word costs it a millisecond, and an engine that has broken says so."""
    if here.desk.resources.grammar is None or here.settings.engine == "languagetool":
        return _OFF
    try:
        here.source("embedded").check("Ready.", "en-US")
    except EngineError as error:
        return str(error)
    return _READY


def _languagetool(here: Service) -> str:
    """What its host says of it. Not asked: one that hangs must not hang the answer, as there is failover."""
    if here.desk.resources.grammar is None or here.settings.engine == "embedded":
        return _OFF
    return _server(here.settings)


def _server(settings: Settings) -> str:
    if settings.languagetool_url is not None:
        return _ELSEWHERE
    file = StateFile(settings.languagetool_state)
    now = file.read()
    if now is None or not file.running():
        return "not running"
    return _READY if now.ready else now.reason
