import pytest

from knowledge_base.forms import check_answers
from knowledge_base.forms.filling import Draft, list_questions
from knowledge_base.forms.model import ExampleKind, FieldType
from tests.knowledge_base.forms.conftest import TODAY
from tests.knowledge_base.forms.filling.conftest import value_for


def keys(form, given):
    return [question.key for question in list_questions(form, given)]


def test_a_declaration_a_signature_and_words_of_a_date_are_never_asked(library):
    for form in library:
        asked = {question.field.id for question in list_questions(form, {})}
        for field in form.fields:
            by_hand = field.type in (FieldType.DECLARATION, FieldType.SIGNATURE)
            if by_hand or field.words_of:
                assert field.id not in asked, (form.id, field.id)


def test_every_other_field_is_asked_or_waits_on_an_answer(library):
    for form in library:
        asked = {question.field.id for question in list_questions(form, {})}
        for field in form.fields:
            if field.type.fillable and not field.words_of and not field.required_when:
                assert field.id in asked, (form.id, field.id)


@pytest.mark.parametrize(("answer", "asked"), [("Có", True), ("Không", False), ("", False)])
def test_a_field_of_one_case_is_asked_in_that_case_alone(birth, answer, asked):
    assert ("copies_number" in keys(birth, {"copies_wanted": answer})) is asked


def test_a_table_is_asked_row_by_row(ct01):
    given = {"members.1": "Có"}
    asked = [key for key in keys(ct01, given) if key.startswith("members")]
    assert asked == [
        "members.1",
        *(f"members.1.{column}" for column in ("name", "birth_date", "gender")),
        "members.1.identity_number",
        "members.1.relation",
        "members.2",
    ]


def test_a_table_ends_with_its_last_row(ct01):
    given = {f"members.{row}": "Có" for row in range(1, 50)}
    assert "members.10.name" in keys(ct01, given)
    assert "members.11" not in keys(ct01, given)


@pytest.mark.parametrize("kept", [True, False], ids=["whole", "without what may be left out"])
def test_every_right_example_is_reached_by_answering(library, kept):
    """Whatever a form of the library holds, the questions lead to it."""
    for form in library:
        for example in form.examples:
            if example.kind != ExampleKind.RIGHT:
                continue
            draft = Draft(form)
            while (question := draft.open) is not None:
                value = value_for(question, example)
                if not kept and not question.required:
                    value = ""
                draft = draft.with_answer(draft.written(value, TODAY))
            answers = draft.answers(TODAY)
            assert answers.printable, (form.id, example.id, answers.faults)
            if kept:
                assert answers.valid, (form.id, example.id, answers.faults)
                asked = {question.field.id for question in draft.questions}
                given = {name: example.values[name] for name in example.values if name in asked}
                whole = check_answers(form, given, today=TODAY)
                assert answers.values == whole.values, (form.id, example.id)
