"""Every fault is told with file, line and field, in words for an editor who is no programmer."""

import json

import jsonschema
import pytest
import yaml

from knowledge_base.errors import GuidanceError
from knowledge_base.guidance import guidance_schema, load_guidance, load_guidance_folder
from tests.factories import guidance_data

FILE = """\
# Viết thử để kiểm tra.
code: "1.999001"
name: Cấp giấy phép nuôi rồng
official_name: Thủ tục cấp giấy phép nuôi rồng
field: Chăn nuôi
levels: [commune]
summary: Xin phép nuôi một con rồng trong vườn.
needed_when:
  - Bạn muốn nuôi rồng.
questions:
  - id: size
    ask: Rồng của bạn lớn chừng nào?
    options:
      - {id: small, label: Nhỏ}
      - {id: big, label: Lớn}
requirements:
  - id: application
    name: Đơn đề nghị nuôi rồng
    originals: 1
  - id: fence
    name: Bản vẽ hàng rào
    copies: 2
    when: {size: big}
steps:
  - {who: Bạn, text: Nộp đơn.}
  - text: Nhận giấy phép.
offices:
  - {level: commune, name: Bộ phận một cửa cấp xã}
channels:
  - channel: counter
    time: {quantity: 5, unit: working_day}
    fee: Miễn phí
results:
  - name: Giấy phép nuôi rồng
legal_basis:
  - number: 1/2026/NĐ-CP
mistakes:
  - Quên ký.
  - Quên ảnh.
  - Nộp nhầm nơi.
sources:
  - kind: guidance
    decision: 12/QĐ-BTP
    url: https://dichvucong.gov.vn/bia-dat
    checked_on: 2026-11-23
"""


@pytest.fixture
def write(tmp_path):
    def write(text=FILE, name="1.999001.yml"):
        path = tmp_path / "chan-nuoi" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return write


@pytest.fixture
def problems(write):
    """The faults of the sound file with `old` replaced by `new`."""

    def problems(old, new):
        assert FILE.count(old) == 1, "name a place that is there once"
        path = write(FILE.replace(old, new))
        with pytest.raises(GuidanceError) as caught:
            load_guidance(path)
        assert {problem.path for problem in caught.value.problems} == {path}
        return caught.value.problems

    return problems


def line_of(text):
    """The line on which `text` stands in the sound file."""
    return FILE[: FILE.index(text)].count("\n") + 1


def test_a_sound_file_is_read_with_all_its_parts(write):
    guidance = load_guidance(write())
    assert guidance.code == "1.999001"
    assert [paper.id for paper in guidance.requirements] == ["application", "fence"]
    assert guidance.channels[0].time.quantity == 5
    assert guidance.source.checked_on.isoformat() == "2026-11-23"


