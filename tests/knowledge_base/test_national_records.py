"""The import of the real national export: records read by eye, and promises kept by all of them.

The expectations below were read from the records, not from the program.
"""

import gzip
import json
import random
import re
import unicodedata
from dataclasses import dataclass, field

import pytest

from knowledge_base.importers import read_national_export
from knowledge_base.importers.lists import read_list

FREE = "Miễn phí"
AQUACULTURE_FEE = (
    "Miễn phí(Thông tư số 112/2021/TT-BTC ngày 15 tháng 12 năm 2021 của Bộ trưởng Bộ Tài chính quy "
    "định mức thu, chế độ thu, nộp, quản lý và sử dụng phí trong lĩnh vực quản lý nuôi trồng thuỷ "
    "sản)"
)
CONTRACTOR_FEE = (
    "500 VNĐ(Từ ngày 01/01/2026 áp dụng theo quy định tại Thông tư số 156/2025/TT-BTC ngày "
    "31/12/2025)"
)


@dataclass(frozen=True)
class Expected:
    """A record read by eye.

    papers: beginnings of the names, with «originals+copies» as published; notes: how many rows
    only explain; channels: (kind, quantity, unit, fee); legal: how many, the first, the last.
    """

    papers: list[tuple[str, str]]
    channels: list[tuple[str, float | None, str | None, str | None]]
    legal: tuple[int, str, str]
    results: list[str | None]
    notes: int = 0
    cases: list[str] = field(default_factory=list)


def alike(quantity, unit, fee, kinds=("online", "post", "counter")):
    return [(kind, quantity, unit, fee) for kind in kinds]


