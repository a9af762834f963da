"""Requests made from the API description: no 5xx, and every answer is one the description tells of."""
import hypothesis
import pytest
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_headers_conformance, response_schema_conformance, status_code_conformance

from harness.client import register
from harness.program import ROOT

EXAMPLES_PER_OPERATION = 10
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance, response_schema_conformance]
ENDING = r"^/api/v1/auth/(logout|me)$"  # would end the session the other calls are made with
DESCRIPTION = schemathesis.openapi.from_path(ROOT / "api" / "openapi.json")
DESCRIPTION.config.seed = 20260301
DESCRIPTION.config.generation.deterministic = True
DESCRIPTION.config.phases.coverage.enabled = False  # takes minutes for the product list alone; the tables of the other files cover it


@pytest.fixture(scope="module")
def seller(address):
    return register(address, "retailer")


@DESCRIPTION.exclude(path_regex=ENDING, method=["POST", "DELETE"]).parametrize()
@hypothesis.settings(max_examples=EXAMPLES_PER_OPERATION, deadline=None, derandomize=True, database=None,
                     suppress_health_check=list(hypothesis.HealthCheck), phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate])
def test_every_answer_is_described(case, address, seller):
    case.call_and_validate(base_url=address, checks=CHECKS, headers={"Authorization": f"Bearer {seller.token}"}, timeout=60)
