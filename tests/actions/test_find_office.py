"""Where to go: the commune of today, its office as far as it was imported, the procedure's own."""

from dataclasses import replace

import pytest

import actions.place
from actions.endpoint import all_actions
from knowledge_base.answer import Status
from knowledge_base.answer.aspect import Aspect
from knowledge_base.answer.blocks import Contact
from knowledge_base.answer.place import PlaceComposer
from knowledge_base.errors import PlaceDataError
from knowledge_base.places import Office, OfficeBook, Unit
from tests.actions.conftest import BIRTH
from tests.actions.talk import Talk, texts_of

SAIGON = Unit("Phường Sài Gòn", "Thành phố Hồ Chí Minh")
OFFICE = Office(SAIGON, "Một cửa phường Mẫu", "1 đường Mẫu", "0000 000 000", "7:30–17:00", "QĐ 1")
NO_ADDRESS = "Tôi chưa có địa chỉ và số điện thoại của nơi đó."


def find(talk, message):
    return talk.say(message, "find_office", action="action_find_office")


def with_offices(services, *offices):
    places = PlaceComposer(services.texts, OfficeBook(offices))
    return Talk(all_actions(replace(services, places=places)))


def test_an_old_commune_is_told_by_its_unit_of_today_without_an_invented_address(talk):
    answer = find(talk, "trụ sở phường Bến Nghé ở đâu")
    assert (answer.status, answer.procedure_code) == (Status.ANSWERED_PLACE, None)
    assert "Phường Bến Nghé, Quận 1" in texts_of(answer)
    assert "thuộc Phường Sài Gòn, Thành phố Hồ Chí Minh (cấp xã)" in texts_of(answer)
    assert NO_ADDRESS in texts_of(answer)
    assert not [block for block in answer.blocks if isinstance(block, Contact)]
    assert "01/07/2025" in answer.sources[0].text


def test_an_imported_office_is_told_as_it_was_given(services):
    answer = find(with_offices(services, OFFICE), "địa chỉ ubnd phường Bến Nghé")
    (contact,) = [block for block in answer.blocks if isinstance(block, Contact)]
    assert (contact.name, contact.phone) == ("Một cửa phường Mẫu", "0000 000 000")
    assert contact.note == "1 đường Mẫu. 7:30–17:00. Nguồn: QĐ 1"
    assert NO_ADDRESS not in texts_of(answer)


@pytest.mark.parametrize(
    "intent", ["find_office", "ask_where", "out_of_scope", "dossier_status", "nlu_fallback"]
)
def test_what_a_commune_is_now_is_answered_whatever_the_intent(talk, intent):
    actions_of = {
        "find_office": "action_find_office",
        "out_of_scope": "action_reply",
        "dossier_status": "action_dossier_status",
    }
    message = "xã Tân Lập huyện Bắc Sơn cũ giờ thuộc xã nào"
    answer = talk.say(message, intent, action=actions_of.get(intent))
    assert answer.status == Status.ANSWERED_PLACE
    assert "thuộc Xã Vũ Lăng, Tỉnh Lạng Sơn" in texts_of(answer)


def test_a_name_of_many_communes_is_asked_back_and_a_number_chooses(talk):
    answer = find(talk, "xã Tân Lập cũ giờ thuộc xã nào")
    assert answer.status == Status.CLARIFICATION
    assert len(answer.choices) == 4
    chosen = talk.say("2", "choose", action="action_choose")
    assert chosen.status == Status.ANSWERED_PLACE
    assert answer.choices[1].label in texts_of(chosen)


@pytest.mark.parametrize("intent", ["find_office", "ask_where"])
def test_the_procedure_spoken_of_says_where_and_then_comes_the_place(talk, intent):
    talk.say("đăng ký khai sinh mất bao lâu", "ask_time")
    action = "action_find_office" if intent == "find_office" else None
    answer = talk.say("nộp ở đâu, em ở phường Bến Nghé", intent, action=action)
    assert (answer.procedure_code, answer.aspect) == (BIRTH, Aspect.WHERE)
    texts = texts_of(answer)
    assert texts.index("Đăng ký khai sinh") < texts.index("thuộc Phường Sài Gòn")
    assert talk.memory.procedure_code == BIRTH


def test_a_commune_in_a_question_about_where_gets_its_line(talk):
    answer = talk.say("đăng ký khai sinh nộp ở đâu phường Bến Nghé", "ask_where")
    assert answer.procedure_code == BIRTH
    assert "thuộc Phường Sài Gòn" in texts_of(answer)


def test_a_commune_in_another_question_gets_none(talk):
    answer = talk.say("đăng ký khai sinh ở phường Bến Nghé mất bao lâu", "ask_time")
    assert answer.procedure_code == BIRTH
    assert "Phường Sài Gòn" not in texts_of(answer)


def test_where_a_province_decides_no_office_of_the_commune_is_told(services):
    places = PlaceComposer(services.texts, OfficeBook([OFFICE]))
    (match,) = actions.place.mentioned("phường Bến Nghé").matches
    procedure = services.catalogue.get(BIRTH).model_copy(update={"levels": ["province"]})
    texts = [block.text for block in places.lines([match], procedure)]
    assert "không do cấp xã giải quyết" in texts[-1]
    assert len(texts) == 2


def test_an_office_without_a_name_is_asked_for(talk):
    answer = find(talk, "địa chỉ ủy ban phường ở đâu")
    assert answer.status == Status.CLARIFICATION
    assert "Bạn ở xã, phường nào?" in texts_of(answer)
    told = talk.say("phường Bến Nghé", "out_of_scope", action="action_reply")
    assert told.status == Status.ANSWERED_PLACE


def test_a_name_alone_after_a_procedure_asks_where_there(talk):
    talk.say("đăng ký khai sinh mất bao lâu", "ask_time")
    answer = talk.say("phường Bến Nghé", "out_of_scope", action="action_reply")
    assert (answer.procedure_code, answer.aspect) == (BIRTH, Aspect.WHERE)
    assert "thuộc Phường Sài Gòn" in texts_of(answer)


def test_an_old_commune_that_was_divided_is_told_with_every_part(talk):
    answer = find(talk, "xã Tân Lập huyện Đan Phượng cũ giờ thuộc xã nào")
    assert "được chia vào: Xã Hoài Đức, Thành phố Hà Nội; Xã Ô Diên" in texts_of(answer)


def test_without_the_table_a_question_is_answered_as_before(talk, monkeypatch):
    def fail(message):
        raise PlaceDataError("no table")

    monkeypatch.setattr(actions.place, "find_mention", fail)
    talk.say("đăng ký khai sinh mất bao lâu", "ask_time")
    answer = talk.say("vậy nộp ở đâu phường Bến Nghé", "ask_where")
    assert answer.procedure_code == BIRTH
    assert "Sài Gòn" not in texts_of(answer)
