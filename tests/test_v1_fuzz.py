"""`/v1` under fire: requests made of its own OpenAPI document, right ones and wrong ones."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import CheckContext, GenerationMode, Response
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from copydesk.api import create_app
from copydesk.settings import load_settings
from desks import plain_desk


def no_fault_of_ours(context: CheckContext, response: Response, case: schemathesis.Case[Any]) -> bool | None:
    """No status of 500 and more, but 503 for a request that names an engine that does not run beside these tests."""
    named = "languagetool" in f"{case.body!r} {case.query!r}"
    if named and response.status_code == 503 and response.json()["type"].endswith("#engine-unavailable"):
        return None
    return not_a_server_error(context, response, case)


CHECKS = [no_fault_of_ours, status_code_conformance, content_type_conformance]
EXAMPLES = 15  # of each kind, for each operation


@pytest.mark.parametrize("mode", GenerationMode)
def test_no_request_brings_the_service_down(mode: GenerationMode) -> None:
    schema = schemathesis.openapi.from_wsgi("/openapi.json", create_app(load_settings(max_text=1000), plain_desk()))
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert {operation.path for operation in operations} >= {"/v1/review", "/v1/bitext", "/v1/clean", "/v1/rules"}
    for operation in operations:
        if mode is GenerationMode.NEGATIVE and not (operation.body or operation.query):
            continue

        @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode))
        def holds(case: schemathesis.Case[Any]) -> None:
            case.call_and_validate(checks=CHECKS)

        holds()
