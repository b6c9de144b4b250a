"""A running service against its own OpenAPI document: no undocumented status, no fault of ours."""

import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from app.http.service import create_app

SCHEMA = schemathesis.openapi.from_dict(create_app().openapi())
CHECKS = [status_code_conformance, content_type_conformance]


def is_no_fault(ctx, response, case):
    """Being busy (503 with Retry-After) is an answer, a fault of ours is none."""
    if response.status_code == 503 and "Retry-After" in response.headers:
        return None
    return not_a_server_error(ctx, response, case)


@SCHEMA.parametrize()
@settings(max_examples=15, phases=[Phase.generate], suppress_health_check=list(HealthCheck), derandomize=True)
def test_every_answer_is_one_that_the_contract_names(case, service):
    response = case.call(base_url=service, timeout=120)
    case.validate_response(response, checks=[*CHECKS, is_no_fault])
