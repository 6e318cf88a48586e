"""Which form is meant; what is written in it never comes to Rasa."""

from dataclasses import replace

import pytest

from actions.endpoint import all_actions
from actions.form_offer import forms_named
from knowledge_base.answer import Status
from knowledge_base.forms import FormLibrary, load_forms
from tests.actions.conftest import BIRTH, FIRST, LOST, MARRIAGE
from tests.actions.talk import Talk, texts_of

LIBRARY = load_forms()


def form_for(form_id, *codes):
    return LIBRARY.get(form_id).model_copy(update={"procedures": list(codes)})


@pytest.fixture
def filler(services):
    """A talk with forms for the invented procedures."""
    forms = [
        form_for("ct01", FIRST),
        form_for("khai-sinh", BIRTH, "1.999999"),
        form_for("ket-hon", MARRIAGE),
        form_for("dang-ky-lai-ket-hon", MARRIAGE),
    ]
    return Talk(all_actions(replace(services, forms=FormLibrary(forms))))


def fill(talk, message):
    return talk.say(message, "fill_form", action="action_fill_form")


@pytest.mark.parametrize(
    ("message", "forms"),
    [
        ("điền CT01", ["ct01"]),
        ("dien ct01 giup toi", ["ct01"]),
        ("mẫu ct 01", []),
        ("giúp tôi điền tờ khai đăng ký khai sinh", ["khai-sinh"]),
        ("giup toi dien to khai dang ky khai sinh", ["khai-sinh"]),
        ("điền đơn đăng ký lại khai sinh", ["dang-ky-lai-khai-sinh"]),
        ("Điền giúp tôi Tờ khai thay đổi thông tin cư trú", ["ct01"]),
        ("tờ khai", []),
        ("", []),
    ],
)
def test_a_form_is_named_by_number_or_by_its_longest_name(message, forms):
    assert [form.id for form in forms_named(LIBRARY, message)] == forms


def test_every_form_is_found_by_the_offer_to_fill_it_in(services):
    for form in LIBRARY:
        message = services.texts.phrases["fill_form"].format(form=form.name)
        assert [found.id for found in forms_named(LIBRARY, message)] == [form.id]


def test_a_form_that_is_named_is_begun(filler):
    answer = fill(filler, "điền CT01")
    assert (answer.status, answer.starts_form) == (Status.FILLING_QUESTION, "ct01")
    assert filler.memory.procedure_code == FIRST


def test_the_form_of_the_procedure_that_is_meant_is_begun(filler):
    assert fill(filler, "điền giấy cho em bé mới đẻ").starts_form == "khai-sinh"


def test_without_a_topic_the_talk_before_decides(filler):
    filler.say("đăng ký khai sinh mất bao lâu", "ask_time")
    assert fill(filler, "điền tờ khai giúp tôi").starts_form == "khai-sinh"


def test_without_any_topic_the_person_is_asked_which(filler):
    answer = fill(filler, "điền tờ khai giúp tôi")
    assert answer.status == Status.CLARIFICATION
    assert answer.choices[0].message == "Điền giúp tôi Tờ khai đăng ký khai sinh"
    assert answer.starts_form is None


def test_of_several_forms_the_person_is_asked_which(filler):
    answer = fill(filler, "điền đơn hai đứa lấy nhau")
    assert answer.status == Status.CLARIFICATION
    assert len(answer.choices) == 2


@pytest.mark.parametrize("reply", ["1", "Điền giúp tôi Tờ khai đăng ký khai sinh"])
def test_an_offer_is_taken_up_by_number_or_in_words(filler, reply):
    fill(filler, "điền tờ khai giúp tôi")
    assert filler.say(reply, "choose").starts_form == "khai-sinh"


def test_where_it_is_not_sure_nothing_is_begun(filler):
    answer = fill(filler, "điền giấy phép nuôi rồng")
    assert answer.starts_form is None


def test_a_form_that_is_not_in_the_library_is_admitted(filler, services):
    answer = fill(filler, "điền đơn đánh rơi giấy nuôi rồng")
    assert answer.starts_form is None
    assert services.texts.phrases["no_form"] in texts_of(answer)
    assert filler.memory.procedure_code == LOST


def test_an_answer_about_the_form_offers_to_fill_it_in(filler):
    answer = filler.say("đăng ký khai sinh dùng mẫu đơn nào", "ask_form")
    assert answer.choices[0].message == "Điền giúp tôi Tờ khai đăng ký khai sinh"
    assert filler.say("1", "choose").starts_form == "khai-sinh"


def test_a_dossier_code_is_looked_up_whatever_the_intent(filler):
    answer = fill(filler, "hồ sơ H05.12-261123-0007")
    assert answer.status == Status.ANSWERED_DOSSIER
