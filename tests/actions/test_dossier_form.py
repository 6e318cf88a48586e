import shutil
from dataclasses import replace

import pytest

from actions.endpoint import all_actions
from actions.memory import DossierTalk
from dossiers.desk import build_desk
from knowledge_base.answer import Status
from knowledge_base.answer.blocks import DossierBlock, Warn
from tests.actions.conftest import MARRIAGE, NOW
from tests.actions.talk import Talk, texts_of

ON_TIME, WAITING, UNKNOWN = "H05.12-261123-0007", "H05.12-261112-0031", "H05.12-261123-9999"
PIN, PHONE = "246810", "1234"
# What only the owner may see of the three invented dossiers.
PRIVATE = (
    "tình trạng hôn nhân",
    "1.004873",
    "thành lập hộ kinh doanh",
    "1.001612",
    "hợp đồng thuê",
)


@pytest.fixture
def services(services, data_folder, tmp_path):
    """Services with a registry of the test's own: tries are counted in it."""
    folder = shutil.copytree(data_folder, tmp_path / "data")
    database = f"sqlite:///{folder / 'motcua.db'}"
    return replace(services, dossiers=build_desk(database, folder / "dossiers.key", lambda: NOW))


@pytest.fixture
def ask(talk):
    def ask(message, intent="dossier_status", action="action_dossier_status"):
        return talk.say(message, intent, action=action)

    return ask


def dossier(answer):
    (block,) = [block for block in answer.blocks if isinstance(block, DossierBlock)]
    return block


def test_the_code_shows_where_the_dossier_stands(ask):
    answer = ask(f"hồ sơ {ON_TIME} xong chưa")
    assert answer.status == Status.ANSWERED_DOSSIER
    assert dossier(answer).code == ON_TIME
    assert "đang được giải quyết" in dossier(answer).headline
    assert any(row.label == "Ngày hẹn trả" for row in dossier(answer).rows)


@pytest.mark.parametrize("code", [ON_TIME, WAITING])
def test_without_a_proof_no_procedure_is_named(ask, code):
    text = texts_of(ask(code)).lower()
    assert not any(word in text for word in PRIVATE)


@pytest.mark.parametrize("proof", [PIN, "pin 246810", "mã pin: 246 810", PHONE, "4 số cuối 1234"])
def test_a_proof_shows_more(ask, proof):
    ask(ON_TIME)
    answer = ask(proof)
    assert answer.status == Status.ANSWERED_DOSSIER
    assert "tình trạng hôn nhân" in texts_of(answer)


@pytest.mark.parametrize(
    ("intent", "action"),
    [
        ("nlu_fallback", "action_answer_question"),
        ("ask_fee", "action_answer_question"),
        ("gibberish", "action_reply"),
        ("choose", "action_choose"),
    ],
)
def test_a_proof_is_read_whatever_the_intent(ask, intent, action):
    ask(ON_TIME)
    assert "tình trạng hôn nhân" in texts_of(ask(PIN, intent, action))


def test_after_a_proof_that_held_no_other_is_awaited(ask, talk):
    ask(ON_TIME)
    ask(PIN)
    assert talk.memory.dossier == DossierTalk(ON_TIME, "proved")
    assert ask("1234").status == Status.CLARIFICATION_DOSSIER


def test_a_number_that_was_not_asked_for_is_no_proof(ask, services):
    assert ask(PIN) == services.composer.reply("dossier_ask_code")


def test_a_wrong_pin_and_an_unknown_code_get_the_same_answer(services, talk):
    other = Talk(talk._actions.values(), sender="conversation-2")
    answers = []
    for one, code in ((talk, ON_TIME), (other, UNKNOWN)):
        one.say(code, "dossier_status", action="action_dossier_status")
        answer = one.say("000000", "dossier_status", action="action_dossier_status")
        assert answer.status == Status.UNANSWERABLE_DOSSIER
        answers.append(answer.model_dump_json().replace(code, "…"))
    assert answers[0] == answers[1]
    assert one.memory.dossier.stage == talk.memory.dossier.stage == "proof"


