import pytest

from knowledge_base.audit import WorkedExample
from tests.factories import CODE, make_procedure, make_requirement


def record(*names, file=None):
    forms = {"form": {"name": file, "file": file}} if file else {}
    return make_procedure(requirements=[make_requirement(name, **forms) for name in names])


class TestMissingForm:
    @pytest.mark.parametrize(
        "name",
        [
            "Tờ khai đăng ký khai sinh theo mẫu (nếu nộp trực tiếp)",
            "Đơn đề nghị theo Mẫu số 05 Phụ lục I",
            "Tờ khai thuế mẫu số 03/BĐS-TNCN",
            "Tờ khai thay đổi thông tin cư trú (mẫu CT01 ban hành kèm theo Thông tư)",
            "Bản khai cấp tên định danh (theo Mẫu)",
        ],
    )
    def test_form_is_wanted_and_none_attached(self, cases, name):
        assert cases("A02", record(name)) == ["no_form"]

    def test_form_is_attached(self, cases):
        assert cases("A02", record("Đơn đề nghị theo mẫu", file="Mẫu số 05.docx")) == []

    @pytest.mark.parametrize(
        "name",
        [
            "Đơn đề nghị",
            "Kết quả lấy mẫu nước",
            "Mẫu hộ tịch điện tử tương tác",
            "Bản sao Giấy chứng nhận đào tạo theo mẫu quy định",
            "Văn bản xác nhận của Ủy ban nhân dân cấp xã theo Mẫu số 01",
            "Giấy biên nhận được tổ chức quản lý cảng cá cấp theo Mẫu số 01 Phụ lục II",
            "Kê khai theo biểu mẫu trên Hệ thống cơ sở dữ liệu quốc gia",
            "Nộp 02 mẫu 10 ml nước tiểu",
            "Phiếu gửi hồ sơ theo mẫu do doanh nghiệp cung ứng dịch vụ bưu chính phát hành",
        ],
    )
    def test_nothing_to_fill_in(self, cases, name):
        assert cases("A02", record(name)) == []

    def test_file_in_the_text_that_was_not_taken_apart(self, cases):
        wanted = make_requirement("Đơn đề nghị theo mẫu")
        raw = {"thanh_phan_ho_so": "Tờ khaiMẫu số 1.docx1 bản chính"}
        assert cases("A02", make_procedure(requirements=[wanted], raw=raw)) == []


class TestMisnumberedForm:
    def test_other_appendix(self, run_rule):
        paper = record("Đơn theo mẫu tại Phụ lục VII Nghị định 56.", file="Phụ lục VI - NĐ56.docx")
        (finding,) = run_rule("A09", paper)
        assert finding.case == "other_number"
        assert "phụ lục 7" in finding.message

    @pytest.mark.parametrize(
        ("name", "file"),
        [
            ("Đơn theo Mẫu số 05 Phụ lục I;", "Mẫu số 05.docx"),
            ("Đơn theo mẫu số 5;", "mau so 05.docx"),
            ("Đơn theo Mẫu Phụ lục I/ II;", "Phụ lục 2.docx"),
            ("Đơn theo Mẫu Phụ lục IV;", "PL 04 Danh sach.docx"),
            ("Bản kê theo Mẫu số 01;Mẫu số 02.docx", "Mẫu số 01.docx"),
            ("Đơn đề nghị", "Mẫu số 05.docx"),
            ("Đơn theo Mẫu số 05;", "Don de nghi.docx"),
        ],
    )
    def test_same_or_unknown_number(self, cases, name, file):
        assert cases("A09", record(name, file=file)) == []


class TestNoWorkedExample:
    def test_no_example(self, run_rule):
        (finding,) = run_rule("A13", record("Tờ khai", "Đơn", file="Mẫu CT01.docx"))
        assert finding.message.startswith("2 giấy tờ")

    @pytest.mark.parametrize(
        ("name", "number", "issued_by", "procedures"),
        [
            ("tờ khai thay đổi thông tin cư trú", None, "", ()),
            ("Tờ khai thay đổi thông tin cư trú", "CT01", "", ()),
            ("Tờ khai", "CT01", "Thông tư 53/2025/TT-BCA", ()),
            ("Tờ khai cũ", "CT01", "", (CODE,)),
            ("Tờ khai thay đổi thông tin cư trú", "CT99", "", (CODE,)),
        ],
    )
    def test_example_of_this_form(self, cases, name, number, issued_by, procedures):
        paper = record(
            "Tờ khai thay đổi thông tin cư trú theo Thông tư số 53/2025/TT-BCA",
            file="Mẫu CT01.docx",
        )
        example = WorkedExample(name, number, issued_by, procedures)
        assert cases("A13", paper, worked_examples=[example]) == []

    @pytest.mark.parametrize(
        ("name", "number", "issued_by"),
        [
            ("Tờ khai thay đổi thông tin cư trú", "CT02", "Thông tư 53/2025/TT-BCA"),
            ("Giấy đề nghị rà soát hộ nghèo", "Mẫu số 01", "Quyết định 24/2021/QĐ-TTg"),
            ("Đơn đề nghị", "Mẫu số 1", "Nghị định 40/2024/NĐ-CP"),
        ],
    )
    def test_example_of_another_form(self, cases, name, number, issued_by):
        paper = record(
            "Đơn đề nghị thay đổi cư trú theo Nghị định 140/2024/NĐ-CP", file="Mẫu số 01.docx"
        )
        example = WorkedExample(name, number, issued_by, ("1.000000",))
        assert cases("A13", paper, worked_examples=[example]) == ["no_example"]

    @pytest.mark.parametrize(("number", "found"), [("05-ĐK", []), ("03-ĐK", ["no_example"])])
    def test_two_forms_of_one_name_are_told_apart_by_number(self, cases, number, found):
        form = {"name": "Tờ khai đăng ký thuế", "number": number}
        paper = make_procedure(requirements=[make_requirement("Tờ khai đăng ký thuế", form=form)])
        example = WorkedExample("Tờ khai đăng ký thuế", "05-ĐK", "", (CODE,))
        assert cases("A13", paper, worked_examples=[example]) == found

    def test_procedure_without_forms(self, cases):
        assert cases("A13", record("Giấy khai sinh")) == []
