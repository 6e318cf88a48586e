import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.answer import Answer, Choice, SourceNote, Status, block_text, plain_text
from knowledge_base.answer.blocks import (
    Checklist,
    ChecklistEntry,
    Contact,
    DossierBlock,
    Fact,
    Facts,
    File,
    FormBlock,
    Heading,
    Paragraph,
    Steps,
    Warn,
)

BLOCKS = {
    "heading": (Heading(text="Khai sinh"), "KHAI SINH"),
    "text": (Paragraph(text="Bạn cần gì?"), "Bạn cần gì?"),
    "warning": (Warn(text="Đừng đưa tiền."), "Lưu ý: Đừng đưa tiền."),
    "facts": (
        Facts(
            title="Lệ phí",
            rows=[Fact(label="Trực tiếp", value="Miễn phí"), Fact(label="", value="Hỏi xã")],
        ),
        "Lệ phí:\n- Trực tiếp: Miễn phí\n- Hỏi xã",
    ),
    "facts without a title": (Facts(rows=[Fact(label="Mã", value="1")]), "- Mã: 1"),
    "folded facts": (
        Facts(title="Ghi chú", rows=[Fact(label="", value="Dài")], collapsed=True),
        "Ghi chú:\n- Dài",
    ),
    "checklist": (
        Checklist(
            title="Giấy tờ",
            entries=[
                ChecklistEntry(text="Tờ khai", quantity="1 bản chính", note="Vì sao: a\nXin ở: b"),
                ChecklistEntry(text="Ảnh"),
            ],
        ),
        "Giấy tờ:\n[ ] Tờ khai (1 bản chính)\n    Vì sao: a\n    Xin ở: b\n[ ] Ảnh",
    ),
    "steps": (Steps(title="Các bước", entries=["Nộp", "Nhận"]), "Các bước:\n1. Nộp\n2. Nhận"),
    "form": (FormBlock(name="Tờ khai", detail="CT01"), "Mẫu: Tờ khai (CT01)"),
    "form without detail": (FormBlock(name="Tờ khai"), "Mẫu: Tờ khai"),
    "form of the library": (
        FormBlock(name="Tờ khai", form_id="ct01"),
        "Mẫu: Tờ khai\nCách điền, ví dụ và tải mẫu: /bieu-mau/ct01",
    ),
    "dossier": (
        DossierBlock(
            code="H05.12-261123-0007",
            headline="Đang giải quyết",
            rows=[Fact(label="Hẹn trả", value="01/12/2026")],
            next_steps=["Chờ tin nhắn"],
        ),
        "H05.12-261123-0007: Đang giải quyết\n- Hẹn trả: 01/12/2026\n→ Chờ tin nhắn",
    ),
    "file": (File(text="Xem thêm", href="https://a.vn"), "Xem thêm: https://a.vn"),
    "contact": (Contact(name="Bộ phận một cửa", phone="1022"), "Bộ phận một cửa – 1022"),
    "contact with a note": (
        Contact(name="Một cửa", phone=None, note="Giờ hành chính"),
        "Một cửa – Giờ hành chính",
    ),
}


@pytest.mark.parametrize("kind", BLOCKS)
def test_every_block_can_be_read_as_text(kind):
    block, text = BLOCKS[kind]
    assert plain_text(Answer(status=Status.ANSWERED, blocks=[block])) == text


@pytest.mark.parametrize(
    ("site", "address"),
    [("", ": /bieu-mau/ct01"), ("https://a.example", ": https://a.example/bieu-mau/ct01")],
)
def test_page_of_a_form_is_named_from_the_site_on(site, address):
    block = FormBlock(name="Tờ khai", form_id="ct01")
    assert block_text(block, site).endswith(address)
    assert block_text(block, None) == "Mẫu: Tờ khai"


def test_every_type_of_block_is_tried():
    types = {block.type for block, _ in BLOCKS.values()}
    schema = Answer.model_json_schema()["properties"]["blocks"]["items"]["discriminator"]
    assert types == set(schema["mapping"])


def test_choices_are_numbered_and_sources_stand_last():
    answer = Answer(
        status=Status.CLARIFICATION,
        blocks=[Heading(text="Chọn"), Paragraph(text="Bạn hỏi việc nào?")],
        choices=[Choice(label="Cấp mới", message="m"), Choice(label="Cấp lại", message="m")],
        sources=[SourceNote(text="Quyết định 1", url="https://a.vn"), SourceNote(text="Danh sách")],
    )
    assert plain_text(answer).split("\n\n") == [
        "CHỌN",
        "Bạn hỏi việc nào?",
        "1. Cấp mới\n2. Cấp lại",
        "Nguồn: Quyết định 1\n  https://a.vn\nNguồn: Danh sách",
    ]


def test_an_answer_without_anything_is_empty():
    assert plain_text(Answer(status=Status.HANDED_OVER, blocks=[])) == ""


@given(st.lists(st.text(min_size=1), min_size=1, max_size=4))
def test_no_value_is_shortened(values):
    blocks = [Facts(rows=[Fact(label="", value=value) for value in values], collapsed=True)]
    text = plain_text(Answer(status=Status.ANSWERED, blocks=blocks))
    assert all(value in text for value in values)


def test_a_question_keeps_its_own_mark():
    rows = [Fact(label="Nộp bằng cách nào?", value="Qua mạng"), Fact(label="Lệ phí", value="0 đ")]
    text = plain_text(Answer(status=Status.ANSWERED, blocks=[Facts(rows=rows)]))
    assert text == "- Nộp bằng cách nào? Qua mạng\n- Lệ phí: 0 đ"