@pytest.mark.parametrize(
    ("old", "new", "at", "field", "message"),
    [
        ("field: Chăn nuôi\n", "", "code:", "field", "thiếu trường bắt buộc"),
        ("    name: Bản vẽ hàng rào\n", "", "id: fence", "requirements.1.name", "thiếu trường"),
        ("summary:", "sumary:", "summary:", "sumary", "không có trường này trong mẫu"),
        ("copies: 2", "copy: 2", "copies: 2", "requirements.1.copy", "không có trường này"),
        ("copies: 2", "copies: hai", "copies: 2", "requirements.1.copies", "cần một số nguyên"),
        ("copies: 2", "copies: 1.5", "copies: 2", "requirements.1.copies", "cần một số nguyên"),
        ("copies: 2", "copies: -1", "copies: 2", "requirements.1.copies", "phải từ 0 trở lên"),
        ("quantity: 5", "quantity: 0", "quantity: 5", "channels.0.time.quantity", "lớn hơn 0"),
        ("quantity: 5", "quantity: năm", "quantity: 5", "channels.0.time.quantity", "cần một số"),
        ("unit: working_day", "unit: tuần", "unit:", "channels.0.time.unit", "chỉ nhận một trong"),
        ("[commune]", "[xã]", "[commune]", "levels.0", "chỉ nhận một trong: 'commune'"),
        ("[commune]", "commune", "levels:", "levels", "cần một danh sách"),
        ("[commune]", "[]", "levels:", "levels", "cần ít nhất 1 mục, mới có 0"),
        ("  - Nộp nhầm nơi.\n", "", "mistakes:", "mistakes", "cần ít nhất 3 mục, mới có 2"),
        (
            "  - Nộp nhầm nơi.\n",
            "  - a\n  - b\n  - c\n  - d\n",
            "mistakes:",
            "mistakes",
            "nhiều nhất 5 mục, đang có 6",
        ),
        ("name: Bản vẽ hàng rào", "name: [7]", "name: Bản", "requirements.1.name", "một đoạn chữ"),
        ("name: Bản vẽ hàng rào", "name: ''", "name: Bản", "requirements.1.name", "để trống"),
        ("https://dichvucong.gov.vn/bia-dat", "dichvucong", "url:", "sources.0.url", "đúng dạng"),
        ("2026-11-23", "hôm qua", "checked_on:", "sources.0.checked_on", "ví dụ 2026-11-23"),
        ("2026-11-23", "2026-02-30", "checked_on:", "sources.0.checked_on", "ví dụ 2026-11-23"),
        ("2026-11-23", "20261123", "checked_on:", "sources.0.checked_on", "ví dụ 2026-11-23"),
        ("{quantity: 5, unit: working_day}", "5 ngày", "time:", "channels.0.time", "một nhóm"),
        ("when: {size: big}", "when: lớn", "when: {size", "requirements.1.when.0", "một nhóm"),
        ("when: {size: big}", "when: {}", "when: {size", "requirements.1.when", "điều kiện rỗng"),
        (
            "{id: big, label: Lớn}",
            "{id: small, label: Lớn}",
            "options:",
            "questions.0.options",
            "trùng mã",
        ),
        ("  - text: Nhận", "  - 1: Nhận", "- text: Nhận", "steps.1.1", "không có trường này"),
    ],
)
def test_a_fault_is_told_with_its_line_and_field(problems, old, new, at, field, message):
    found = [problem for problem in problems(old, new) if problem.field == field]
    assert len(found) == 1
    assert found[0].line == line_of(at)
    assert message in found[0].message


@pytest.mark.parametrize(
    ("old", "new", "at", "field", "message"),
    [
        (
            "when: {size: big}",
            "when: {size: huge}",
            "requirements:",
            "requirements «Bản vẽ hàng rào»",
            "điều kiện nhắc tới lựa chọn không có: size: huge",
        ),
        ("    when: {size: big}\n", "", "questions:", "questions", "không làm thay đổi gì: size"),
        ("id: fence", "id: application", "requirements:", "requirements", "không trùng nhau"),
        ("    fee: Miễn phí\n", "", "channels:", "channels", "phải ghi fee"),
        ("    decision: 12/QĐ-BTP\n", "", "sources:", "sources", "phải có decision"),
    ],
)
def test_a_fault_between_parts_is_told_at_the_part_it_speaks_of(
    problems, old, new, at, field, message
):
    (problem,) = problems(old, new)
    assert (problem.line, problem.field) == (line_of(at), field)
    assert message in problem.message


@pytest.mark.parametrize(
    ("old", "new", "at", "field"),
    [
        ("field: Chăn nuôi", "name: Chăn nuôi", "field:", "name"),
        ("    copies: 2", "    name: Khác", "copies:", "requirements.name"),
        ("{quantity: 5,", "{unit: day,", "quantity: 5", "channels.time.unit"),
    ],
)
def test_a_part_given_twice_is_refused(problems, old, new, at, field):
    (problem,) = problems(old, new)
    assert (problem.line, problem.field, problem.message) == (line_of(at), field, "ghi hai lần")


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("name: Cấp giấy phép nuôi rồng\n", "name: Cấp: giấy phép\n", "name: Cấp"),
        ("levels: [commune]", "levels: [commune", "summary:"),
        ("field: Chăn nuôi", "field: !bí_mật x", "field:"),
        ("field: Chăn nuôi", "field: Chăn \x07nuôi", "field:"),
        ("field: Chăn nuôi", "field: *không_có", "field:"),
    ],
)
def test_a_file_that_is_no_yaml_is_told_with_its_line(problems, old, new, at):
    (problem,) = problems(old, new)
    assert (problem.line, problem.field) == (line_of(at), "YAML")


