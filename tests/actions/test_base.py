from actions.base import latest_message
from knowledge_base.answer import Status
from tests.actions.talk import make_tracker


def test_a_message_is_read_as_it_was_typed_where_the_bot_remembers_it_covered():
    tracker = make_tracker("mã PIN •••")
    tracker.latest_message["metadata"] = {"as_typed": "246810"}
    assert latest_message(tracker) == "246810"


def test_without_anything_covered_the_text_is_the_message():
    tracker = make_tracker("lệ phí bao nhiêu")
    assert latest_message(tracker) == "lệ phí bao nhiêu"
    tracker.latest_message["metadata"] = {}
    assert latest_message(tracker) == "lệ phí bao nhiêu"


def test_leaving_a_question_can_be_chosen_by_its_number(talk, services):
    handed = talk.say("cho gặp cán bộ", "hand_over", action="action_reply")
    assert [choice.message for choice in handed.choices] == [
        services.texts.phrases["leave_question"]
    ]
    chosen = talk.say("1", "choose", action="action_choose")
    assert chosen.status == Status.HANDED_OVER_ASK


def test_what_was_said_about_procedures_is_remembered_as_the_store_keeps_it(talk):
    talk.say("đăng ký khai sinh •••", "ask_steps", metadata={"as_typed": "đăng ký khai sinh 0912"})
    talk.say("cảm ơn", "thank", action="action_reply")
    assert talk.memory.said == ("đăng ký khai sinh •••",)
    talk.say("làm lại từ đầu", "start_over", action="action_start_over")
    assert talk.memory.said == ()


def test_what_is_said_while_a_dossier_is_looked_up_is_not_remembered(talk):
    talk.say("H05.12-261123-0007", "dossier_status", action="action_dossier_status")
    talk.say("đăng ký khai sinh cần gì", "ask_documents")
    assert talk.memory.said == ()