def test_an_unknown_code_is_not_said_to_be_unknown(ask):
    answer = ask(UNKNOWN)
    assert answer.status == Status.UNANSWERABLE_DOSSIER
    assert "Chưa hiển thị được" in dossier(answer).headline


def test_a_proof_may_be_tried_again_after_a_wrong_one(ask):
    ask(ON_TIME)
    assert ask("999999").status == Status.UNANSWERABLE_DOSSIER
    assert "tình trạng hôn nhân" in texts_of(ask(PIN))


def test_guessing_is_stopped_also_for_the_right_proof(ask):
    ask(ON_TIME)
    for guess in range(6):
        ask(f"00000{guess}")
    answer = ask(PIN)
    assert answer.status == Status.UNANSWERABLE_DOSSIER
    assert "quá nhiều lần" in dossier(answer).headline


@pytest.mark.parametrize(
    "typed",
    ["h05.12 261123 0007", "H05,12-261123-0007", "H05.12-261123-OOO7", "h05.12/261123/0007"],
)
def test_a_code_that_was_corrected_is_echoed_before_anything_is_looked_up(ask, typed):
    answer = ask(f"xem hộ {typed}")
    assert answer.status == Status.CLARIFICATION_DOSSIER
    assert ON_TIME in texts_of(answer)
    (choice,) = answer.choices
    assert choice.message == ON_TIME
    assert ask(choice.message).status == Status.ANSWERED_DOSSIER


@pytest.mark.parametrize(
    ("yes", "intent", "action"),
    [
        ("đúng rồi", "affirm", "action_choose"),
        ("1", "choose", "action_choose"),
        ("số 1", "nlu_fallback", "action_answer_question"),
    ],
)
def test_yes_to_the_code_that_was_echoed_looks_it_up(ask, yes, intent, action):
    ask("xem hộ h05.12 261123 0007")
    answer = ask(yes, intent, action)
    assert answer.status == Status.ANSWERED_DOSSIER
    assert dossier(answer).code == ON_TIME
    assert "tình trạng hôn nhân" in texts_of(ask(PIN))


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("001099012345", "number_identity"),
        ("căn cước của em 001 099 012 345", "number_identity"),
        ("0901234567", "number_phone"),
        ("so dt 0901.234.567 a", "number_phone"),
        ("+84 901 234 567", "number_phone"),
        ("H05.12-261123-0007-20261123101500", "number_payment"),
    ],
)
@pytest.mark.parametrize(
    "action", ["action_dossier_status", "action_answer_question", "action_reply", "action_choose"]
)
def test_other_numbers_are_never_looked_up(ask, services, monkeypatch, number, key, action):
    monkeypatch.setattr(type(services.dossiers), "look_up", None)
    assert ask(number, "dossier_status", action) == services.composer.reply(key)


def test_without_a_code_one_is_asked_for(ask, services):
    assert ask("hồ sơ của tôi xong chưa") == services.composer.reply("dossier_ask_code")


def test_every_look_up_warns_of_swindlers(ask):
    answers = [ask(ON_TIME), ask("000000"), ask(UNKNOWN)]
    for answer in answers:
        assert any("OTP" in block.text for block in answer.blocks if isinstance(block, Warn))


def test_the_procedure_spoken_of_is_kept_beside_the_dossier(talk, ask):
    talk.say("đăng ký kết hôn", "ask_overview")
    ask(ON_TIME)
    ask(PIN)
    assert talk.say("lệ phí bao nhiêu", "ask_fee").procedure_code == MARRIAGE