RECORDS = {
    # Bộ Công an
    "1.004194": Expected(
        papers=[
            ("Thông tin chứng minh về chỗ ở hợp pháp được khai thác", "1"),
            ("Tờ khai thay đổi thông tin cư trú (Mẫu CT01", "1"),
            ("Tờ khai thay đổi thông tin cư trú (của từng người)", "1"),
            ("Văn bản đề nghị đăng ký tạm trú, trong đó ghi rõ", "1+1"),
            ("Đối với Quân đội nhân dân: Giấy giới thiệu", "1"),
            ("Tờ khai thay đổi thông tin  cư trú (Mẫu CT01", "1"),
            ("Đối với Công an nhân dân: Giấy giới thiệu", "1"),
        ],
        notes=2,
        cases=[
            "Hồ sơ đăng ký tạm trú gồm",
            "Đăng ký tạm trú theo danh sách, hồ sơ gồm",
            "Đăng ký tạm trú tại nơi đơn vị đóng quân trong Công an nhân dân, Quân đội nhân nhân "
            "(đơn vị đóng quân, nhà ở công vụ) hồ sơ gồm",
        ],
        channels=[
            (
                "online",
                3,
                "working_day",
                "7,000 Việt Nam Đồng(- Đăng ký tạm trú (cá nhân, hộ gia đình): + Trường hợp công "
                "dân nộp hồ sơ qua cổng dịch vụ công trực tuyến thu 7.000 đồng/lần đăng ký.)",
            ),
            (
                "counter",
                3,
                "working_day",
                "10,000 Việt Nam Đồng(- Đăng ký tạm trú theo danh sách: + Trường hợp công dân nộp "
                "hồ sơ trực tiếp thu 10.000 đồng/người/lần đăng ký;)",
            ),
        ],
        legal=(11, "53/2025/TT-BCA", "85/2019/TT-BTC"),
        results=["KQ.G01.000067", "KQ.G01.000064", "KQ.G01.000065", "KQ.G01.000066"],
    ),
    "1.010098": Expected(
        papers=[("Phiếu đề nghị giải quyết thủ tục về căn cước (Mẫu DC02", "1")],
        cases=[
            "Trong phiếu nêu rõ mục đích, nội dung, phạm vi thông tin cần khai thác trong Cơ sở dữ "
            "liệu căn cước và cam đoan về việc chịu trách nhiệm trong sử dụng thông tin khi được "
            "khai thác."
        ],
        channels=alike(3, "working_day", "Miễn phí(Chưa quy định.)", ("post", "counter")),
        legal=(5, "18/2024/TT-BCA", "17/2024/TT-BCA"),
        results=["KQ.G01.000140"],
    ),
    "1.000232": Expected(
        papers=[("Văn bản đề nghị hủy tài khoản điện tử (NA20).", "1")],
        channels=alike(None, None, None, ("counter", "post", "online")),
        legal=(4, "04/2015/TT-BCA", "57/2020/TT-BCA"),
        results=["KQ.G01.000068"],
    ),
    # Bộ Tư pháp
    "1.001193": Expected(
        papers=[
            ("- Trường hợp trẻ em bị bỏ rơi thì phải có biên bản", "1"),
            ("- Văn bản ủy quyền (được chứng thực)", "1"),
            ("- Trường hợp khai sinh cho trẻ em sinh ra do mang thai hộ", "1"),
            ("- Giấy chứng sinh; trường hợp không có Giấy chứng sinh", "1"),
            ("- Giấy tờ có giá trị chứng minh thông tin về cư trú", "1"),
            ("- Hộ chiếu/Thẻ căn cước công dân/Thẻ căn cước", "1"),
            ("- Tờ khai đăng ký khai sinh theo mẫu", "1"),
            ("- Mẫu hộ tịch điện tử tương tác đăng ký khai sinh", "1"),
        ],
        notes=25,
        cases=["Giấy tờ phải nộp", "Giấy tờ phải xuất trình", "Lưu ý"],
        channels=alike(1, None, FREE),
        legal=(15, "85/2019/TT-BTC", "01/2022/TT-BTP"),
        results=["KQ.G15.000031"],
    ),
    "2.001333": Expected(
        papers=[
            ("Giấy đề nghị thay đổi nội dung đăng ký hoạt động", "1"),
            ("Bản sao có chứng thực, bản sao chứng thực điện tử", "0+1"),
            ("Giấy đề nghị thay đổi nội dung đăng ký hoạt động", "1"),
        ],
        cases=[
            "Trường hợp doanh nghiệp đấu giá tài sản thay đổi tên gọi, địa chỉ trụ sở trong phạm "
            "vi tỉnh, thành phố trực thuộc trung ương, chi nhánh, văn phòng đại diện, người đại "
            "diện theo pháp luật của doanh nghiệp, danh sách đấu giá viên hành nghề trong doanh "
            "nghiệp thì hồ sơ gồm",
            "Trường hợp doanh nghiệp đấu giá tài sản thay đổi địa chỉ trụ sở từ tỉnh, thành phố "
            "trực thuộc trung ương này sang tỉnh, thành phố trực thuộc trung ương khác thì hồ sơ "
            "gồm",
        ],
        channels=alike(5, "working_day", "500,000 Việt Nam Đồng"),
        legal=(4, "19/2024/TT-BTP", "01/2016/QH14"),
        results=["KQ.G15.000134"],
    ),
    "2.000942": Expected(
        papers=[("Người yêu cầu chứng thực xuất trình một trong các giấy tờ sau", "1")],
        channels=[
            (
                "counter",
                None,
                None,
                "2,000 Việt Nam Đồng(2.000 đồng/trang; từ trang thứ 3 trở lên thu 1.000 "
                "đồng/trang, tối đa thu không quá 200.000 đồng/bản. Trang là căn cứ để thu "
                "phí được tính theo trang của bản chính.)",
            )
        ],
        legal=(6, "18/2026/NĐ-CP", "226/2016/TT-BTC"),
        results=[None],
    ),
    "1.013830": Expected(
        papers=[
            ("Đơn đề nghị cấp lại thẻ công chứng viên theo Mẫu TP-CC-08", "1"),
            ("Thẻ công chứng viên đang sử dụng", "1"),
            ("02 ảnh chân dung cỡ 2cm x 3cm", "1"),
        ],
        channels=alike(5, "working_day", "100,000 Việt Nam Đồng(/hồ sơ)"),
        legal=(3, "257/2016/TT-BTC", "46/2024/QH15"),
        results=["KQ.G15.000178"],
    ),
    "2.001016": Expected(
        papers=[
            ("Bản chính hoặc bản sao có chứng thực hoặc bản sao điện tử", "1+1"),
            ("Dự thảo văn bản từ chối nhận di sản", "1"),
        ],
        cases=[
            "Người yêu cầu chứng thực nộp 01 (một) bộ hồ sơ yêu cầu chứng thực, gồm các giấy tờ "
            "sau đây"
        ],
        channels=alike(None, None, "50,000 Việt Nam Đồng(/văn bản)", ("counter", "online", "post")),
        legal=(5, "226/2016/TT-BTC", "18/2026/NĐ-CP"),
        results=["KQ.G15.000030"],
    ),
    # Bộ Tài chính
    "1.008589": Expected(
        papers=[
            ("++ Văn bản có xác nhận của đơn vị sử dụng ngân sách", "1"),
            ("+ Các tài liệu liên quan khác (nếu có).", "1"),
            ("++ Hợp đồng cung ứng hàng hoá, dịch vụ", "1"),
            ("++ Văn bản đề nghị không tính tiền chậm nộp", "1"),
        ],
        channels=[
            ("online", 3, "working_day", FREE),
            ("post", 10, "working_day", FREE),
            ("counter", 3, "working_day", FREE),
        ],
        legal=(6, "38/2019/QH14", "118/2025/NĐ-CP"),
        results=["KQ.G12.000572", "KQ.G12.000571"],
    ),
    "1.011661": Expected(
        papers=[
            ("Danh mục sản phẩm cơ khí trọng điểm xin xác nhận", "1"),
            ("Công văn đề nghị xác nhận là loại hình doanh nghiệp", "1"),
        ],
        channels=alike(10, "day", FREE, ("post", "counter")),
        legal=(2, "107/2016/QH13", "26/2023/NĐ-CP"),
        results=["KQ.G12.000640"],
    ),
    "1.007636": Expected(
        papers=[
            ("d) Quyết định bổ nhiệm Giám đốc chi nhánh.", "0+1"),
            ("b) Bản sao Giấy chứng nhận đăng ký hoạt động chi nhánh", "0+1"),
            ("c) Bản sao Giấy chứng nhận đăng ký hành nghề kiểm toán", "0+1"),
            ("a) Đơn đăng ký kinh doanh dịch vụ kiểm toán", "1"),
        ],
        cases=[
            "Doanh nghiệp kiểm toán đăng ký cho chi nhánh được kinh doanh dịch vụ kiểm toán gửi 01 "
            "bộ hồ sơ đến Bộ Tài chính. Hồ sơ gồm"
        ],
        channels=alike(30, "day", FREE, ("post", "counter")),
        legal=(1, "67/2011/QH12", "67/2011/QH12"),
        results=["KQ.G12.001210"],
    ),
    # Bộ Xây dựng
    "1.013224": Expected(
        papers=[
            ("- Các tài liệu chứng minh cho nội dung đề nghị điều chỉnh.", "1+1"),
            ("- Đơn đề nghị điều chỉnh giấy phép hoạt động xây dựng", "1+1"),
        ],
        channels=alike(6, "day", CONTRACTOR_FEE),
        legal=(4, "31/2026/TT-BTC", "144/2025/NĐ-CP"),
        results=["KQ.G17.000220"],
    ),
    "1.002448": Expected(
        papers=[
            ("- 02 ảnh màu đối với trường hợp nộp hồ sơ trực tiếp", "1+1"),
            ("- Bản sao có chứng thực hoặc bản sao kèm bản chính", "1+1"),
            ("- Đơn đề nghị của thuyền viên theo mẫu", "1"),
        ],
        channels=alike(2, "working_day", "100,000 Việt Nam Đồng"),
        legal=(2, "189/2016/TT-BTC", "20/2023/TT-BGTVT"),
        results=["KQ.G17.000558"],
    ),
    "1.013069": Expected(
        papers=[
            ("- Bản sao tài liệu chứng minh tham gia một trong các công việc", "0+1"),
            ("- Bản sao được cấp từ sổ gốc hoặc bản sao được chứng thực bằng", "0+1"),
            ("- Văn bản đề nghị cấp chứng chỉ đăng kiểm viên theo mẫu;", "1"),
            ("- Lý lịch chuyên môn theo mẫu;", "1"),
            ("- Bản sao được chứng thực của một trong các tài liệu sau", "0+1"),
            ("- Bản xác nhận thực hành công việc chuyên môn theo mẫu;", "1"),
        ],
        cases=["Đăng kiểm viên hạng I", "Đăng kiểm viên hạng II"],
        channels=alike(5, "working_day", FREE),
        legal=(2, "45/2024/TT-BGTVT", "71/2025/TT-BXD"),
        results=["KQ.G04.000494"],
    ),
    "1.012907": Expected(
        papers=[
            ("Chứng chỉ cũ (nếu có).", "1+1"),
            ("02 ảnh cỡ 4x6cm chụp trong thời gian 06 tháng", "1+1"),
            ("Đơn xin cấp lại chứng chỉ có dán ảnh", "1+1"),
        ],
        channels=alike(
            10,
            "working_day",
            "200,000 Việt Nam Đồng(theo quy định của pháp luật về phí và lệ phí)",
        ),
        legal=(3, "144/2025/NĐ-CP", "96/2024/NĐ-CP"),
        results=["KQ.G17.000207"],
    ),
    # Bộ Nông nghiệp và Môi trường
    "1.004915": Expected(
        papers=[
            ("b) Tài liệu chứng minh nội dung thay đổi", "1+1"),
            ("a) Đơn đề nghị cấp, cấp lại Giấy chứng nhận", "1+1"),
            ("a) Đơn đề nghị cấp, cấp lại Giấy chứng nhận", "1+1"),
            ("b) Bản thuyết minh điều kiện cơ sở sản xuất", "1+1"),
        ],
        cases=["Trường hợp cấp lại", "Trường hợp cấp mới"],
        channels=alike(1, None, AQUACULTURE_FEE),
        legal=(6, "18/2017/QH14", "112/2021/TT-BTC"),
        results=["KQ.G10.000477"],
    ),
    "2.001694": Expected(
        papers=[
            ("- Tài liệu chứng minh về việc tham gia hội chợ", "1"),
            ("- Đề cương nghiên cứu được cơ quan quản lý", "1"),
            ("- Ảnh chụp hoặc bản vẽ mô tả loài thủy sản", "1+1"),
            ("- Đơn đề nghị cấp/cấp lại giấy phép nhập khẩu", "1"),
            ("- Đơn đề nghị cấp/cấp lại giấy phép nhập khẩu", "1"),
        ],
        cases=["a) Đối với cấp mới", "b) Đối với cấp lại"],
        channels=alike(4, "working_day", FREE),
        legal=(5, "18/2017/QH14", "16/2026/TT-BNNMT"),
        results=["KQ.G10.000904"],
    ),
    "2.002841": Expected(
        papers=[
            ("Đơn đề nghị cấp Giấy chứng nhận cơ sở đủ điều kiện an toàn", "1+1"),
            ("Bản thuyết minh về cơ sở vật chất, trang thiết bị", "1+1"),
        ],
        channels=[
            ("online", 3, "working_day", FREE),
            ("post", 3, "working_day", FREE),
            ("counter", 15, "day", FREE),
        ],
        legal=(2, "80/2025/TT-BNNMT", "55/2010/QH12"),
        results=["KQ.G10.001373", "KQ.G10.001374"],
    ),
    "1.004918": Expected(
        papers=[
            ("b) Bản thuyết minh về cơ sở vật chất, kỹ thuật", "1"),
            ("a) Đơn đề nghị cấp Giấy chứng nhận đủ điều kiện cơ sở", "1"),
            ("a) Đơn đề nghị theo Mẫu số 01.NT", "1"),
            ("b) Tài liệu chứng minh nội dung thay đổi", "1"),
        ],
        cases=[
            "4.3.1.1. Hồ sơ đề nghị cấp Giấy chứng nhận cơ sở đủ điều kiện sản xuất, ương dưỡng "
            "giống thủy sản gồm",
            "4.3.1.2. Hồ sơ đề nghị cấp lại Giấy chứng nhận cơ sở đủ điều kiện sản xuất, ương "
            "dưỡng giống thủy sản gồm",
        ],
        channels=alike(1, None, FREE),
        legal=(5, "18/2017/QH14", "146/2025/QH15"),
        results=["KQ.G10.001398"],
    ),
    # Ngân hàng Nhà nước
    "1.000195": Expected(
        papers=[
            ("Giấy chứng nhận đăng ký đầu tư ra nước ngoài đã được điều chỉnh", "0+1"),
            ("Bản chính xác nhận của Tổ chức tín dụng được phép", "1"),
            ("Đơn đăng ký thay đổi giao dịch ngoại hối", "1"),
        ],
        channels=alike(7, "working_day", FREE),
        legal=(4, "12/2016/TT-NHNN", "24/2022/TT-NHNN"),
        results=["KQ.G19.000223", "KQ.G19.000384"],
    ),
    "1.001317": Expected(
        papers=[
            ("Đơn đề nghị mở tài khoản thanh toán kèm bản đăng ký mẫu dấu", "1"),
            ("Văn bản hoặc quyết định bổ nhiệm và thẻ căn cước", "1"),
            ("Các tài liệu chứng minh tổ chức mở tài khoản thanh toán được thành lập", "1"),
            ("Các tài liệu chứng minh tư cách đại diện", "1"),
        ],
        channels=alike(2, "working_day", FREE),
        legal=(2, "52/2024/NĐ-CP", "66.16/2026/NQ-CP"),
        results=["KQ.G19.000210", "KQ.G19.000552"],
    ),
    "1.000420": Expected(
        papers=[
            ("- Nghị quyết của Hội đồng quản trị về việc thông qua", "1"),
            ("- Văn bản của quỹ tín dụng nhân dân đề nghị chấp thuận", "1"),
        ],
        channels=alike(7, "working_day", FREE),
        legal=(2, "32/2024/QH15", "53/2025/TT-NHNN"),
        results=["KQ.G19.000478", "KQ.G19.000477"],
    ),
}


