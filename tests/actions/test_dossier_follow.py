import shutil
from dataclasses import replace

import pytest

from actions.dossier_follow import read_follow_wish
from actions.endpoint import all_actions
from dossiers.desk import build_desk
from knowledge_base.answer import Status
from tests.actions.conftest import NOW
from tests.actions.talk import Talk, texts_of

CODE, PIN = "H05.12-261123-0007", "246810"
WAITING, PHONE = "H05.12-261112-0031", "5678"


@pytest.fixture
def services(services, data_folder, tmp_path):
    folder = shutil.copytree(data_folder, tmp_path / "data")
    database = f"sqlite:///{folder / 'motcua.db'}"
    return replace(services, dossiers=build_desk(database, folder / "dossiers.key", lambda: NOW))


@pytest.fixture
def followed(services):
    return lambda talk: [one.code for one in services.dossiers.followings.of(talk.sender)]


def prove(talk, code=CODE, proof=PIN):
    talk.say(code, "dossier_status", action="action_dossier_status")
    return talk.say(proof, "nlu_fallback")


def test_following_is_offered_to_who_proved_the_dossier_and_to_nobody_else(talk):
    assert talk.say(CODE, "dossier_status", action="action_dossier_status").choices == []
    (choice,) = talk.say(PIN, "nlu_fallback").choices
    assert choice.label == "Báo cho tôi khi hồ sơ thay đổi"
    assert CODE in choice.message


@pytest.mark.parametrize(
    "yes", ["Tôi đồng ý", "đồng ý", "dong y nhe", "vâng đồng ý ạ", "1", "có", "ok em"]
)
def test_following_begins_with_a_clear_yes_to_the_words(talk, followed, services, yes):
    (choice,) = prove(talk).choices
    asked = talk.say(choice.message, "nlu_fallback")
    consent = services.dossiers.followings.consent_for(CODE)
    assert asked.blocks[0].text == consent
    assert followed(talk) == []
    done = talk.say(yes, "affirm", action="action_choose")
    assert done.status == Status.ANSWERED_FOLLOWING
    assert followed(talk) == [CODE]
    (kept,) = services.dossiers.followings.of(talk.sender)
    assert (kept.consent, kept.consented_at, kept.channel) == (consent, NOW, "web")


@pytest.mark.parametrize(
    ("reply", "intent"),
    [
        ("Không, thôi", "deny"),
        ("không đồng ý", "deny"),
        ("2", "choose"),
        ("để xem đã", "nlu_fallback"),
        ("đăng ký kết hôn cần giấy gì", "ask_documents"),
        ("", "nlu_fallback"),
    ],
)
def test_anything_else_is_no_consent(talk, followed, reply, intent):
    (choice,) = prove(talk).choices
    talk.say(choice.message, "nlu_fallback")
    talk.say(reply, intent)
    assert followed(talk) == []
    # And a yes that comes later belongs to something else.
    talk.say("đồng ý", "affirm", action="action_choose")
    assert followed(talk) == []


def test_without_a_proof_nothing_is_followed(talk, followed):
    answer = talk.say(f"Theo dõi hồ sơ {CODE}", "nlu_fallback")
    assert "cho tôi mã PIN hoặc bốn số cuối điện thoại trước" in texts_of(answer)
    talk.say("Tôi đồng ý", "affirm", action="action_choose")
    assert followed(talk) == []


def test_a_proof_of_one_dossier_does_not_open_another_to_follow(talk, followed):
    prove(talk)
    talk.say(f"Theo dõi hồ sơ {WAITING}", "nlu_fallback")
    talk.say("Tôi đồng ý", "affirm", action="action_choose")
    assert followed(talk) == []


def follow(talk, code=CODE, proof=PIN):
    prove(talk, code, proof)
    talk.say("theo dõi hồ sơ này", "nlu_fallback")
    talk.say("Tôi đồng ý", "affirm", action="action_choose")


def test_it_may_be_asked_for_in_words_after_a_question_in_between(talk, followed):
    prove(talk)
    talk.say("đăng ký kết hôn cần giấy gì", "ask_documents")
    talk.say("báo cho tôi khi hồ sơ có kết quả", "nlu_fallback")
    talk.say("Tôi đồng ý", "affirm", action="action_choose")
    assert followed(talk) == [CODE]


@pytest.mark.parametrize(
    "words", [f"Thôi theo dõi hồ sơ {CODE}", "thôi theo dõi", "không theo dõi nữa"]
)
def test_it_may_be_withdrawn_at_any_time(talk, followed, words):
    follow(talk)
    assert followed(talk) == [CODE]
    assert talk.say(words, "nlu_fallback").status == Status.ANSWERED_FOLLOWING
    assert followed(talk) == []


def test_who_follows_several_is_asked_which_to_stop(talk, followed):
    follow(talk)
    follow(talk, WAITING, PHONE)
    answer = talk.say("thôi theo dõi", "nlu_fallback")
    assert [choice.label for choice in answer.choices] == [CODE, WAITING]
    talk.say(answer.choices[1].message, "nlu_fallback")
    assert followed(talk) == [CODE]


def test_who_follows_already_is_offered_to_stop(talk):
    follow(talk)
    (choice,) = prove(talk).choices
    assert choice.label == "Thôi theo dõi hồ sơ này"


def test_who_follows_nothing_is_told_so(talk, services):
    assert talk.say("thôi theo dõi", "deny") == services.composer.reply("follow_none")


def test_a_channel_that_cannot_tell_offers_nothing(services, followed):
    talk = Talk(all_actions(services), channel="api")
    assert prove(talk).choices == []
    answer = talk.say("theo dõi hồ sơ này", "nlu_fallback")
    assert answer == services.composer.reply("follow_elsewhere")
    assert followed(talk) == []


def test_other_conversations_are_not_told(services, followed):
    one, other = Talk(all_actions(services)), Talk(all_actions(services), "conversation-2")
    follow(one)
    assert (followed(one), followed(other)) == ([CODE], [])


@pytest.mark.parametrize(
    ("message", "wish"),
    [
        ("theo dõi hồ sơ giúp em", "follow"),
        ("theo doi", "follow"),
        ("có gì thì báo em khi hồ sơ xong", "follow"),
        ("bỏ theo dõi hồ sơ", "stop"),
        ("đừng theo dõi nữa", "stop"),
        ("không bao giờ", None),
        ("thủ tục theo dõi sức khỏe", None),
        ("đăng ký kết hôn", None),
    ],
)
def test_which_messages_wish_to_follow(message, wish):
    assert read_follow_wish(message) == wish
