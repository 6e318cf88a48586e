import re
import unicodedata
from pathlib import Path

import pytest

from knowledge_base.audit import AuditDataError, RuleId
from knowledge_base.audit.finding import Fault
from knowledge_base.audit.rulebook import RULEBOOK_FILE, load_rulebook


@pytest.fixture(scope="module")
def rulebook():
    return load_rulebook()


def test_severity_follows_the_audit_table(rulebook):
    urgent = {rule for rule, text in rulebook.rules.items() if text.severity == "must_fix"}
    assert urgent == {RuleId.A01, RuleId.A05, RuleId.A06, RuleId.A11}


@pytest.mark.parametrize("rule", RuleId)
def test_every_rule_names_its_basis(rulebook, rule):
    assert rulebook.rules[rule].basis
    assert rulebook.rules[rule].cases


def test_every_case_is_reported_by_some_rule(rulebook):
    folder = Path(RULEBOOK_FILE).parent.parent / "rules"
    code = "\n".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    named = set(re.findall(r'"([a-z_]+)"', code))
    cases = {case for text in rulebook.rules.values() for case in text.cases}
    assert cases <= named


def test_texts_are_composed(rulebook):
    text = RULEBOOK_FILE.read_text("utf-8")
    assert text == unicodedata.normalize("NFC", text)


def test_message_is_filled(rulebook):
    fault = Fault("odd_decision", "decision", "1103", {"decision": "1103"})
    assert "«1103»" in rulebook.message(RuleId.A11, fault)


def test_missing_rule_is_named(tmp_path):
    text = RULEBOOK_FILE.read_text("utf-8")
    broken = tmp_path / "rulebook.yml"
    start, end = text.index("  A16:"), text.index("\nfields:")
    broken.write_text(text[:start] + text[end:], "utf-8")
    with pytest.raises(AuditDataError, match="A16"):
        load_rulebook(broken)
