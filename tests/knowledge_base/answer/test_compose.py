"""Answers about an invented procedure: what was asked first, whole, and from where it comes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.answer import AnswerComposer, Status, load_texts
from knowledge_base.answer.aspect import Aspect
from knowledge_base.answer.blocks import (
    Checklist,
    Facts,
    File,
    FormBlock,
    Heading,
    Paragraph,
    Steps,
    Warn,
)
from knowledge_base.forms import shipped_forms
from knowledge_base.procedure import SourceKind
from tests.factories import (
    CODE,
    PORTAL,
    make_bare,
    make_channel,
    make_guidance,
    make_procedure,
    make_requirement,
    make_source,
)

SIZES = {
    "id": "size",
    "ask": "Rồng lớn chừng nào?",
    "options": [
        {"id": "small", "label": "Rồng nhỏ"},
        {"id": "big", "label": "Rồng lớn"},
        {"id": "huge", "label": "Rồng rất lớn"},
    ],
}


@pytest.fixture(scope="module")
def dragon():
    """A procedure of which every part is known."""
    return make_procedure(
        levels=["commune", "province"],
        audience=["Công dân Việt Nam", "Tổ chức"],
        summary="Xin phép nuôi một con rồng.",
        needed_when=["Bạn muốn nuôi rồng."],
        not_needed_when=["Bạn chỉ nuôi gà."],
        conditions=["Có vườn rộng 100 mét vuông."],
        questions=[SIZES],
        requirements=[
            make_requirement(
                "- Tờ khai nuôi rồng",
                originals=1,
                form={"name": "Tờ khai", "number": "R01", "issued_by": "Thông tư 1/2026/TT-BRR"},
                why="Để biết rồng ở đâu.",
                get_from="Xin tại xã.",
                get_from_code="1.999002",
            ),
            make_requirement(
                "Bản vẽ hàng rào",
                originals=1,
                copies=2,
                when={"size": ["big", "huge"]},
                may_be_waived="Xã đã có bản vẽ.",
            ),
            make_requirement("Thẻ căn cước", group="show", originals=1),
            make_requirement("Ảnh rồng", case="Cấp lại"),
            make_requirement("Rồng phải khỏe mạnh.", group="note"),
        ],
        steps=[{"who": "Bạn", "text": "Nộp tờ khai."}, {"text": "Nhận giấy phép."}],
        offices=[{"level": "commune", "name": "Bộ phận một cửa", "note": "Nộp giờ hành chính."}],
        agencies=["Ủy ban nhân dân cấp xã"],
        channels=[
            make_channel("online", 3, "working_day", fee="7,000 VNĐ", note="Trả tiền qua mạng."),
            make_channel("post", 5, "day", fee="10,000 VNĐ"),
            make_channel("counter", 5, "day", fee="10,000 VNĐ", note="Nộp tại xã."),
        ],
        online_service="partial",
        online_url=PORTAL,
        results=[{"name": "Giấy phép nuôi rồng", "code": "KQ.G99.000001"}],
        legal_basis=[
            {"number": "1/2026/NĐ-CP", "title": "Về nuôi rồng"},
            {"number": "2/2026/QH16"},
        ],
        mistakes=["Quên ký.", "Quên ảnh."],
    )


def of_type(answer, kind):
    return [block for block in answer.blocks if isinstance(block, kind)]


def warnings_of(answer):
    """The warnings about the procedure; those of fraud are looked at by tests of their own."""
    scam = load_texts().scam
    warnings = of_type(answer, Warn)
    return [warning for warning in warnings if warning.text not in (scam.payment, scam.vneid)]


def facts(answer):
    """The rows of all tables, label and value."""
    return [(row.label, row.value) for block in of_type(answer, Facts) for row in block.rows]


def test_an_answer_starts_with_the_name_and_ends_with_the_source(composer, dragon):
    answer = composer.answer(dragon, [Aspect.FEE])
    assert answer.blocks[0] == Heading(text="Cấp giấy phép nuôi rồng")
    assert (answer.status, answer.procedure_code, answer.aspect) == (
        Status.ANSWERED,
        CODE,
        Aspect.FEE,
    )
    (source,) = answer.sources
    assert source.text == (
        "Cơ sở dữ liệu quốc gia về thủ tục hành chính, Quyết định 12/QĐ-BTP, "
        "kiểm tra ngày 23/11/2026"
    )
    assert (source.url, source.checked_on) == (PORTAL, date(2026, 11, 23))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            make_source(SourceKind.GUIDANCE),
            "Trợ lý Một Cửa viết theo Cơ sở dữ liệu quốc gia về thủ tục hành chính, "
            "Quyết định 12/QĐ-BTP, kiểm tra ngày 23/11/2026",
        ),
        (
            make_source(SourceKind.LIST, decision=None, checked_on=None, note="Danh sách Lâm Đồng"),
            "Danh sách Lâm Đồng, chưa rõ ngày kiểm tra",
        ),
        (
            make_source(SourceKind.LIST, decision=None, note=None),
            "Danh sách thủ tục hành chính, kiểm tra ngày 23/11/2026",
        ),
        (
            make_source(SourceKind.INDEX, decision=None, checked_on=None),
            "Danh mục thủ tục hành chính quốc gia (chỉ có tên), chưa rõ ngày kiểm tra",
        ),
    ],
)
def test_the_source_says_what_it_is_and_how_old(composer, source, text):
    answer = composer.answer(make_procedure(sources=[source]), [Aspect.FEE])
    assert [note.text for note in answer.sources] == [text]


def test_documents_are_lists_to_tick_by_group_and_case(composer, dragon):
    answer = composer.answer(dragon, [Aspect.DOCUMENTS])
    lists = [(c.title, [e.text for e in c.entries]) for c in of_type(answer, Checklist)]
    assert lists == [
        ("Giấy tờ phải nộp", ["Tờ khai nuôi rồng", "Bản vẽ hàng rào"]),
        ("Giấy tờ mang theo để xuất trình", ["Thẻ căn cước"]),
        ("Trường hợp: Cấp lại", ["Ảnh rồng"]),
        ("Ghi chú trong bản công bố", ["Rồng phải khỏe mạnh."]),
    ]


def test_only_notes_are_folded(composer, dragon):
    answer = composer.answer(dragon, [Aspect.DOCUMENTS])
    assert [block.collapsed for block in of_type(answer, Checklist)] == [False, False, False, True]


def test_a_paper_says_how_many_why_and_where_to_get_it(composer, dragon):
    answer = composer.answer(dragon, [Aspect.DOCUMENTS])
    declaration, drawing = of_type(answer, Checklist)[0].entries
    assert declaration.quantity == "1 bản chính"
    assert declaration.note == "Vì sao: Để biết rồng ở đâu.\nXin ở đâu: Xin tại xã."
    assert declaration.procedure_code == "1.999002"
    assert declaration.maybe is False
    assert drawing.quantity == "1 bản chính, 2 bản sao"
    assert drawing.note == (
        "Chỉ khi: Rồng lớn hoặc Rồng rất lớn\nCó thể không phải nộp: Xã đã có bản vẽ."
    )
    assert drawing.maybe is True


def test_a_list_with_conditions_says_that_it_holds_every_case(composer, dragon, texts):
    paragraph = Paragraph(text=texts.phrases["own_case"])
    assert paragraph in composer.answer(dragon, [Aspect.DOCUMENTS]).blocks
    plain = make_procedure(requirements=[make_requirement()])
    assert paragraph not in composer.answer(plain, [Aspect.DOCUMENTS]).blocks


def test_a_condition_is_said_in_the_words_of_the_options(composer):
    ages = {
        "id": "age",
        "ask": "Bạn bao nhiêu tuổi?",
        "options": [{"id": "child", "label": "Dưới 14 tuổi"}, {"id": "adult", "label": "Từ 14"}],
    }
    when = [{"size": "big", "age": "child"}, {"size": "huge"}]
    procedure = make_procedure(
        questions=[SIZES, ages], requirements=[make_requirement("Đơn", when=when)]
    )
    (checklist,) = of_type(composer.answer(procedure, [Aspect.DOCUMENTS]), Checklist)
    assert checklist.entries[0].note == ("Chỉ khi: Rồng lớn; Dưới 14 tuổi – hoặc – Rồng rất lớn")


@pytest.mark.parametrize(
    ("case", "title"),
    [
        ("Giấy tờ phải nộp", "Giấy tờ phải nộp"),
        ("a) Thành phần hồ sơ", "Giấy tờ phải nộp"),
        ("1. Các giấy tờ phải nộp, bao gồm", "Giấy tờ phải nộp"),
        ("Cấp lại do bị mất", "Trường hợp: Cấp lại do bị mất"),
        (
            "Thành phần hồ sơ đối với trường hợp gia hạn",
            "Trường hợp: Thành phần hồ sơ đối với trường hợp gia hạn",
        ),
        (
            "Nộp một trong các giấy tờ sau và xuất trình bản chính",
            "Trường hợp: Nộp một trong các giấy tờ sau và xuất trình bản chính",
        ),
    ],
)
def test_a_heading_that_says_more_than_its_group_is_kept(composer, case, title):
    procedure = make_procedure(requirements=[make_requirement("Đơn", case=case, originals=1)])
    (checklist,) = of_type(composer.answer(procedure, [Aspect.DOCUMENTS]), Checklist)
    assert checklist.title == title


def test_a_note_keeps_the_case_it_explains(composer):
    notes = [
        make_requirement("Nộp sau 3 ngày.", group="note", case="Cấp lại"),
        make_requirement("Ký tên.", group="note", case="Lưu ý"),
    ]
    answer = composer.answer(make_procedure(requirements=notes), [Aspect.DOCUMENTS])
    assert [block.title for block in of_type(answer, Checklist)] == [
        "Ghi chú trong bản công bố. Cấp lại",
        "Ghi chú trong bản công bố",
    ]


def test_fees_are_given_by_channel_and_equal_ones_together(composer, dragon):
    answer = composer.answer(dragon, [Aspect.FEE])
    table = of_type(answer, Facts)[0]
    assert table.title == "Phí, lệ phí"
    assert [(row.label, row.value) for row in table.rows] == [
        ("Nộp trực tuyến", "7,000 VNĐ"),
        ("Gửi bưu chính công ích, Nộp trực tiếp", "10,000 VNĐ"),
    ]


def test_fees_of_one_channel_are_told_apart_by_their_condition(composer):
    channels = [
        make_channel("counter", fee="5,000 VNĐ", when={"size": "small"}),
        make_channel("counter", fee="9,000 VNĐ", when={"size": ["big", "huge"]}),
    ]
    answer = composer.answer(make_procedure(questions=[SIZES], channels=channels), [Aspect.FEE])
    assert facts(answer) == [
        ("Nộp trực tiếp (Rồng nhỏ)", "5,000 VNĐ"),
        ("Nộp trực tiếp (Rồng lớn hoặc Rồng rất lớn)", "9,000 VNĐ"),
    ]


def test_a_fee_that_was_not_published_is_said_to_be_unknown(composer):
    answer = composer.answer(make_procedure(channels=[make_channel()]), [Aspect.FEE])
    assert facts(answer) == [("Nộp trực tiếp", "Bản công bố không ghi phí, lệ phí")]


@pytest.mark.parametrize(
    "fee",
    [
        "Miễn phí(50.000 đồng/lần)",
        "Miễn phí(Theo Thông tư 85/2019/TT-BTC)",
        "Miễn phí\n20,000 VNĐ(Cấp lại)",
    ],
)
def test_a_fee_that_contradicts_itself_comes_with_a_warning(composer, texts, fee):
    answer = composer.answer(make_procedure(channels=[make_channel(fee=fee)]), [Aspect.FEE])
    assert facts(answer) == [("Nộp trực tiếp", fee)]
    assert warnings_of(answer) == [Warn(text=texts.phrases["contradictory_fee"])]


@pytest.mark.parametrize(
    "fee", ["Miễn phí", "Miễn phí(Không)", "Miễn phí (Không quy định).", "8 USD"]
)
def test_a_plain_fee_comes_without_a_warning(composer, fee):
    answer = composer.answer(make_procedure(channels=[make_channel(fee=fee)]), [Aspect.FEE])
    assert warnings_of(answer) == []


@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=3, unique=True))
def test_no_fee_is_shortened(fees):
    composer = AnswerComposer(load_texts(), today=lambda: date(2026, 11, 23))
    procedure = make_procedure(channels=[make_channel(fee=fee) for fee in fees])
    shown = [value for _, value in facts(composer.answer(procedure, [Aspect.FEE]))]
    assert shown == list(dict.fromkeys(channel.fee for channel in procedure.channels))


@pytest.mark.parametrize(
    ("channel", "shown"),
    [
        (make_channel(quantity=3, unit="working_day"), "3 ngày làm việc"),
        (make_channel(quantity=0.5, unit="day"), "0,5 ngày"),
        (make_channel(quantity=8, unit="hour"), "8 giờ"),
        (make_channel(quantity=2, unit="month", time_note="Kể từ khi đủ hồ sơ"), None),
        (make_channel(quantity=1), "1 (bản công bố không ghi đơn vị; hãy hỏi lại khi nộp)"),
        (make_channel(time_note="Không quy định"), "Không quy định"),
        (make_channel(), "Bản công bố không ghi thời hạn"),
    ],
)
def test_a_time_limit_is_given_as_published(composer, channel, shown):
    answer = composer.answer(make_procedure(channels=[channel]), [Aspect.TIME])
    assert facts(answer) == [("Nộp trực tiếp", shown or "2 tháng. Kể từ khi đủ hồ sơ")]


def test_time_limits_are_given_by_channel(composer, dragon):
    table = of_type(composer.answer(dragon, [Aspect.TIME]), Facts)[0]
    assert [(row.label, row.value) for row in table.rows] == [
        ("Nộp trực tuyến", "3 ngày làm việc"),
        ("Gửi bưu chính công ích, Nộp trực tiếp", "5 ngày"),
    ]


@pytest.mark.parametrize("aspect", [Aspect.FEE, Aspect.TIME, Aspect.WHERE, Aspect.ONLINE])
def test_the_notes_of_channels_stand_beside_what_they_explain(composer, dragon, aspect):
    notes = of_type(composer.answer(dragon, [aspect]), Facts)[-1]
    assert notes.title == "Ghi chú"
    assert [(row.label, row.value) for row in notes.rows] == [
        ("Nộp trực tuyến", "Trả tiền qua mạng."),
        ("Nộp trực tiếp", "Nộp tại xã."),
    ]


def test_a_note_that_several_channels_share_names_them_all(composer):
    channels = [make_channel("online", fee="1", note="Như nhau"), make_channel(note="Như nhau")]
    answer = composer.answer(make_procedure(channels=channels), [Aspect.TIME])
    assert facts(answer)[-1] == ("Nộp trực tuyến, Nộp trực tiếp", "Như nhau")


def test_long_notes_are_folded_but_whole(composer):
    note = "Nộp tại xã. " * 60
    answer = composer.answer(make_procedure(channels=[make_channel(note=note)]), [Aspect.FEE])
    notes = of_type(answer, Facts)[-1]
    assert notes.collapsed
    assert notes.rows[0].value == note.strip()


def test_where_names_offices_levels_agencies_and_channels(composer, dragon):
    assert facts(composer.answer(dragon, [Aspect.WHERE]))[:4] == [
        ("Bộ phận một cửa", "Nộp giờ hành chính."),
        ("Cấp giải quyết", "cấp xã, cấp tỉnh"),
        ("Cơ quan thực hiện", "Ủy ban nhân dân cấp xã"),
        ("Cách nộp", "Nộp trực tuyến; Gửi bưu chính công ích; Nộp trực tiếp"),
    ]


def test_an_office_without_a_note_says_its_level(composer):
    procedure = make_procedure(offices=[{"level": "province", "name": "Sở Tư pháp"}])
    assert facts(composer.answer(procedure, [Aspect.WHERE])) == [("Sở Tư pháp", "cấp tỉnh")]


def test_without_a_known_office_the_one_stop_office_is_named(composer, texts):
    procedure = make_procedure(levels=["commune"])
    answer = composer.answer(procedure, [Aspect.WHERE])
    assert Paragraph(text=texts.phrases["where_default"]) in answer.blocks
    assert facts(answer) == [("Cấp giải quyết", "cấp xã")]


def test_steps_are_told_in_order_with_who_does_them(composer, dragon):
    (steps,) = of_type(composer.answer(dragon, [Aspect.STEPS]), Steps)
    assert (steps.title, steps.entries) == ("Các bước", ["Bạn: Nộp tờ khai.", "Nhận giấy phép."])


def test_forms_are_those_that_papers_name_or_are(composer, dragon):
    (form,) = of_type(composer.answer(dragon, [Aspect.FORM]), FormBlock)
    assert form == FormBlock(name="Tờ khai", detail="R01, Thông tư 1/2026/TT-BRR", href=PORTAL)


def test_a_form_of_the_library_is_named_by_its_id(texts):
    composer = AnswerComposer(texts, lambda: date(2026, 11, 23), shipped_forms())
    birth = {"name": "Tờ khai đăng ký khai sinh"}
    papers = [make_requirement("Tờ khai", form=birth), make_requirement("Bản khai theo mẫu")]
    procedure = make_procedure(code="1.001193", requirements=papers)
    forms = of_type(composer.answer(procedure, [Aspect.FORM]), FormBlock)
    assert [form.form_id for form in forms] == ["khai-sinh", None]
    other = make_procedure(requirements=papers)
    assert of_type(composer.answer(other, [Aspect.FORM]), FormBlock)[0].form_id is None


def test_a_form_is_known_by_its_file_or_by_its_words(composer):
    procedure = make_procedure(
        requirements=[
            make_requirement("Phiếu báo tin", form={"name": "M1.docx", "file": "M1.docx"}),
            make_requirement("- Đơn đề nghị cấp lại"),
            make_requirement("Bản khai theo Mẫu số 02"),
            make_requirement("Bản khai theo Mẫu số 02"),
            make_requirement("Giấy khai sinh"),
            make_requirement("Tờ khai phải viết tay.", group="note"),
        ],
        forms=[{"name": "Giấy ủy quyền"}],
    )
    forms = of_type(composer.answer(procedure, [Aspect.FORM]), FormBlock)
    assert [(form.name, form.detail) for form in forms] == [
        ("Phiếu báo tin", "M1.docx"),
        ("Đơn đề nghị cấp lại", None),
        ("Bản khai theo Mẫu số 02", None),
        ("Giấy ủy quyền", None),
    ]


def test_eligibility_says_when_it_is_needed_and_who_may_ask(composer, dragon):
    answer = composer.answer(dragon, [Aspect.ELIGIBILITY])
    assert [(t.title, [r.value for r in t.rows]) for t in of_type(answer, Facts)] == [
        ("Khi nào cần làm", ["Bạn muốn nuôi rồng."]),
        ("Khi nào không cần", ["Bạn chỉ nuôi gà."]),
        ("Yêu cầu, điều kiện", ["Có vườn rộng 100 mét vuông."]),
        (None, ["Công dân Việt Nam; Tổ chức"]),
    ]


def test_the_legal_basis_gives_numbers_and_titles(composer, dragon):
    assert facts(composer.answer(dragon, [Aspect.LEGAL_BASIS])) == [
        ("1/2026/NĐ-CP", "Về nuôi rồng"),
        ("2/2026/QH16", ""),
    ]


def test_results_are_named(composer, dragon):
    assert facts(composer.answer(dragon, [Aspect.RESULT])) == [("", "Giấy phép nuôi rồng")]


@pytest.mark.parametrize(
    ("service", "said"),
    [
        ("full", "Nộp và giải quyết hoàn toàn qua mạng (toàn trình)."),
        ("partial", "Nộp qua mạng được một phần."),
        ("unknown", "Bản công bố không ghi dịch vụ là toàn trình hay một phần."),
    ],
)
def test_filing_online_is_said_with_how_far_it_goes(composer, service, said):
    channels = [make_channel("online"), make_channel("counter")]
    procedure = make_procedure(channels=channels, online_service=service)
    assert facts(composer.answer(procedure, [Aspect.ONLINE])) == [
        ("Nộp trực tuyến", "Có"),
        ("Ghi chú", said),
        ("Cách nộp", "Nộp trực tiếp"),
    ]


def test_what_cannot_be_filed_online_names_the_other_ways(composer):
    procedure = make_procedure(channels=[make_channel("counter"), make_channel("post")])
    assert facts(composer.answer(procedure, [Aspect.ONLINE])) == [
        ("Nộp trực tuyến", "Bản công bố không có hình thức này"),
        ("Cách nộp", "Gửi bưu chính công ích; Nộp trực tiếp"),
    ]


def test_the_overview_gives_summary_level_result_and_code(composer, dragon):
    answer = composer.answer(dragon, [Aspect.OVERVIEW])
    assert Paragraph(text="Xin phép nuôi một con rồng.") in answer.blocks
    assert facts(answer) == [
        ("Lĩnh vực", "Chăn nuôi"),
        ("Cấp giải quyết", "cấp xã, cấp tỉnh"),
        ("Kết quả", "Giấy phép nuôi rồng"),
        ("Mã thủ tục", CODE),
        ("", "Bạn muốn nuôi rồng."),
    ]
    (mistakes,) = of_type(answer, Steps)
    assert (mistakes.title, mistakes.entries) == ("Những lỗi hay gặp", ["Quên ký.", "Quên ảnh."])


@pytest.mark.parametrize(
    ("aspect", "part"),
    [
        (Aspect.STEPS, "trinh_tu_thuc_hien"),
        (Aspect.DOCUMENTS, "thanh_phan_ho_so"),
        (Aspect.FEE, "cach_thuc_thuc_hien"),
        (Aspect.TIME, "cach_thuc_thuc_hien"),
        (Aspect.WHERE, "cach_thuc_thuc_hien"),
        (Aspect.LEGAL_BASIS, "can_cu_phap_ly"),
    ],
)
def test_text_that_could_not_be_divided_is_shown_word_for_word(composer, aspect, part):
    answer = composer.answer(make_procedure(raw={part: "Dòng một.\n\nDòng hai."}), [aspect])
    original = of_type(answer, Facts)[-1]
    assert original.title == "Nguyên văn bản công bố"
    assert [row.value for row in original.rows] == ["Dòng một.", "Dòng hai."]


@pytest.mark.parametrize("aspect", [a for a in Aspect if a not in (Aspect.OVERVIEW, Aspect.WHERE)])
def test_what_the_catalogue_does_not_hold_is_said_to_be_missing(composer, texts, aspect):
    answer = composer.answer(make_procedure(), [aspect])
    assert answer.blocks[1] == Paragraph(text=texts.aspects[aspect]["missing"])
    assert len(answer.blocks) == 2 + (aspect in texts.scam.aspects)
    assert answer.status == Status.ANSWERED


@pytest.mark.parametrize("aspect", Aspect)
def test_every_aspect_of_a_known_procedure_says_something(composer, texts, dragon, aspect):
    answer = composer.answer(dragon, [aspect])
    assert len(answer.blocks) > 1
    assert Paragraph(text=texts.aspects[aspect]["missing"]) not in answer.blocks


@pytest.mark.parametrize("aspect", Aspect)
def test_a_guidance_file_can_be_asked_for_every_aspect(composer, aspect):
    answer = composer.answer(make_guidance(), [aspect])
    assert answer.sources[0].text.startswith("Trợ lý Một Cửa viết theo")


def test_several_aspects_are_answered_in_the_order_asked(composer, dragon):
    answer = composer.answer(dragon, [Aspect.TIME, Aspect.FEE])
    titles = [block.title for block in of_type(answer, Facts) if block.title != "Ghi chú"]
    assert titles == ["Thời gian giải quyết", "Phí, lệ phí"]
    assert answer.aspect == Aspect.TIME


def test_up_to_four_other_questions_are_offered(composer, texts, dragon):
    answer = composer.answer(dragon, [Aspect.FEE, Aspect.TIME])
    assert [choice.label for choice in answer.choices] == [
        texts.aspects[aspect]["label"]
        for aspect in (Aspect.DOCUMENTS, Aspect.WHERE, Aspect.STEPS, Aspect.FORM)
    ]
    assert all(choice.message.endswith("?") for choice in answer.choices)


@pytest.mark.parametrize("aspect", Aspect)
def test_a_bare_name_is_answered_as_such_whatever_was_asked(composer, texts, aspect):
    bare = make_bare(levels=["commune"], agencies=["công an"], online_url=PORTAL)
    answer = composer.answer(bare, [aspect])
    assert answer.status == Status.ANSWERED_NAME_ONLY
    assert (answer.procedure_code, answer.aspect) == (CODE, aspect)
    assert Paragraph(text=texts.phrases["name_only"]) in answer.blocks
    assert facts(answer) == [
        ("Lĩnh vực", "Chăn nuôi"),
        ("Cấp giải quyết", "cấp xã"),
        ("Cơ quan thực hiện", "công an"),
        ("Mã thủ tục", CODE),
    ]
    assert of_type(answer, File) == [File(text=texts.phrases["portal"], href=PORTAL)]
    assert answer.choices == []


def test_a_bare_name_without_an_address_offers_no_link(composer):
    assert of_type(composer.answer(make_bare(), [Aspect.FEE]), File) == []


TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("valid_to", "words"),
    [
        (TODAY, "Thông tin này áp dụng đến hết ngày 23/11/2026."),
        (TODAY + timedelta(days=38), "Thông tin này áp dụng đến hết ngày 31/12/2026."),
        (TODAY - timedelta(days=1), "Thông tin này chỉ đúng đến ngày 22/11/2026."),
    ],
)
def test_the_last_day_of_validity_is_told(composer, valid_to, words):
    answer = composer.answer(make_procedure(valid_to=valid_to), [Aspect.FEE])
    (warning,) = warnings_of(answer)
    assert warning.text.startswith(words)


def test_an_announced_change_is_told(composer):
    note = "Từ ngày 01/03/2027 áp dụng luật mới."
    answer = composer.answer(make_procedure(validity_note=note), [Aspect.STEPS])
    assert warnings_of(answer) == [Warn(text=note)]


def test_facts_without_an_end_come_without_a_warning(composer, dragon):
    assert warnings_of(composer.answer(dragon, [Aspect.FEE])) == []


def test_asking_back_offers_the_procedures_by_name(composer, texts):
    procedures = [
        make_procedure("1.000001", name="Cấp mới"),
        make_procedure("1.000002", name="Đổi"),
    ]
    answer = composer.clarify(procedures, Aspect.FEE)
    assert (answer.status, answer.aspect) == (Status.CLARIFICATION, Aspect.FEE)
    assert answer.procedure_code is None
    assert [(choice.label, choice.message) for choice in answer.choices] == [
        ("Cấp mới", "Cấp mới (1.000001)"),
        ("Đổi", "Đổi (1.000002)"),
    ]
    assert answer.blocks[0] == Paragraph(text=texts.phrases["which"])


@pytest.mark.parametrize("key", load_texts().replies)
def test_every_fixed_reply_composes(composer, texts, key):
    answer = composer.reply(key)
    reply = texts.replies[key]
    assert answer.status == Status(reply.status)
    assert [block.text for block in of_type(answer, Paragraph)] == reply.text
    assert [warning.text for warning in warnings_of(answer)] == (
        [reply.warning] if reply.warning else []
    )
    assert [choice.message for choice in answer.choices] == reply.choices


def test_an_answer_survives_the_way_to_another_process(composer, dragon):
    answer = composer.answer(dragon, [Aspect.OVERVIEW, Aspect.DOCUMENTS])
    assert type(answer).model_validate_json(answer.model_dump_json()) == answer


class TestFraud:
    """Answers about money, the network and VNeID tell whom not to trust (issue 5)."""

    @pytest.mark.parametrize(
        ("name", "aspects", "kinds"),
        [
            ("Cấp giấy phép nuôi rồng", [Aspect.FEE], ["payment"]),
            ("Cấp giấy phép nuôi rồng", [Aspect.ONLINE], ["vneid"]),
            ("Cấp giấy phép nuôi rồng", [Aspect.ONLINE, Aspect.FEE], ["vneid", "payment"]),
            ("Cấp giấy phép nuôi rồng", [Aspect.DOCUMENTS, Aspect.TIME], []),
            ("Đăng ký tài khoản định danh điện tử", [Aspect.DOCUMENTS], ["vneid"]),
            ("Kích hoạt VNeID mức 2", [Aspect.ONLINE], ["vneid"]),
        ],
    )
    def test_they_carry_each_warning_once_and_last(self, composer, texts, name, aspects, kinds):
        answer = composer.answer(make_procedure(name=name), aspects)
        wanted = [getattr(texts.scam, kind) for kind in kinds]
        warned = [block.text for block in of_type(answer, Warn)]
        assert warned == wanted
        assert [block for block in answer.blocks[-len(kinds) :] if kinds] == of_type(answer, Warn)

    def test_a_procedure_known_by_name_alone_carries_it_too(self, composer, texts):
        answer = composer.answer(make_bare("1.999009", name="Xóa tài khoản VNeID"), [Aspect.TIME])
        assert of_type(answer, Warn) == [Warn(text=texts.scam.vneid)]

    def test_they_are_short_and_ask_for_nothing(self, texts):
        for text in (texts.scam.payment, texts.scam.vneid, texts.phrases["scam"]):
            assert len(text) <= 130
            assert "mã OTP" in text
            assert "mật khẩu" in text
