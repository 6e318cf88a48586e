from knowledge_base.audit.record_text import excerpt, steps_text, text_parts
from tests.factories import make_channel, make_procedure, make_requirement


def test_every_passage_has_its_field():
    record = make_procedure(
        agencies=["Sở Tư pháp"],
        steps=[{"text": "Nộp."}],
        requirements=[make_requirement("Đơn", case="Cấp mới")],
        channels=[make_channel(fee="Miễn phí", note="Nộp tại chỗ", time_note="Trả ngay")],
        results=[{"name": "Giấy phép"}],
        conditions=["Đủ tuổi"],
        legal_basis=[{"number": "1/2026/NĐ-CP", "title": "Về nuôi rồng"}],
        raw={"trinh_tu_thuc_hien": "Bước 1", "thu_tuc_lien_quan": "Khác"},
    )
    parts = {(part.field, part.text) for part in text_parts(record)}
    assert parts >= {
        ("agencies", "Sở Tư pháp"),
        ("steps", "Nộp."),
        ("steps", "Bước 1"),
        ("requirements", "Cấp mới"),
        ("channels", "Miễn phí"),
        ("channels", "Trả ngay"),
        ("legal_basis", "1/2026/NĐ-CP Về nuôi rồng"),
    }
    assert "Khác" not in {text for _, text in parts}


def test_steps_are_one_text():
    record = make_procedure(steps=[{"text": "Nộp."}, {"text": "Nhận."}])
    assert steps_text(record) == "Nộp.\nNhận."


def test_excerpt_cuts_between_words():
    text = "một hai ba bốn năm sáu bảy"
    start = text.index("bốn")
    assert excerpt(text, start, start + 3, around=4) == "…hai ba bốn năm…"


def test_excerpt_of_a_short_text_is_the_text():
    assert excerpt("một\n hai", 0, 3) == "một hai"