@pytest.fixture(scope="module")
def export(shared_data):
    return shared_data / "national_catalogue.jsonl.gz"


@pytest.fixture(scope="module")
def imported(export):
    """Procedures by code, and the report."""
    procedures, report = read_national_export(export)
    return {procedure.code: procedure for procedure in procedures}, report


@pytest.fixture(scope="module")
def procedures(imported):
    return imported[0]


@pytest.fixture(scope="module")
def records(export):
    """The raw fields by code, composed."""
    with gzip.open(export, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    return {
        row["ma_thu_tuc"]: {key: unicodedata.normalize("NFC", row[key] or "") for key in row}
        for row in rows
    }


def counts(paper):
    return f"{paper.originals}" if paper.copies is None else f"{paper.originals}+{paper.copies}"


@pytest.mark.parametrize("code", RECORDS)
class TestRecordsReadByEye:
    def test_the_papers_are_those_of_the_record(self, procedures, code):
        expected = RECORDS[code]
        papers = [p for p in procedures[code].requirements if p.group != "note"]
        assert len(papers) == len(expected.papers)
        for paper, (beginning, count) in zip(papers, expected.papers, strict=True):
            assert paper.name.startswith(beginning)
            assert counts(paper) == count
        assert len(procedures[code].requirements) - len(papers) == expected.notes

    def test_the_cases_are_the_headings_of_the_record(self, procedures, code):
        cases = dict.fromkeys(p.case for p in procedures[code].requirements if p.case)
        assert list(cases) == RECORDS[code].cases

    def test_channels_have_time_unit_and_fee_of_the_record(self, procedures, code):
        channels = [
            (c.channel, c.time.quantity, c.time.unit, c.fee) for c in procedures[code].channels
        ]
        assert channels == RECORDS[code].channels

    def test_the_legal_basis_is_that_of_the_record(self, procedures, code):
        numbers = [document.number for document in procedures[code].legal_basis]
        assert (len(numbers), numbers[0], numbers[-1]) == RECORDS[code].legal

    def test_the_results_have_the_codes_of_the_record(self, procedures, code):
        codes = [result.code for result in procedures[code].results]
        assert codes == RECORDS[code].results


def test_the_whole_export_is_read(imported, records):
    procedures, report = imported
    assert set(procedures) == set(records)
    assert report.skipped == []


@pytest.mark.parametrize(
    ("part", "share"),
    [
        ("thanh_phan_ho_so", 0.95),
        ("cach_thuc_thuc_hien", 0.90),
        ("ket_qua_xu_ly", 0.95),
        ("can_cu_phap_ly", 0.95),
    ],
)
def test_nearly_every_record_is_read_whole(imported, part, share):
    assert imported[1].share(part) >= share


def squeezed(text):
    return re.sub(r"\s+", "", text)


def letters(text):
    """Letters and digits alone: bullets and spaces at the ends of cells may go."""
    return re.sub(r"[\W_]+", "", text)


@pytest.fixture(scope="module")
def published_ways(records):
    """«Cách thức thực hiện» by code without spaces; some were cut at «Căn cứ pháp lý»."""
    return {
        code: squeezed(f"{record['cach_thuc_thuc_hien']}Căn cứ pháp lý{record['can_cu_phap_ly']}")
        for code, record in records.items()
    }


def test_every_fee_stands_word_for_word_in_its_record(procedures, published_ways):
    for code, procedure in procedures.items():
        for channel in procedure.channels:
            assert squeezed(channel.fee or "") in published_ways[code], code


def test_a_fee_with_an_open_bracket_takes_in_the_rest_of_its_row(procedures, published_ways):
    row_ends = r"(?:$|Trựctuyến|Trựctiếp|Dịchvụbưuchính|Căncứpháplý)"
    for code, procedure in procedures.items():
        for channel in procedure.channels:
            fee = squeezed(channel.fee or "")
            if fee.count("(") > fee.count(")"):
                assert re.search(re.escape(fee) + row_ends, published_ways[code]), code


@pytest.fixture(scope="module")
def some_codes(records):
    return random.Random(20261123).sample(sorted(records), 200)


def test_nothing_of_the_papers_is_dropped(procedures, records, some_codes):
    for code in some_codes:
        procedure = procedures[code]
        kept = {
            letters(text)
            for paper in procedure.requirements
            for text in (paper.case or "", paper.name + (paper.form.file if paper.form else ""))
        } | {letters(procedure.raw.get("thanh_phan_ho_so", ""))}
        kept_text = "|".join(kept)
        published = records[code]["thanh_phan_ho_so"]
        published = re.sub("Không có thông tin", "", published)
        runs = re.split(
            r"Tên giấy tờMẫu đơn, tờ khaiSố lượng|\d bản chính(?:, ?\d+ bản sao)?|\d bản sao|\n",
            published,
        )
        for run in runs:
            assert letters(run) in kept_text, f"{code}: {run}"


# Words that only say what kind of document a number is; they may stand in either column.
_KIND = re.compile(
    r"Luật|Bộluật|Pháplệnh|Nghịquyết|Nghịđịnh|Quyếtđịnh|Thôngtư(?:liêntịch)?|[Ss]ố:?"
)


def test_nothing_of_the_legal_basis_is_dropped_or_invented(procedures, records):
    head = "Tên văn bản pháp lýMã văn bản"
    for code, procedure in procedures.items():
        published = records[code]["can_cu_phap_ly"].strip()
        if not published.startswith(head):
            assert procedure.legal_basis == []
            continue
        documents = "".join(f"{d.title or ''}{d.number}" for d in procedure.legal_basis)
        kept = documents + procedure.raw.get("can_cu_phap_ly", "")
        expected = squeezed(published.removeprefix(head))
        assert _KIND.sub("", squeezed(kept)) == _KIND.sub("", expected), code


def test_the_steps_of_a_record_together_are_its_text(procedures, records):
    divided = [procedure for procedure in procedures.values() if procedure.steps]
    assert len(divided) > 1000
    for procedure in divided:
        together = "".join(step.text for step in procedure.steps)
        published = records[procedure.code]["trinh_tu_thuc_hien"]
        assert letters(together) == letters(published), procedure.code


def test_what_is_not_divided_is_kept_as_it_was(procedures, records):
    for code, procedure in procedures.items():
        published = records[code]["trinh_tu_thuc_hien"].strip()
        if not procedure.steps and published not in ("", "Không có thông tin"):
            assert procedure.raw["trinh_tu_thuc_hien"] == published


def test_official_lists_are_read(shared_data):
    for path in sorted((shared_data / "lists").iterdir()):
        procedures, report = read_list(path, province="Lạng Sơn")
        assert len(procedures) > 200
        assert len(report.skipped) <= 1
