from dataclasses import replace

import pytest

from actions.endpoint import all_actions
from actions.memory import Case
from knowledge_base.answer import Status
from knowledge_base.answer.aspect import Aspect
from knowledge_base.catalogue import Catalogue
from knowledge_base.situation import Question
from tests.actions.conftest import BIRTH, FIREWORKS, MARRIAGE, make_engine, make_procedures
from tests.actions.talk import Talk, texts_of
from tests.factories import make_requirement

BORN = Question.model_validate(
    {
        "id": "born",
        "ask": "Bé sinh ở đâu?",
        "options": [
            {"id": "hospital", "label": "Ở bệnh viện"},
            {"id": "home", "label": "Ở nhà"},
        ],
    }
)
APPLICANT = Question.model_validate(
    {
        "id": "applicant",
        "ask": "Ai đi làm thủ tục?",
        "options": [
            {"id": "parent", "label": "Cha hoặc mẹ"},
            {"id": "authorised", "label": "Người được ủy quyền"},
        ],
    }
)
OLD_PERMIT = Question.model_validate(
    {
        "id": "old_permit",
        "ask": "Giấy phép cũ của bạn thế nào?",
        "options": [{"id": "lost", "label": "Bị mất"}, {"id": "broken", "label": "Bị hỏng"}],
    }
)
REQUIREMENTS = [
    make_requirement("Tờ khai", id="form"),
    make_requirement("Giấy chứng sinh", id="birth", when={"born": "hospital"}),
    make_requirement("Văn bản ủy quyền", id="proxy", when={"applicant": "authorised"}),
]


@pytest.fixture(scope="package")
def asking(services):
    """Services with two procedures that depend on the citizen's case."""
    parts = {
        BIRTH: {"questions": [BORN, APPLICANT], "requirements": REQUIREMENTS},
        FIREWORKS: {"questions": [OLD_PERMIT, APPLICANT], "requirements": REQUIREMENTS[::2]},
    }
    procedures = [
        procedure.model_copy(update=parts.get(procedure.code, {}))
        for procedure in make_procedures()
    ]
    engine = make_engine(Catalogue(procedures))
    return replace(services, engine=engine, catalogue=engine.catalogue)


@pytest.fixture
def talk(asking):
    return Talk(all_actions(asking))


@pytest.fixture
def started(talk):
    """A conversation that has come to the first question."""
    answer = talk.say("đăng ký khai sinh cần giấy tờ gì", "ask_documents")
    assert BORN.ask in texts_of(answer)
    return talk


def papers(answer):
    return [
        entry.text
        for block in answer.blocks
        if block.type == "checklist"
        for entry in block.entries
    ]


def test_the_papers_come_with_the_first_question(talk):
    answer = talk.say("đăng ký khai sinh cần giấy tờ gì", "ask_documents")
    assert answer.procedure_code == BIRTH
    assert papers(answer)
    assert [choice.label for choice in answer.choices][:2] == ["Ở bệnh viện", "Ở nhà"]
    assert talk.memory.case == Case(BIRTH)


@pytest.mark.parametrize(
    ("replies", "wanted"),
    [
        (["1", "1"], ["Tờ khai", "Giấy chứng sinh"]),
        (["2", "2"], ["Tờ khai", "Văn bản ủy quyền"]),
        (["Ở nhà", "Cha hoặc mẹ"], ["Tờ khai"]),
        (["o benh vien", "nguoi duoc uy quyen"], ["Tờ khai", "Giấy chứng sinh"]),
    ],
)
def test_the_replies_lead_to_the_citizens_own_list(started, replies, wanted):
    first, second = replies
    asked = started.say(first, "choose", action="action_choose")
    assert asked.status == Status.CLARIFICATION_CASE
    assert APPLICANT.ask in texts_of(asked)
    done = started.say(second, "choose", action="action_choose")
    assert papers(done)[: len(wanted)] == wanted
    assert (started.memory.procedure_code, started.memory.aspect) == (BIRTH, Aspect.DOCUMENTS)


@pytest.mark.parametrize(
    ("intent", "action"),
    [
        ("nlu_fallback", "action_answer_question"),
        ("greet", "action_reply"),
        ("dossier_status", "action_dossier_status"),
        ("repeat", "action_repeat"),
    ],
)
def test_a_reply_is_taken_whatever_the_intent(started, intent, action):
    answer = started.say("1", intent, action=action)
    assert answer.status == Status.CLARIFICATION_CASE
    assert started.memory.case.answers == {"born": "hospital"}


def test_what_was_already_said_is_not_asked(talk):
    message = f"thủ tục {FIREWORKS}, giấy phép cũ bị mất, cần giấy tờ gì"
    answer = talk.say(message, "ask_documents")
    assert APPLICANT.ask in texts_of(answer)
    assert "Bị mất" in texts_of(answer)
    assert talk.memory.case.answers == {"old_permit": "lost"}


