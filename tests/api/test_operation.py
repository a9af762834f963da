"""Health, probes, metrics, the API description, the log."""
import json

import pytest

from harness.client import Client, expect
from harness.program import ROOT, Program


def test_health_tells_of_every_back_end(nobody):
    for root in (True, False):
        health = expect(nobody.get("/health", root=root), 200).json()
        assert health["status"] == "healthy" and health["version"]
        assert health["mongodb"] == "not_configured" and health["redis"] == "not_configured"
        assert health["database"]["status"] == "connected" and health["database"]["engine"]
        assert {"cache", "objects", "queue"} <= health.keys() and health["queue"]["depth"] >= 0


def test_livez_only_says_that_the_process_runs(nobody):
    assert expect(nobody.get("/livez", root=True), 200).content != b""
    expect(nobody.get("/livez"), 404)


def test_metrics_count_requests_by_route(nobody, product):
    nobody.get(f"/products/{product['id']}")
    answer = expect(nobody.get("/metrics", root=True), 200)
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert product["id"] not in answer.text
    assert "_bucket" in answer.text and "{id}" in answer.text
    for line in answer.text.splitlines():
        assert line.startswith("#") or len(line.rsplit(" ", 1)) == 2


def test_metrics_are_for_loopback_or_the_token(shop, nobody):
    """A trusted proxy on loopback says who asks; a public address needs the token, and here none is set."""
    expect(nobody.get("/metrics", root=True, headers={"X-Forwarded-For": "203.0.113.9"}), 403, "forbidden")
    assert nobody.get("/metrics", root=True, headers={"X-Forwarded-For": "192.168.1.5"}).status_code == 200


def test_metrics_open_with_the_token(tmp_path):
    program = Program(tmp_path, METRICS_TOKEN="let-me-see-0123456789").start()
    try:
        client = Client(program.address)
        away = {"X-Forwarded-For": "203.0.113.9"}
        assert client.get("/metrics", root=True, headers={**away, "Authorization": "Bearer let-me-see-0123456789"}).status_code == 200
        for wrong in ({}, {"Authorization": "Bearer let-me-see"}, {"Authorization": "let-me-see-0123456789"}):
            assert client.get("/metrics", root=True, headers={**away, **wrong}).status_code in (401, 403)
    finally:
        program.stop()


def test_the_description_served_is_the_one_kept(nobody):
    served = expect(nobody.get("/openapi.json", root=True), 200)
    assert served.headers["Content-Type"].startswith("application/json")
    assert served.json() == json.loads((ROOT / "api" / "openapi.json").read_text())
    assert served.json()["openapi"].startswith("3.1")


def test_the_program_prints_the_description_kept(shop):
    assert shop.run("print-openapi").stdout == (ROOT / "api" / "openapi.json").read_text()


def test_every_reference_of_the_description_leads_somewhere(nobody):
    document = nobody.get("/openapi.json", root=True).json()

    def walk(value):
        if isinstance(value, dict):
            if "$ref" in value:
                target = document
                for part in value["$ref"].removeprefix("#/").split("/"):
                    target = target[part]
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(document)
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    assert all(operation["summary"] for operation in operations)


def test_the_documentation_page_is_html_with_a_policy(nobody):
    answer = expect(nobody.get("/docs", root=True), 200)
    assert answer.headers["Content-Type"].startswith("text/html") and "unsafe-inline" not in answer.headers["Content-Security-Policy"].split("script-src")[-1].split(";")[0]


def test_the_log_is_json_with_the_fields_of_the_guide(shop, nobody):
    nobody.get("/products?search=silk", headers={"X-Request-Id": "log-fields"})
    shop.wait_for(lambda: any("log-fields" in str(line) for line in shop.log_lines()), 5)
    line = next(line for line in shop.log_lines() if "log-fields" in str(line))
    assert {"timestamp", "level", "service", "message"} <= line.keys() and line["service"] == "fitview-api"
    assert "silk" not in str(line)


def test_check_config_hides_secrets_and_names_faults(shop):
    shown = shop.run("check-config").stdout
    assert "JWT_SECRET_KEY=(secret)" in shown and shop.environment["JWT_SECRET_KEY"] not in shown


@pytest.mark.parametrize("settings,named", [
    ({"PORT": "99999"}, "PORT"), ({"RATE_LIMIT_LOGIN": "often"}, "RATE_LIMIT_LOGIN"), ({"BCRYPT_COST": "3"}, "BCRYPT_COST"), ({"ENVIRONMENT": "prod"}, "ENVIRONMENT"),
    ({"ENVIRONMENT": "production", "JWT_SECRET_KEY": "short"}, "JWT_SECRET_KEY"), ({"ENVIRONMENT": "production", "JWT_SECRET_KEY": ""}, "JWT_SECRET_KEY"),
    ({"ENVIRONMENT": "production", "JWT_SECRET_KEY": "changeme" * 4}, "JWT_SECRET_KEY"), ({"JWT_ALGORITHM": "none"}, "JWT_ALGORITHM"),
    ({"STORE": "oracle"}, "STORE")])
def test_a_wrong_setting_refuses_to_start_and_is_named(tmp_path, settings, named):
    program = Program(tmp_path, **settings)
    done = program.run("serve", check=False)
    assert done.returncode == 2 and named in done.stderr
    secret = settings.get("JWT_SECRET_KEY")
    assert not secret or secret not in done.stderr


def test_a_first_run_makes_a_secret_for_itself_only(tmp_path):
    program = Program(tmp_path)
    del program.environment["JWT_SECRET_KEY"]
    done = program.run("migrate")
    kept = tmp_path / "data" / "jwt_secret"
    assert kept.stat().st_mode & 0o777 == 0o600 and len(kept.read_text().strip()) >= 32
    assert "JWT" in done.stderr and kept.read_text().strip() not in done.stderr
    before = kept.read_text()
    program.run("migrate")
    assert kept.read_text() == before


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["serve", "now"], ["seed", "--size", "0"], ["seed", "--demo", "nowhere"], ["create-admin", "--email", "x"]])
def test_a_wrong_command_line_explains_itself(shop, arguments):
    done = shop.run(*arguments, check=False)
    assert done.returncode == 2 and done.stderr


def test_seeding_again_changes_nothing(seeded, tmp_path):
    program = Program(tmp_path)
    program.copy_from(seeded)
    assert "password" not in program.run("seed", "--demo", str(ROOT / "demo")).stdout
    assert "made" not in program.run("migrate").stdout
