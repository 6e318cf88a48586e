import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from knowledge_base.situation import UNKNOWN, Condition, Question, Verdict


def condition(value):
    return Condition.model_validate(value)


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ({"reason": "lost"}, Verdict.YES),
        ({"reason": "broken"}, Verdict.NO),
        ({"reason": UNKNOWN}, Verdict.MAYBE),
        ({}, Verdict.MAYBE),
        ({"other": "lost"}, Verdict.MAYBE),
    ],
)
def test_a_condition_holds_fails_or_stays_open(answers, verdict):
    assert condition({"reason": "lost"}).verdict(answers) == verdict


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ({"reason": "lost", "age": "child"}, Verdict.YES),
        ({"reason": "lost", "age": "adult"}, Verdict.NO),
        ({"reason": "lost"}, Verdict.MAYBE),
        ({"age": "adult"}, Verdict.NO),
    ],
)
def test_all_questions_of_a_conjunction_must_hold(answers, verdict):
    assert condition({"reason": ["lost", "stolen"], "age": "child"}).verdict(answers) == verdict


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ({"reason": "lost"}, Verdict.YES),
        ({"age": "child"}, Verdict.YES),
        ({"reason": "broken"}, Verdict.MAYBE),
        ({"reason": "broken", "age": "adult"}, Verdict.NO),
    ],
)
def test_one_alternative_of_a_list_is_enough(answers, verdict):
    assert condition([{"reason": "lost"}, {"age": "child"}]).verdict(answers) == verdict


def test_a_condition_names_the_options_it_refers_to():
    either = condition([{"reason": ["lost", "stolen"]}, {"age": "child"}])
    assert either.references() == {("reason", "lost"), ("reason", "stolen"), ("age", "child")}


def test_a_single_option_may_stand_without_a_list():
    assert condition({"reason": "lost"}) == condition([{"reason": ["lost"]}])


@pytest.mark.parametrize("value", [{}, [], [{}], {"reason": []}])
def test_an_empty_condition_is_refused(value):
    with pytest.raises(ValidationError, match="điều kiện rỗng"):
        condition(value)


@pytest.mark.parametrize("value", ["lost", {"Lý do": "mất"}, {"reason": {"a": "b"}}, {"reason": 1}])
def test_a_condition_of_another_form_is_refused(value):
    with pytest.raises(ValidationError):
        condition(value)


options = st.sampled_from(["a", "b", "c"])
conjunctions = st.dictionaries(
    st.sampled_from(["x", "y"]), st.lists(options, min_size=1), min_size=1
)
conditions = st.lists(conjunctions, min_size=1, max_size=3)
answers = st.dictionaries(st.sampled_from(["x", "y"]), options)


@given(conditions, answers)
def test_a_settled_verdict_does_not_change_with_more_answers(value, known):
    subject = condition(value)
    before = subject.verdict(known)
    for question in ("x", "y"):
        for option in ("a", "b", "c"):
            if question not in known and before != Verdict.MAYBE:
                assert subject.verdict({**known, question: option}) == before


@given(conditions, st.fixed_dictionaries({"x": options, "y": options}))
def test_with_all_questions_answered_nothing_stays_open(value, known):
    assert condition(value).verdict(known) != Verdict.MAYBE


def question(**parts):
    labels = [{"id": "lost", "label": "Bị mất"}, {"id": "broken", "label": "Bị hỏng"}]
    return Question.model_validate(
        {"id": "reason", "ask": "Vì sao cần cấp lại?", "options": labels, **parts}
    )


def test_a_question_offers_its_options_in_order():
    assert [option.id for option in question().options] == ["lost", "broken"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([{"id": "a", "label": "A"}, {"id": "a", "label": "B"}], "hai lựa chọn trùng mã"),
        ([{"id": "a", "label": "A"}, {"id": "unknown", "label": "B"}], "thêm tự động"),
        ([{"id": "a", "label": "A"}], "at least 2"),
        ([{"id": f"o{n}", "label": "A"} for n in range(7)], "at most 6"),
        ([{"id": "Mất", "label": "A"}, {"id": "b", "label": "B"}], "pattern"),
    ],
)
def test_a_question_with_unsound_options_is_refused(options, message):
    with pytest.raises(ValidationError, match=message):
        question(options=options)