def test_a_group_in_place_of_a_name_is_refused(problems):
    (problem,) = problems("field: Chăn nuôi", "{{ field }}: Chăn nuôi")
    assert (problem.line, problem.message) == (line_of("field:"), "tên trường phải là chữ")


@pytest.mark.parametrize("text", ["", "- một\n- hai\n", "chỉ có chữ"])
def test_a_file_without_named_parts_is_refused(write, text):
    with pytest.raises(GuidanceError, match="phải là một nhóm «tên: giá trị»"):
        load_guidance(write(text))


def test_a_file_in_another_encoding_is_refused(write):
    path = write()
    path.write_bytes(FILE.encode("utf-16"))
    with pytest.raises(GuidanceError, match="phải lưu bằng UTF-8"):
        load_guidance(path)


def test_a_file_named_after_another_code_is_refused(write):
    with pytest.raises(GuidanceError, match=r"mã 1\.999001 khác tên tệp 1\.999002\.yml"):
        load_guidance(write(name="1.999002.yml"))


def test_all_faults_of_a_file_are_told_at_once(write):
    text = FILE.replace("copies: 2", "copies: hai").replace("fee: Miễn phí", "phí: Miễn phí")
    with pytest.raises(GuidanceError) as caught:
        load_guidance(write(text))
    assert [problem.field for problem in caught.value.problems] == [
        "requirements.1.copies",
        "channels.0.phí",
    ]
    assert len(str(caught.value).splitlines()) == 2


def test_a_folder_is_read_in_the_order_of_codes(tmp_path):
    for folder, code in (("b", "1.000002"), ("a", "2.000001"), ("a", "1.000001")):
        path = tmp_path / folder / f"{code}.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(FILE.replace("1.999001", code), "utf-8")
    (tmp_path / "notes.txt").write_text("không phải hướng dẫn", "utf-8")
    codes = [guidance.code for guidance in load_guidance_folder(tmp_path)]
    assert codes == ["1.000001", "1.000002", "2.000001"]


def test_the_faults_of_all_files_of_a_folder_are_told_together(tmp_path, write):
    write(FILE.replace("copies: 2", "copies: hai"))
    write(FILE.replace("summary", "sumary"), name="1.999002.yml")
    with pytest.raises(GuidanceError) as caught:
        load_guidance_folder(tmp_path)
    assert {problem.path.name for problem in caught.value.problems} == {
        "1.999001.yml",
        "1.999002.yml",
    }


def test_a_code_that_stands_in_two_files_is_refused(tmp_path, write):
    write()
    other = tmp_path / "khac" / "1.999001.yml"
    other.parent.mkdir()
    other.write_text(FILE, "utf-8")
    with pytest.raises(GuidanceError, match=r"mã đã có ở .*chan-nuoi"):
        load_guidance_folder(tmp_path)


def test_the_schema_for_editors_accepts_what_is_accepted_here():
    validator = jsonschema.Draft202012Validator(json.loads(guidance_schema()))
    validator.validate(guidance_data())
    # YAML hands dates over as dates; an editor checks the text.
    validator.validate(json.loads(json.dumps(yaml.safe_load(FILE), default=str)))


@pytest.mark.parametrize(
    "parts",
    [
        {"levels": ["xã"]},
        {"le_phi": "Miễn phí"},
        {"summary": None},
        {"requirements": [{"id": "x", "name": "Đơn", "when": "lớn"}]},
    ],
)
def test_the_schema_for_editors_refuses_what_is_refused_here(parts):
    validator = jsonschema.Draft202012Validator(json.loads(guidance_schema()))
    assert not validator.is_valid(guidance_data(**parts))


def test_what_looks_like_a_number_stays_as_it_is_written(write):
    path = write(FILE.replace("name: Bản vẽ hàng rào", "name: 0012"))
    assert load_guidance(path).requirements[1].name == "0012"
