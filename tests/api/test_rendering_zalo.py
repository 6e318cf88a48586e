import pytest

from api.rendering.splitting import length
from api.rendering.zalo import MOST_MESSAGES, TEXT_LIMIT, ZaloRenderer
from knowledge_base.answer import Answer, AnswerComposer, Choice, SourceNote, Status, load_texts
from knowledge_base.answer.aspect import Aspect
from knowledge_base.answer.blocks import (
    Checklist,
    ChecklistEntry,
    Fact,
    Facts,
    File,
    FormBlock,
    Paragraph,
)
from knowledge_base.catalogue import load_catalogue
from tests.api.conftest import NOW

FEE = "Mức thu 50.000 đồng; miễn cho người thuộc hộ nghèo, người khuyết tật. " * 120


def answer(*blocks, **parts):
    return Answer(status=parts.pop("status", Status.ANSWERED), blocks=list(blocks), **parts)


def everything(messages, renderer):
    """All that a citizen reads who types «tiếp» to the end."""
    texts, rest = list(messages.texts), messages.rest
    while rest:
        more = renderer.continue_text(rest)
        texts, rest = texts + list(more.texts), more.rest
    return texts


def test_an_answer_in_one_message_has_choices_and_sources():
    shown = ZaloRenderer().render(
        answer(
            Paragraph(text="Nộp ở xã."),
            Checklist(title="Giấy tờ", entries=[ChecklistEntry(text="Giấy chứng sinh")]),
            choices=[Choice(label="Lệ phí", message="Lệ phí bao nhiêu?")],
            sources=[SourceNote(text="Quyết định 1", url="https://dichvucong.gov.vn/1")],
        )
    )
    assert shown.texts == (
        "Nộp ở xã.\n\nGiấy tờ:\n☐ Giấy chứng sinh\n\nNguồn: Quyết định 1\n"
        "https://dichvucong.gov.vn/1\n\nBạn gõ số để chọn:\n1. Lệ phí",
    )


def test_a_fee_is_never_shortened():
    renderer = ZaloRenderer()
    messages = renderer.render(answer(Facts(rows=[Fact(label="Phí, lệ phí", value=FEE)])))
    assert len(messages.texts) == MOST_MESSAGES
    whole = " ".join(" ".join(everything(messages, renderer)).split())
    hint = "Còn nữa. Bạn gõ «tiếp» để xem tiếp."
    assert FEE.strip() in " ".join(whole.replace(hint, " ").split())


def test_choices_stay_together_in_the_last_message():
    choices = [Choice(label=f"Việc số {n}", message="x") for n in range(9)]
    messages = ZaloRenderer().render(answer(Paragraph(text="Câu. " * 395), choices=choices))
    assert len(messages.texts) == 2
    assert messages.texts[1].startswith("Bạn gõ số để chọn:\n1. Việc số 0")


def test_a_choice_with_a_long_name_is_named_whole():
    choices = [Choice(label=f"{n} " + "Thông báo, " * 90, message="x") for n in range(4)]
    messages = ZaloRenderer().render(answer(Paragraph(text="Bạn cần việc nào?"), choices=choices))
    read = " ".join("".join([*messages.texts, *messages.rest]).split())
    assert read.count("Thông báo,") == 4 * 90
    assert all(len(text) <= TEXT_LIMIT for text in messages.texts)


def test_text_in_pieces_is_composed_before_it_is_counted():
    (text,) = ZaloRenderer().render(answer(Paragraph(text="e\u0323\u0302" * 1990))).texts
    assert text == "ệ" * 1990


def test_links_need_the_address_of_the_site():
    blocks = (
        File(text="Bản in", href="/in/1.pdf"),
        FormBlock(name="Tờ khai", href="https://dichvucong.gov.vn/mau"),
    )
    without = ZaloRenderer().render(answer(*blocks)).texts[0]
    assert "Bản in: mở trên trang của trợ lý" in without
    assert "Mẫu: Tờ khai\nhttps://dichvucong.gov.vn/mau" in without
    messages = ZaloRenderer("https://motcua.example/").render(answer(*blocks))
    assert "Bản in: https://motcua.example/in/1.pdf" in messages.texts[0]
    assert [file.href for file in messages.files] == ["/in/1.pdf"]


def test_a_page_of_the_site_is_a_link_and_no_file():
    page = File(text="Trang câu hỏi", href="/hoi/K7M2QX")
    messages = ZaloRenderer("https://motcua.example").render(answer(page))
    assert messages.texts == ("Trang câu hỏi: https://motcua.example/hoi/K7M2QX",)
    assert messages.files == ()


def test_a_personal_list_leads_to_the_page_to_print():
    listed = answer(status=Status.ANSWERED_LIST, procedure_code="1.001193")
    (text,) = ZaloRenderer("https://motcua.example").render(listed).texts
    assert text == "Xem, đánh dấu và in: https://motcua.example/thu-tuc/1.001193"


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return load_catalogue(tmp_path_factory.mktemp("none"))


def test_every_answer_of_the_guidance_fits_into_three_messages(catalogue):
    composer = AnswerComposer(load_texts(), NOW.date)
    renderer = ZaloRenderer("https://motcua.example")
    seen = 0
    for procedure in catalogue:
        for aspect in ("overview", "documents", "fee", "steps"):
            composed = composer.answer(procedure, [Aspect(aspect)])
            messages = renderer.render(composed)
            assert 1 <= len(messages.texts) <= MOST_MESSAGES
            for text in everything(messages, renderer):
                assert 0 < length(text) <= TEXT_LIMIT
            seen += 1
    assert seen > 400
