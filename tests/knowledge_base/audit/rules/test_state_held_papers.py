import pytest

from tests.factories import make_procedure, make_requirement


def record(name, **parts):
    return make_procedure(requirements=[make_requirement(name, **parts)])


@pytest.mark.parametrize(
    "name",
    [
        "Giấy khai sinh",
        "- Bản sao có chứng thực Giấy chứng nhận kết hôn;",
        "b) Bản sao Giấy chứng nhận đăng ký doanh nghiệp hoặc Quyết định thành lập",
        "+ Phiếu lý lịch tư pháp được cấp không quá 06 tháng",
        "Chứng minh nhân dân hoặc căn cước công dân hoặc hộ chiếu",
    ],
)
def test_paper_that_the_state_holds(cases, name):
    assert cases("A07", record(name)) == ["state_held"]


@pytest.mark.parametrize(
    "name",
    [
        "Đơn đề nghị cấp lại Giấy khai sinh",
        "Giấy khai sinh, trừ khi khai thác được trong cơ sở dữ liệu hộ tịch điện tử",
        "Giấy khai sinh do cơ quan có thẩm quyền nước ngoài cấp",
        "Giấy phép lái xe quân sự do Bộ Quốc phòng cấp",
        "Giấy chứng nhận sức khỏe do cơ sở y tế giám định sức khỏe hàng không cấp",
        "Thẻ bảo hiểm y tế cũ",
    ],
)
def test_paper_that_may_be_asked_for(cases, name):
    assert cases("A07", record(name)) == []


def test_note_of_the_dossier_asks_for_nothing(cases):
    assert cases("A07", record("Giấy khai sinh", group="note")) == []


def test_requirement_that_says_when_it_is_waived(cases):
    assert cases("A07", record("Giấy khai sinh", may_be_waived="Đã có trong dữ liệu.")) == []


def test_paper_that_the_procedure_itself_issues(cases):
    paper = make_requirement("Giấy phép lái xe")
    assert cases("A07", make_procedure(name="Cấp lại giấy phép lái xe", requirements=[paper])) == []


def test_procedure_of_foreigners(cases):
    paper = make_requirement("Phiếu lý lịch tư pháp")
    record = make_procedure(name="Cấp thẻ thường trú cho người nước ngoài", requirements=[paper])
    assert cases("A07", record) == []
