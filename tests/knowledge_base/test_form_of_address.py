import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from knowledge_base.answer import load_texts
from knowledge_base.form_of_address import FormOfAddress
from knowledge_base.forms import shipped_forms
from knowledge_base.guidance import load_guidance_folder

OTHERS = [form for form in FormOfAddress if form is not FormOfAddress.BAN]
BAC = FormOfAddress.BAC
# Words that hold a «bạn», with what tells a pronoun from a friend or a name.
PIECES = ["bạn", "Bạn", "bè", "Lào", "«", "»", ". ", " ", "\n", ": ", "(", "kết", "cần", "của"]


def said_as_you(text):
    return re.search(r"(?<!\w)bạn(?!\w)", text, re.IGNORECASE)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (FormOfAddress.BAN, "Bạn cần gì? Tôi chỉ cho bạn."),
        (FormOfAddress.BAC, "Bác cần gì? Tôi chỉ cho bác."),
        (FormOfAddress.ONG_BA, "Ông/bà cần gì? Tôi chỉ cho ông/bà."),
        (FormOfAddress.CO_CHU, "Cô/chú cần gì? Tôi chỉ cho cô/chú."),
        (FormOfAddress.ANH_CHI, "Anh/chị cần gì? Tôi chỉ cho anh/chị."),
    ],
)
def test_each_form_is_said_within_and_at_the_start_of_a_sentence(form, said):
    assert form("Bạn cần gì? Tôi chỉ cho bạn.") == said


def test_there_are_five_forms():
    assert [*FormOfAddress] == ["bạn", "bác", "ông/bà", "cô/chú", "anh/chị"]


@pytest.mark.parametrize(
    ("ours", "said"),
    [
        ("Bạn", "Bác"),
        ("bạn", "bác"),
        ("Chỉ khi: Bạn nộp thay.", "Chỉ khi: Bác nộp thay."),
        ("Có (Bạn chọn).", "Có (Bác chọn)."),
        ("Vâng.\nBạn hỏi đi", "Vâng.\nBác hỏi đi"),
        ("- Bạn\n- của bạn", "- Bác\n- của bác"),
        ("người bạn nuôi", "người bác nuôi"),
        ("cơ quan của nước bạn đã cư trú", "cơ quan của nước bác đã cư trú"),
        ("nếu bạn đồng ý", "nếu bác đồng ý"),
        ("cho bạn, của bạn; nhà bạn.", "cho bác, của bác; nhà bác."),
        ("Bạn.Bạn", "Bác.Bác"),
    ],
)
def test_the_pronoun_is_known_by_what_stands_around_it(ours, said):
    assert BAC(ours) == said


@pytest.mark.parametrize(
    "text",
    [
        "Bạn bè, bạn đời, bạn gái, bạn trai",
        "bạn đọc, bạn hàng, bạn học",
        "Họ kết bạn với nhau; tình bạn, đôi bạn",
        "Bạn nước ngoài đến chơi nhà",
        "làm nhiệm vụ quốc tế, giúp bạn Lào sau ngày 30/4/1975",
        "Ông Nguyễn Văn Bạn",
        "chị Bạn",
        "Hỏi cụ Trịnh, Bạn và Lê",
        "Gõ «Bạn giúp được gì?» để hỏi",
        "bạnh, bản, ban, BẠN",
        "",
    ],
)
@pytest.mark.parametrize("form", OTHERS)
def test_friends_names_and_quotations_stay(form, text):
    assert form(text) == text


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5)).map("".join))
def test_with_the_usual_word_nothing_changes(text):
    assert FormOfAddress.BAN(text) is text


@pytest.mark.parametrize("form", OTHERS)
@given(text=st.lists(st.sampled_from(PIECES) | st.text(max_size=5)).map("".join))
def test_nothing_but_the_word_changes_and_only_once(form, text):
    said = form(text)
    assert form(said) == said
    back = re.sub(re.escape(form), "bạn", said, flags=re.IGNORECASE)
    assert back.lower() == re.sub(re.escape(form), "bạn", text, flags=re.IGNORECASE).lower()


class Part(BaseModel):
    """A model like those of answers and procedures."""

    text: str
    message: str = ""
    parts: list["Part"] = []
    named: dict[str, tuple[str, ...]] = {}
    day: date | None = None


def test_texts_are_found_at_any_depth_and_the_rest_is_left_alone():
    part = Part(
        text="Bạn",
        message="Bạn là ai?",
        parts=[Part(text="của bạn", message="bạn")],
        named={"bạn": ("bạn", "có")},
        day=date(2026, 11, 23),
    )
    assert BAC.throughout(part, besides=("message",)) == Part(
        text="Bác",
        message="Bạn là ai?",
        parts=[Part(text="của bác", message="bạn")],
        named={"bạn": ("bác", "có")},
        day=date(2026, 11, 23),
    )
    assert part.text == "Bạn"


def test_the_usual_word_makes_no_copies():
    part = Part(text="Bạn")
    assert FormOfAddress.BAN.throughout(part) is part


@pytest.mark.parametrize("form", OTHERS)
def test_only_what_citizens_say_keeps_the_usual_word_in_the_texts_of_answers(form):
    texts = load_texts(address=form)
    kept = {
        text
        for reply in texts.replies.values()
        for text in (*reply.text, reply.warning or "", *reply.choices)
        if said_as_you(text)
    }
    assert kept == {"Bạn giúp được gì?"}
    assert not [text for text in texts.phrases.values() if said_as_you(text)]
    assert not said_as_you(str(texts.aspects))


def test_our_guidance_leaves_no_word_behind():
    for procedure in load_guidance_folder():
        assert not said_as_you(BAC.throughout(procedure).model_dump_json()), procedure.code


def test_forms_are_explained_with_the_word_and_their_examples_stay():
    ours = shipped_forms()
    said = ours.addressed(BAC)
    for form, addressed in zip(ours, said, strict=True):
        assert addressed.examples == form.examples
        assert not said_as_you(addressed.model_copy(update={"examples": []}).model_dump_json())
    assert said.get("khai-sinh") != ours.get("khai-sinh")
    assert ours.addressed(FormOfAddress.BAN).get("khai-sinh") is ours.get("khai-sinh")
