import re

import pytest

from knowledge_base.forms import ExampleKind, check_answers, load_forms
from tests.knowledge_base.forms.conftest import TODAY

EXAMPLES = [(form, example) for form in load_forms() for example in form.examples]
IDS = [f"{form.id}/{example.id}" for form, example in EXAMPLES]


def _texts(example):
    for value in example.values.values():
        if isinstance(value, str):
            yield value
        else:
            yield from (cell for row in value for cell in row.values())


@pytest.mark.parametrize(("form", "example"), EXAMPLES, ids=IDS)
def test_right_example_is_accepted_and_wrong_one_fails_with_the_stated_messages(form, example):
    answers = check_answers(form, example.values, today=TODAY)
    found = {(fault.field, fault.message) for fault in answers.faults}
    assert found == {(fault.field, fault.message) for fault in example.faults}
    assert answers.valid == (example.kind == ExampleKind.RIGHT)


@pytest.mark.parametrize(("form", "example"), EXAMPLES, ids=IDS)
def test_numbers_of_examples_belong_to_nobody(form, example):
    for text in _texts(example):
        for number in re.findall(r"(?<!\d)\d{12}(?!\d)", text):
            assert number.startswith("000"), text
        for number in re.findall(r"(?<!\d)\d{9,10}(?!\d)", text):
            assert number.startswith("0000"), text
        for domain in re.findall(r"@(\S+)", text):
            assert domain.endswith(".example"), text


@pytest.mark.parametrize(("form", "example"), EXAMPLES, ids=IDS)
def test_examples_fill_no_declaration_and_no_signature(form, example):
    by_hand = {field.id for field in form.fields if not field.type.fillable}
    assert not by_hand & set(example.values)


def test_every_form_has_two_right_examples_and_a_wrong_one():
    assert len(EXAMPLES) >= 96
    for form in {form.id: form for form, _ in EXAMPLES}.values():
        kinds = [example.kind for example in form.examples]
        assert kinds.count(ExampleKind.RIGHT) >= 2, form.id
        assert kinds.count(ExampleKind.WRONG) >= 1, form.id


def test_right_examples_teach_with_notes():
    for form, example in EXAMPLES:
        if example.kind == ExampleKind.RIGHT:
            assert example.notes, f"{form.id}/{example.id}"


def _people(text):
    """The table of invented people in docs/forms.md: number → name, sex, birth date."""
    rows = re.findall(r"^\| (\d{12}) \| (.+?) \| (.+?) \| (.+?) \|$", text, re.MULTILINE)
    return {number: rest for number, *rest in rows}


@pytest.fixture(scope="module")
def people(pytestconfig):
    return _people((pytestconfig.rootpath / "docs" / "forms.md").read_text("utf-8"))


def test_invented_numbers_follow_the_scheme(people):
    assert people
    for number, (_, gender, birth_date) in people.items():
        year = int(birth_date[-4:])
        code = (year >= 2000) * 2 + (gender == "Nữ")
        assert number.startswith(f"000{code}{year % 100:02}"), number


@pytest.mark.parametrize(("form", "example"), EXAMPLES, ids=IDS)
def test_numbers_of_examples_are_in_the_table_of_invented_people(form, example, people):
    for text in _texts(example):
        assert set(re.findall(r"(?<!\d)\d{12}(?!\d)", text)) <= set(people), text


@pytest.mark.parametrize(("form", "example"), EXAMPLES, ids=IDS)
def test_people_of_examples_keep_their_birth_date(form, example, people):
    born = {name: birth_date for name, _, birth_date in people.values()}
    if example.kind == ExampleKind.WRONG:
        return
    for field, value in example.values.items():
        name = field.removesuffix("name") + "birth_date"
        if field.endswith("name") and str(value).title() in born and name in example.values:
            assert example.values[name] == born[str(value).title()], field