def test_a_question_in_between_is_answered_and_the_proof_asked_for_again(talk, ask):
    ask(ON_TIME)
    between = talk.say("đăng ký kết hôn", "ask_fee")
    assert between.procedure_code == MARRIAGE
    assert f"Bạn đang xem dở hồ sơ {ON_TIME}" in texts_of(between)
    assert "tình trạng hôn nhân" in texts_of(ask(PIN, "nlu_fallback", "action_answer_question"))


def test_the_proof_is_asked_for_again_only_once(talk, ask):
    ask(ON_TIME)
    talk.say("đăng ký kết hôn", "ask_fee")
    assert "xem dở" not in texts_of(talk.say("thế bao lâu thì xong", "ask_time"))
    assert "tình trạng hôn nhân" in texts_of(ask(PIN))


def test_after_an_interruption_a_wrong_proof_is_still_counted(talk, ask):
    ask(ON_TIME)
    for guess in range(6):
        talk.say("đăng ký kết hôn", "ask_fee")
        ask(f"00000{guess}")
    assert "quá nhiều lần" in dossier(ask(PIN)).headline


@pytest.mark.parametrize("intent", ["start_over", "next_person"])
def test_starting_over_ends_the_wait_for_a_proof(talk, ask, services, intent):
    ask(ON_TIME)
    talk.say("làm lại từ đầu", intent, action="action_start_over")
    assert talk.memory.dossier is None
    assert ask(PIN) == services.composer.reply("dossier_ask_code")


def test_another_code_takes_the_place_of_the_one_under_way(ask):
    ask(ON_TIME)
    assert dossier(ask(WAITING)).code == WAITING
    assert "thành lập hộ kinh doanh" in texts_of(ask("5678"))


@pytest.mark.parametrize(
    ("proof", "code"),
    [
        ("mã pin là hai bốn sáu tám một không", ON_TIME),
        ("bốn số cuối là một hai ba bốn", ON_TIME),
        ("pin của em là 246810 ạ", ON_TIME),
        ("năm sáu bảy tám", WAITING),
    ],
)
def test_a_proof_may_be_spoken(ask, proof, code):
    ask(code)
    assert ask(proof, "nlu_fallback", "action_answer_question").status == Status.ANSWERED_DOSSIER


@pytest.mark.parametrize("proof", ["mã PIN 246810", "bốn số cuối điện thoại 1234"])
def test_code_and_proof_may_come_in_one_message(ask, talk, proof):
    assert "tình trạng hôn nhân" in texts_of(ask(f"hồ sơ {ON_TIME} {proof} xong chưa"))
    assert talk.memory.dossier.stage == "proved"


def test_a_spoken_code_is_echoed_and_then_looked_up(ask):
    spoken = (
        "hát không năm chấm mười hai gạch ngang hai sáu một một hai ba gạch ngang không không"
        " không bảy"
    )
    assert ON_TIME in texts_of(ask(spoken))
    assert dossier(ask("đúng rồi", "affirm", "action_choose")).code == ON_TIME


def test_many_conversations_from_one_address_are_counted_together(services):
    """A new conversation for each try gains nothing."""
    headlines = []
    for number in range(60):
        talk = Talk(all_actions(services), f"conversation-{number}", address="digest")
        answer = talk.say(f"H05.12-261123-{number + 1000}", action="action_dossier_status")
        headlines.append(dossier(answer).headline)
    assert all("quá nhiều lần" in headline for headline in headlines[50:])
    assert not any("quá nhiều lần" in headline for headline in headlines[:50])


def test_an_unsure_question_of_a_dossier_that_names_a_procedure_is_answered(talk):
    message = "hai đứa đăng ký kết hôn mà tên trong giấy không khớp"
    ranking = [("ask_steps", 0.3)]
    answer = talk.say(
        message, "dossier_status", 0.4, ranking=ranking, action="action_dossier_status"
    )
    assert answer.procedure_code == MARRIAGE
    sure = talk.say(message, "dossier_status", 0.9, ranking=ranking, action="action_dossier_status")
    assert sure.procedure_code is None
