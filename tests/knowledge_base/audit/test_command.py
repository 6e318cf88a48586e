import json

import pytest
from typer.testing import CliRunner

from api.cli.program import application
from knowledge_base.catalogue import write_imported
from tests.factories import make_bare, make_procedure


@pytest.fixture
def run(tmp_path, monkeypatch):
    national = make_procedure("1.998001", agencies=["Công an huyện"])
    local = make_bare("1.998001", kind="list", name="Tên khác", official_name="Tên khác")
    write_imported(tmp_path / "catalogue" / "national.jsonl.gz", [national])
    write_imported(tmp_path / "catalogue" / "list-x.jsonl.gz", [local])
    monkeypatch.setenv("MOTCUA_DATA", str(tmp_path))
    return lambda *words: CliRunner().invoke(application, ["catalogue", "audit", *words])


def test_findings_are_no_failure(run):
    result = run("--rule", "A06", "--rule", "A12")
    assert result.exit_code == 0
    assert "Công an huyện" in result.output
    assert "Tên khác" in result.output


def test_json_of_one_rule(run):
    content = json.loads(run("--format", "json", "--rule", "a06").output)
    assert list(content["rules"]) == ["A06"]
    assert "1.998001" in {finding["code"] for finding in content["findings"]}


def test_one_severity(run):
    content = json.loads(run("--format", "json", "--severity", "warn", "--rule", "A06").output)
    assert content["findings"] == []


def test_workbook_goes_to_a_file(run, tmp_path):
    output = tmp_path / "audit.xlsx"
    result = run("--format", "xlsx", "--output", str(output), "--rule", "A06")
    assert result.exit_code == 0
    assert output.read_bytes()[:2] == b"PK"


def test_workbook_needs_a_file(run):
    assert run("--format", "xlsx").exit_code == 2


def test_postings_are_read(run, tmp_path):
    postings = tmp_path / "postings.csv"
    postings.write_text("code,posted_on\n1.998001,2026-10-01\n", "utf-8")
    content = json.loads(
        run("--format", "json", "--rule", "A15", "--postings", str(postings)).output
    )
    assert "1.998001" not in {finding["code"] for finding in content["findings"]}
    assert content["findings"]