def test_a_reply_that_is_none_is_asked_again_once_and_then_taken_as_unknown(started, asking):
    again = started.say("ờ thì cũng", "choose", action="action_choose")
    assert BORN.ask in texts_of(again)
    assert asking.texts.phrases["checklist_again"] in texts_of(again)
    after = started.say("ờ thì cũng", "choose", action="action_choose")
    assert APPLICANT.ask in texts_of(after)
    assert started.memory.case.answers == {"born": "unknown"}


def test_a_question_about_the_same_procedure_is_answered(started):
    answer = started.say("thế lệ phí bao nhiêu", "ask_fee")
    assert (answer.procedure_code, answer.aspect) == (BIRTH, Aspect.FEE)


def test_a_new_topic_ends_the_case(started):
    assert started.say("còn đăng ký kết hôn", "ask_overview").procedure_code == MARRIAGE
    assert started.memory.case is None


@pytest.mark.parametrize("code", ["H05.12-261123-0007", "h05.12 261123 0007"])
def test_a_dossier_code_ends_the_case(started, code):
    started.say(code, "dossier_status", action="action_dossier_status")
    assert started.memory.case is None
    answer = started.say("246810", "nlu_fallback")
    assert answer.status != Status.CLARIFICATION_CASE


def test_starting_over_ends_the_case(started):
    started.say("bắt đầu lại", "start_over", action="action_start_over")
    assert started.memory.case is None


def test_the_list_may_be_asked_for_by_its_button(talk, asking):
    talk.say("đăng ký khai sinh", "ask_overview")
    answer = talk.say(asking.texts.phrases["own_list"], "nlu_fallback")
    assert answer.status == Status.CLARIFICATION_CASE


def test_a_procedure_without_questions_has_one_list_for_all(talk):
    answer = talk.say("đăng ký kết hôn cần giấy tờ gì", "ask_documents")
    assert answer.status == Status.ANSWERED
    assert talk.memory.case is None


def test_a_case_of_a_procedure_that_left_the_catalogue_is_passed_over(started):
    started.slots["case"] = Case("1.888888").to_slot()
    assert started.say("đăng ký kết hôn", "ask_fee").procedure_code == MARRIAGE


@pytest.mark.parametrize("slot", [None, "text", [], {}, {"answers": {}}])
def test_a_slot_of_another_form_is_no_case(slot):
    assert Case.from_slot(slot) is None


class TestPapersAtHand:
    """«Kiểm tra giấy tờ tôi đã có», after the list: Tờ khai, Giấy chứng sinh."""

    @pytest.fixture
    def listed(self, started):
        started.say("1", "choose", action="action_choose")
        started.say("1", "choose", action="action_choose")
        return started

    @pytest.fixture
    def checking(self, listed, asking):
        answer = listed.say(asking.texts.phrases["own_check"], "nlu_fallback")
        assert answer.status == Status.CLARIFICATION_CASE
        assert "Giấy chứng sinh" in texts_of(answer)
        return listed

    def test_the_button_may_be_chosen_by_its_number(self, listed, asking):
        number = listed.memory.candidates.index(asking.texts.phrases["own_check"]) + 1
        answer = listed.say(str(number), "choose", action="action_choose")
        assert answer.status == Status.CLARIFICATION_CASE

    @pytest.mark.parametrize(
        ("typed", "missing"),
        [
            ("1", ["Giấy chứng sinh"]),
            ("tôi có 2", ["Tờ khai"]),
            ("0", ["Tờ khai", "Giấy chứng sinh"]),
            ("1, 2", []),
            ("1 và 2", []),
            ("1 2", []),
        ],
    )
    def test_what_is_missing_is_told(self, checking, asking, typed, missing):
        answer = checking.say(typed, "choose", action="action_choose")
        assert papers(answer) == missing
        said = asking.texts.phrases["check_missing" if missing else "check_ready"]
        assert said in texts_of(answer)

    def test_a_question_is_answered_in_between(self, checking):
        answer = checking.say("lệ phí bao nhiêu", "ask_fee")
        assert (answer.procedure_code, answer.aspect) == (BIRTH, Aspect.FEE)


def test_while_a_form_is_filled_in_no_question_about_the_case_comes_with_the_papers(talk):
    message = "đăng ký khai sinh cần giấy tờ gì"
    answer = talk.say(message, "ask_documents", metadata={"fills_form": "yes"})
    assert answer.status == Status.ANSWERED
    assert "Tờ khai" in papers(answer)
    assert BORN.ask not in texts_of(answer)
    assert answer.choices == []
    assert talk.memory.case is None


def test_while_the_proof_of_a_dossier_is_waited_for_no_question_stands_beside_it(talk):
    dossier = {"intent": "dossier_status", "action": "action_dossier_status"}
    talk.say("hồ sơ H05.12-261123-0007", **dossier)
    between = talk.say("đăng ký khai sinh cần giấy tờ gì", "ask_documents")
    assert papers(between)
    assert BORN.ask not in texts_of(between)
    assert "Bạn đang xem dở hồ sơ H05.12-261123-0007" in texts_of(between)
    assert talk.say("246810", **dossier).status == Status.ANSWERED_DOSSIER
