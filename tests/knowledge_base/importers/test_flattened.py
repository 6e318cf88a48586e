"""Tables glued together by hand, cell to cell, as the national portal flattens them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.importers.flattened import (
    read_channels,
    read_legal_basis,
    read_requirements,
    read_results,
)
from knowledge_base.procedure import ChannelKind, RequirementGroup, TimeUnit

NOTHING = "Không có thông tin"


def channel_table(*rows):
    return "Hình thức nộpThời gianPhí, lệ phíMô tả" + "".join("".join(row) for row in rows)


def requirement_table(*rows, heading=""):
    head = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
    return heading + head + "".join("".join(row) for row in rows)


def legal_table(*rows):
    return "Tên văn bản pháp lýMã văn bản" + "".join("".join(row) for row in rows)


class TestChannels:
    @pytest.mark.parametrize(
        ("published", "quantity", "unit"),
        [
            ("5 Ngày làm việc", 5, TimeUnit.WORKING_DAY),
            ("05 Ngày", 5, TimeUnit.DAY),
            ("8 Giờ", 8, TimeUnit.HOUR),
            ("2 Tháng", 2, TimeUnit.MONTH),
            ("0,5 Ngày làm việc", 0.5, TimeUnit.WORKING_DAY),
            ("1.5 Ngày", 1.5, TimeUnit.DAY),
            ("30", 30, None),
            (NOTHING, None, None),
            ("0 Ngày", None, TimeUnit.DAY),
        ],
    )
    def test_a_time_limit_has_its_quantity_and_its_unit_if_one_is_published(
        self, published, quantity, unit
    ):
        (channel,), rest = read_channels(channel_table(("Trực tiếp", published, "Miễn phí")))
        assert (channel.time.quantity, channel.time.unit) == (quantity, unit)
        assert channel.fee == "Miễn phí"
        assert rest == ""

    def test_the_ways_to_file_are_told_apart(self):
        table = channel_table(
            ("Trực tuyến", "3 Ngày", "7,000 VNĐ"),
            ("Dịch vụ bưu chính", "4 Ngày", NOTHING),
            ("Trực tiếp", "5 Ngày", "10,000 VNĐ"),
        )
        channels, rest = read_channels(table)
        assert [(c.channel, c.time.quantity, c.fee) for c in channels] == [
            (ChannelKind.ONLINE, 3, "7,000 VNĐ"),
            (ChannelKind.POST, 4, None),
            (ChannelKind.COUNTER, 5, "10,000 VNĐ"),
        ]
        assert rest == ""

    def test_several_rows_of_one_channel_stay_apart(self):
        table = channel_table(
            ("Trực tiếp", "5 Ngày làm việc", "50,000 VNĐ", "(Cấp lần đầu)", "Nộp tại xã."),
            ("Trực tiếp", "2 Ngày làm việc", "30,000 VNĐ", "(Cấp lại)", "Nộp tại xã."),
        )
        channels, _ = read_channels(table)
        assert [(c.time.quantity, c.fee) for c in channels] == [
            (5, "50,000 VNĐ(Cấp lần đầu)"),
            (2, "30,000 VNĐ(Cấp lại)"),
        ]
        assert {c.note for c in channels} == {"Nộp tại xã."}

    @pytest.mark.parametrize(
        "fee",
        [
            "Miễn phí",
            "8,000 VNĐ",
            "100,000 Việt Nam Đồng",
            "50 USD",
            "Miễn phí(Trẻ em dưới 6 tuổi (kể cả trẻ bị bỏ rơi (nếu có)) được miễn)",
            "20,000 VNĐ(Mức 1)(Mức 2: người khuyết tật (nặng) được miễn)",
            "10,000 VNĐ(Cá nhân)7,000 VNĐ(Hộ gia đình nộp trực tuyến)",
            "Miễn phí(Theo khoản 1)50,000 VNĐ(Theo khoản 2)",
        ],
    )
    def test_a_fee_keeps_headline_and_every_bracket_word_for_word(self, fee):
        table = channel_table(("Trực tiếp", "5 Ngày", fee, "Nộp tại bộ phận một cửa (xã)."))
        (channel,), rest = read_channels(table)
        assert channel.fee == fee
        assert channel.note == "Nộp tại bộ phận một cửa (xã)."
        assert rest == ""

    def test_all_behind_an_unclosed_bracket_belongs_to_the_fee(self):
        fee = "10,000 VNĐ(Miễn cho người cao tuổi, hộ nghèo; nộp tại xã."
        (channel,), _ = read_channels(channel_table(("Trực tiếp", "5 Ngày", fee)))
        assert (channel.fee, channel.note) == (fee, None)

    @pytest.mark.parametrize(
        ("glued", "bracket", "quantity", "fee"),
        [
            ("1100 VNĐ", "(100.000 đồng/lần)", 1, "100 VNĐ(100.000 đồng/lần)"),
            ("15500 VNĐ", "(Mức thu 500.000 đồng)", 15, "500 VNĐ(Mức thu 500.000 đồng)"),
            ("5120 VNĐ", "(lệ phí 120 đồng)", 5, "120 VNĐ(lệ phí 120 đồng)"),
        ],
    )
    def test_a_limit_glued_to_an_amount_is_told_apart_by_the_bracket(
        self, glued, bracket, quantity, fee
    ):
        (channel,), rest = read_channels(channel_table(("Trực tiếp", glued, bracket)))
        assert (channel.time.quantity, channel.time.unit, channel.fee) == (quantity, None, fee)
        assert rest == ""

    def test_a_limit_glued_to_an_amount_that_nothing_tells_apart_is_kept_unread(self):
        channels, rest = read_channels(
            channel_table(("Trực tuyến", "1120 VNĐ"), ("Trực tiếp", "5 Ngày", "Miễn phí"))
        )
        assert [c.channel for c in channels] == [ChannelKind.COUNTER]
        assert rest == "Trực tuyến1120 VNĐ"

    def test_an_unusual_time_is_kept_in_words(self):
        table = channel_table(("Trực tiếp", "Không quy định", "Miễn phí"))
        (channel,), _ = read_channels(table)
        assert channel.time.note == "Không quy định"
        assert channel.time.quantity is None

    def test_text_before_the_first_row_is_kept_unread(self):
        channels, rest = read_channels(channel_table(("Ghi chú: ",), ("Trực tiếp", "5 Ngày", "")))
        assert len(channels) == 1
        assert rest.strip() == "Ghi chú:"

    def test_words_of_a_description_do_not_start_a_row(self):
        note = "Nộp Trực tiếp tại xã hoặc qua Dịch vụ bưu chính công ích"
        (channel,), _ = read_channels(channel_table(("Trực tuyến", "5 Ngày", "Miễn phí", note)))
        assert channel.note == note

    @pytest.mark.parametrize("text", ["", NOTHING])
    def test_nothing_published_is_nothing_read(self, text):
        assert read_channels(text) == ([], "")

    def test_something_that_is_no_table_is_kept_whole(self):
        assert read_channels("Nộp tại xã") == ([], "Nộp tại xã")

    @given(
        st.sampled_from(["Miễn phí", "5,000 VNĐ", "20 USD", NOTHING]),
        st.lists(st.text("ab (,.", max_size=12).filter(lambda t: t.count("(") == 0), max_size=3),
        st.text("xyz .,", max_size=20).map(str.strip),
    )
    def test_nothing_of_a_row_is_lost(self, headline, brackets, note):
        fee = headline + "".join(f"({text})" for text in brackets)
        table = channel_table(("Trực tiếp", "5 Ngày", fee, note))
        (channel,), rest = read_channels(table)
        read = (channel.fee or NOTHING) + (channel.note or "")
        assert read.replace(" ", "") == (fee + note).replace(" ", "")
        assert rest == ""


class TestRequirements:
    def test_papers_have_their_counts(self):
        table = requirement_table(
            ("Đơn đề nghị", "1 bản chính,0 bản sao"),
            ("Bản vẽ", "0 bản chính,2 bản sao"),
            ("Ảnh 4x6", "2 bản chính"),
            ("Hợp đồng thuê nhà", "3 bản sao"),
        )
        papers, rest = read_requirements(table)
        assert [(p.name, p.originals, p.copies) for p in papers] == [
            ("Đơn đề nghị", 1, 0),
            ("Bản vẽ", 0, 2),
            ("Ảnh 4x6", 2, None),
            ("Hợp đồng thuê nhà", None, 3),
        ]
        assert {p.group for p in papers} == {RequirementGroup.SUBMIT}
        assert rest == ""

    @pytest.mark.parametrize(
        ("name", "count"),
        [
            ("Đơn theo Mẫu số 11", "1 bản chính,1 bản sao"),
            ("Tờ khai theo Phụ lục 1", "0 bản chính,1 bản sao"),
            ("Bản khai theo Thông tư ngày 01/01/2026", "1 bản chính"),
            ("Hồ sơ dự án (nếu có),", "2 bản chính"),
            ("Đơn (01 bản chính)", "1 bản chính"),
            ("Danh sách kèm theo 02 bản sao giấy tờ tùy thân", "1 bản chính"),
            ("Sổ tiết kiệm trị giá 5.000", "1 bản chính"),
        ],
    )
    def test_a_count_glued_to_a_name_that_ends_in_a_number_is_told_apart(self, name, count):
        table = requirement_table((name, count), ("Giấy khác", "1 bản chính,0 bản sao"))
        papers, rest = read_requirements(table)
        assert [paper.name for paper in papers] == [name, "Giấy khác"]
        assert papers[0].originals == int(count[0])
        assert rest == ""

    @pytest.mark.parametrize(
        ("heading", "group"),
        [
            ("Giấy tờ phải nộp:", RequirementGroup.SUBMIT),
            ("Giấy tờ phải xuất trình:", RequirementGroup.SHOW),
            ("Trường hợp cấp lại", RequirementGroup.SUBMIT),
            ("Giấy tờ phải nộp và xuất trình", RequirementGroup.SUBMIT),
        ],
    )
    def test_the_heading_says_whether_papers_are_handed_in_or_shown(self, heading, group):
        table = requirement_table(("Giấy chứng sinh", "1 bản chính,0 bản sao"), heading=heading)
        (paper,), _ = read_requirements(table)
        assert paper.group == group

    def test_a_heading_becomes_the_case_of_the_papers_below_it(self):
        table = requirement_table(("Đơn mới", "1 bản chính"), heading="* Cấp lần đầu:\n")
        table += requirement_table(
            ("Đơn cũ", "1 bản chính"), ("Giấy hỏng", "1 bản chính"), heading="Cấp lại"
        )
        papers, rest = read_requirements(table)
        assert [(p.name, p.case) for p in papers] == [
            ("Đơn mới", "Cấp lần đầu"),
            ("Đơn cũ", "Cấp lại"),
            ("Giấy hỏng", "Cấp lại"),
        ]
        assert rest == ""

    def test_an_explanation_without_a_count_is_a_note(self):
        explanation = "Người nộp tự chịu trách nhiệm về nội dung đã khai."
        table = requirement_table((explanation, "0 bản chính,0 bản sao"), heading="Lưu ý")
        (note,), _ = read_requirements(table)
        assert (note.group, note.name) == (RequirementGroup.NOTE, explanation)

    def test_a_paper_named_without_a_count_is_still_a_paper(self):
        table = requirement_table(("Bản sao giấy khai sinh", "0 bản chính,0 bản sao"))
        (paper,), _ = read_requirements(table)
        assert paper.group == RequirementGroup.SUBMIT

    def test_a_paper_under_a_heading_of_notes_is_a_note_unless_counted(self):
        table = requirement_table(
            ("Giấy ủy quyền", "0 bản chính,0 bản sao"),
            ("Thẻ căn cước", "1 bản chính,0 bản sao"),
            heading="Lưu ý:",
        )
        papers, _ = read_requirements(table)
        assert [p.group for p in papers] == [RequirementGroup.NOTE, RequirementGroup.SUBMIT]

    @pytest.mark.parametrize(
        ("cell", "name", "file"),
        [
            ("Tờ khai.Mau CT01.docx", "Tờ khai.", "Mau CT01.docx"),
            (
                "Đơn theo mẫu của Bộ Công anMẫu NA5.doc",
                "Đơn theo mẫu của Bộ Công an",
                "Mẫu NA5.doc",
            ),
            ("Đơn theo 16/2026/TT-BNNMTMẫu số 01.ĐK.docx", "Đơn theo 16/2026/TT-BNNMT", None),
            ("Bản vẽ khi hết hạnmau so 20.doc", "Bản vẽ khi hết hạn", "mau so 20.doc"),
            ("Phiếu (CT01);1.MuCT01banhnhkm.doc", "Phiếu (CT01);", "1.MuCT01banhnhkm.doc"),
            ("Đơn theo mẫu1.003850.docx", "Đơn theo mẫu", "1.003850.docx"),
            ("Đơn đề nghị (mẫu 2)don de nghi.PDF", "Đơn đề nghị (mẫu 2)", "don de nghi.PDF"),
            ("ToKhai.docx", "ToKhai.docx", "ToKhai.docx"),
        ],
    )
    def test_the_file_of_a_form_is_told_apart_from_the_name(self, cell, name, file):
        (paper,), _ = read_requirements(requirement_table((cell, "1 bản chính,0 bản sao")))
        assert paper.name == name
        file = file or cell.removeprefix(name)
        assert (paper.form.name, paper.form.file) == (file, file)

    @pytest.mark.parametrize(
        "cell",
        [
            "Tờ trình theo quy địnhtờ trình.docx",
            "Đơn đề nghị " + "rất dài " * 30 + "nhéMẫu 1 a.doc",
        ],
    )
    def test_a_name_is_never_cut_where_no_file_can_be_told_apart(self, cell):
        (paper,), _ = read_requirements(requirement_table((cell, "1 bản chính,0 bản sao")))
        assert cell.startswith(paper.name)
        assert paper.name.endswith(("docx", "nhé"))

    def test_a_paper_without_a_file_has_no_form(self):
        (paper,), _ = read_requirements(requirement_table(("Đơn đề nghị", "1 bản chính")))
        assert paper.form is None

    def test_text_behind_the_last_row_is_kept_unread(self):
        table = requirement_table(("Đơn", "1 bản chính")) + "Nộp thêm khi cần."
        papers, rest = read_requirements(table)
        assert len(papers) == 1
        assert rest == "Nộp thêm khi cần."

    def test_a_table_without_counts_is_kept_unread_with_its_heading(self):
        table = requirement_table(("Giấy không rõ số lượng",), heading="Cấp lần đầu")
        table += requirement_table(("Đơn", "1 bản chính"))
        papers, rest = read_requirements(table)
        assert [(p.name, p.case) for p in papers] == [("Đơn", None)]
        assert rest == "Cấp lần đầu\nGiấy không rõ số lượng"

    @pytest.mark.parametrize("text", ["", NOTHING])
    def test_nothing_published_is_nothing_read(self, text):
        assert read_requirements(text) == ([], "")

    def test_something_that_is_no_table_is_kept_whole(self):
        assert read_requirements("Đơn và ảnh") == ([], "Đơn và ảnh")

    @given(
        st.lists(
            st.tuples(
                st.from_regex(r"[A-ZĐ][a-zạ-ỹ ,()]{3,20}[a-zạ-ỹ)]", fullmatch=True),
                st.integers(0, 9),
                st.one_of(st.none(), st.integers(0, 9)),
            ),
            min_size=1,
            max_size=5,
        )
    )
    def test_rows_come_back_as_they_were_glued(self, rows):
        cells = [
            (name, f"{originals} bản chính" + ("" if copies is None else f",{copies} bản sao"))
            for name, originals, copies in rows
        ]
        papers, rest = read_requirements(requirement_table(*cells))
        assert [(p.name, p.originals, p.copies) for p in papers] == rows
        assert rest == ""


class TestResults:
    @pytest.mark.parametrize(
        ("text", "results", "rest"),
        [
            ("Giấy phépMã: KQ.G15.000031", [("Giấy phép", "KQ.G15.000031")], ""),
            (
                "Giấy phépMã: KQ.G15.000031Giấy xác nhậnMã: KQ.G15.000032",
                [("Giấy phép", "KQ.G15.000031"), ("Giấy xác nhận", "KQ.G15.000032")],
                "",
            ),
            ("Thẻ căn cước", [("Thẻ căn cước", None)], ""),
            (
                "Thẻ căn cướcMã: KQ.G01.000023Từ khóaCấp lại thẻ",
                [("Thẻ căn cước", "KQ.G01.000023")],
                "Từ khóaCấp lại thẻ",
            ),
            ("Quyết địnhMã: KQ.G01.00262", [("Quyết định", "KQ.G01.00262")], ""),
            ("Quyết địnhMã: KQ-G10-KQ00009", [("Quyết định", "KQ-G10-KQ00009")], ""),
            (
                "Quyết địnhMã: KQ.G01.00268Từ khóaTuyển chọn",
                [("Quyết định", "KQ.G01.00268")],
                "Từ khóaTuyển chọn",
            ),
            ("Mã số cơ sởMã: Chưa xác định", [("Mã số cơ sởMã: Chưa xác định", None)], ""),
            ("", [], ""),
            (NOTHING, [], ""),
        ],
    )
    def test_results_have_their_national_codes(self, text, results, rest):
        read, unread = read_results(text)
        assert [(result.name, result.code) for result in read] == results
        assert unread == rest


class TestLegalBasis:
    @pytest.mark.parametrize(
        "rows",
        [
            [("Luật Hộ tịch", "60/2014/QH13"), ("Về hộ tịch", "123/2015/NĐ-CP")],
            [("Nghị quyết về phân loại đô thị", "1210/2016/UBTVQH13")],
            [("Cắt giảm thủ tục", "66.7/2025/NQ-CP"), ("Lệ phí", "85/2019/TT-BTC")],
            [("Về quy chế", "33/2016/QĐ-TTg"), ("Hướng dẫn", "09/2009/TTLT-BCA-BYT")],
            [("Công bố thủ tục", "9354/QĐ-BCA-C06"), ("Biểu mẫu", "08.a/2010/TT-BTP")],
            [("QUY ĐỊNH CHI TIẾT", "1/2020/NĐ-CP"), ("HƯỚNG DẪN THI HÀNH", "2/2021/TT-BCA")],
        ],
    )
    def test_every_document_has_its_title_and_number(self, rows):
        documents, rest = read_legal_basis(legal_table(*rows))
        assert [(d.title, d.number) for d in documents] == rows
        assert rest == ""

    @pytest.mark.parametrize(
        "title",
        [
            "Luật 51/2019/QH14",
            "Thông tư 16/2024/TT-BCA quy định về mẫu thẻ",
            "Thông tư số 73/2024/TT-BTC ngày 21/10/2024 về lệ phí",
            "Sửa đổi Nghị định số 12/2007/NĐ-CP (và Nghị định 5/2008/NĐ-CP)",
            "Quyết định số 290/2005/QĐ-TTg của Thủ tướng",
        ],
    )
    def test_a_number_within_a_title_stays_in_the_title(self, title):
        rows = [(title, "51/2019/QH14"), ("Luật Căn cước", "26/2023/QH15")]
        documents, rest = read_legal_basis(legal_table(*rows))
        assert [(d.title, d.number) for d in documents] == rows
        assert rest == ""

    @pytest.mark.parametrize(
        "title",
        ["Luật Khiếu nại năm 2011", "Luật Cư trú 2020", "Luật số 43 ngày 29/6/2024"],
    )
    def test_a_year_glued_to_a_number_stays_with_the_title(self, title):
        ((document,), rest) = read_legal_basis(legal_table((title, "02/2011/QH13")))
        assert (document.title, document.number) == (title, "02/2011/QH13")
        assert rest == ""

    @pytest.mark.parametrize("label", ["Luật số ", "Luật ", "số: ", "Nghị định số "])
    @pytest.mark.parametrize("behind", ["Về hộ tịch", "sửa đổi về hộ tịch", "5/2020/TT-BTP"])
    def test_the_kind_of_document_before_a_number_is_left_out(self, label, behind):
        table = legal_table(("Luật Nhà ở", f"{label}27/2023/QH15"), (behind, "1/2020/TT-BTP"))
        documents, rest = read_legal_basis(table)
        assert [(d.title, d.number) for d in documents] == [
            ("Luật Nhà ở", "27/2023/QH15"),
            (behind, "1/2020/TT-BTP"),
        ]
        assert rest == ""

    def test_a_row_without_a_number_is_kept_unread(self):
        documents, rest = read_legal_basis(
            legal_table(("Luật Hộ tịch", "60/2014/QH13"), ("Luật Hóa chất",))
        )
        assert [d.number for d in documents] == ["60/2014/QH13"]
        assert rest == "Luật Hóa chất"

    @pytest.mark.parametrize("text", ["", NOTHING])
    def test_nothing_published_is_nothing_read(self, text):
        assert read_legal_basis(text) == ([], "")

    def test_something_that_is_no_table_is_kept_whole(self):
        assert read_legal_basis("Luật Hộ tịch") == ([], "Luật Hộ tịch")
