"""Whoever fills a form in is addressed as the office wants, and their own words stay theirs."""

import pytest

from knowledge_base.answer.filling import FillingComposer
from knowledge_base.form_of_address import FormOfAddress
from knowledge_base.forms.filling import BLANK, Draft, Said, Step, Wish, read_message, take_step
from tests.knowledge_base.forms.conftest import TODAY

BAC = FormOfAddress.BAC


@pytest.fixture
def draft(library):
    return Draft(library.addressed(BAC).get("khai-sinh"), address=BAC)


def take(draft, message):
    return take_step(draft, read_message(draft, message, TODAY), TODAY)


def test_questions_explain_with_the_word(draft):
    said = [question.explain for question in draft.questions]
    assert any("Ghi bác là gì của bé" in text for text in said)
    assert not any("bạn" in text for text in said)


def test_the_word_stays_with_the_draft(draft, library):
    later = draft.with_answer("Ủy ban nhân dân xã Hòa Mẫu")
    for changed in (later, later.back(), later.with_section_blank(), later.with_rest_blank()):
        assert changed.address is BAC
    assert Draft.read(draft.form, dict(later.given), None, TODAY, BAC).address is BAC


def test_what_is_said_of_a_step_is_said_with_the_word(draft):
    missed = take_step(draft, Said(Wish.CORRECT, "nhà bạn"), TODAY)
    assert missed.remarks[0].startswith("Tôi chưa thấy mục «nhà bạn»")
    assert "Bác gõ «sửa câu»" in missed.remarks[0]
    empty = take_step(draft, Said(Wish.VALUE, " "), TODAY)
    assert empty.refused == "Bác chưa ghi gì. Muốn để trống thì bấm «Bỏ qua»."


def test_what_the_citizen_wrote_is_repeated_as_it_was(library):
    draft = Draft(library.addressed(BAC).get("mat-ho-chieu"), address=BAC)
    while draft.open is not None and draft.open.key != "lost_place":
        draft = draft.with_answer(BLANK)
    step = take(draft, "Nhà bạn tôi ở xã Hòa Mẫu")
    assert "Đã ghi: Nhà bạn tôi ở xã Hòa Mẫu" in step.remarks
    review = FillingComposer(BAC).review(step.draft.with_rest_blank(), TODAY)
    shown = review.model_dump_json()
    assert "Nhà bạn tôi ở xã Hòa Mẫu" in shown
    assert "Những gì bác đã ghi" in shown


@pytest.mark.parametrize("form", FormOfAddress)
def test_the_introduction_and_the_end_use_the_word(form, library):
    composer = FillingComposer(form)
    draft = Draft(library.addressed(form).get("ct01"), address=form)
    told = composer.started(draft, TODAY, "/bieu-mau/ct01/dien").model_dump_json()
    assert f"Tôi hỏi từng câu, {form} trả lời từng câu." in told
    ended = composer.ended("stopped", draft.form).model_dump_json()
    assert f"những gì {form} đã ghi" in ended
    while draft.open is not None and not draft.open.opens_row:
        draft = draft.with_answer(BLANK)
    asked = composer.next(Step(draft), TODAY).model_dump_json()
    assert f"{form} có cần ghi ai" in asked
