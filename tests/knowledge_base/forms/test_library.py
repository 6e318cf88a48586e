import shutil

import pytest

from knowledge_base.forms import (
    FORMS_FOLDER,
    FormFileError,
    UnknownExampleError,
    UnknownFormError,
    find_example,
    load_form,
    load_forms,
)
from knowledge_base.guidance import load_guidance_folder


@pytest.fixture
def copy(tmp_path):
    """A form to spoil: replaces text of one of its files, and reads it."""
    shutil.copytree(FORMS_FOLDER / "khai-sinh", tmp_path / "khai-sinh")

    def spoil(old, new, name="form.yml"):
        path = tmp_path / "khai-sinh" / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        with pytest.raises(FormFileError) as caught:
            load_form(tmp_path / "khai-sinh")
        return [(problem.line, str(problem)) for problem in caught.value.problems]

    return spoil


def test_every_form_says_that_it_is_a_reference(library):
    assert len(library) >= 32
    for form in library:
        assert form.mark == "bản tham khảo – đối chiếu mẫu chính thức"
        assert form.official_url.startswith("https://dichvucong.gov.vn/thu-tuc-hanh-chinh/")
        assert form.basis


def test_form_is_found_by_id_number_and_name(library):
    form = library.get("ct01")
    assert library.get("CT01") is form
    assert library.get("tờ khai thay đổi thông tin cư trú") is form


def test_forms_are_found_by_procedure(library):
    assert [form.id for form in library.for_procedure("1.001193")] == ["khai-sinh"]
    assert library.for_procedure("9.999999") == []


def test_guidance_names_the_form_of_each_of_its_procedures(library):
    guidance = {entry.code: entry for entry in load_guidance_folder()}
    for form in library:
        for code in form.procedures:
            named = [part.form for part in guidance[code].requirements if part.form]
            references = [*named, *guidance[code].forms]
            assert form.name in {reference.name for reference in references}, (form.id, code)


def test_form_names_every_procedure_whose_guidance_names_it(library):
    known = {form.name: form for form in library}
    for entry in load_guidance_folder():
        for part in entry.requirements:
            if (
                part.form
                and part.form.name in known
                and part.form.number == known[part.form.name].number
            ):
                assert entry.code in known[part.form.name].procedures


def test_unknown_form_names_the_known_ones(library):
    with pytest.raises(UnknownFormError, match="khai-sinh"):
        library.get("khai-sinh-2")


def test_unknown_example_names_the_known_ones(birth):
    with pytest.raises(UnknownExampleError, match="me-don-than"):
        find_example(birth, "bogus")


def test_fields_taken_over_may_be_changed(birth):
    labels = {field.id: field.label for field in birth.fields}
    assert labels["applicant_relation"] == "Quan hệ với người được khai sinh"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: Tờ khai", "nam: Tờ khai", "name: thiếu trường bắt buộc"),
        ("checked_on: 2026-11-23", "checked_on: hôm qua", "cần ngày dạng năm-tháng-ngày"),
        ("mark: bản tham khảo", "mark: bản chính thức", "mark: phải ghi đúng"),
        ("official_url: https", "official_url: http", "official_url: không đúng dạng"),
        ("type: date_words", "type: datewords", "chỉ nhận một trong"),
        ("words_of: child_birth_date", "words_of: child_name", "đọc từ một mục ngày"),
        ("use: gender", "use: sex", "không có mục chung «sex»"),
        ("id: khai-sinh", "id: khai-tu", "phải trùng tên thư mục"),
        ("fields: [mother_name,", "fields: [bogus,", "mục không có: bogus"),
        ("id: mother_name", "id: father_name", "trùng id: father_name"),
        ("kind: any_of", "kind: any_of\n    kind: order", "ghi hai lần"),
        ("sections:\n", "sections: [\n", "không phải YAML hợp lệ"),
    ],
)
def test_fault_of_a_form_file_is_told_in_vietnamese(copy, old, new, said):
    problems = copy(old, new)
    assert any(said in text for _, text in problems), problems


def test_fault_is_told_with_its_line(copy):
    (line, text), *_ = copy("official_url: https", "official_url: http")
    lines = (FORMS_FOLDER / "khai-sinh" / "form.yml").read_text("utf-8").splitlines()
    assert lines[line - 1].startswith("official_url")
    assert f"form.yml:{line}:" in text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("child_gender: Nữ", "child_sex: Nữ", "mục không có: child_sex"),
        ("like: cha-me-da-ket-hon", "like: bogus", "không có ví dụ «bogus» đứng trước"),
        ("  kind: wrong\n", "", "ví dụ sai cần faults và explanation"),
        ("id: me-don-than", "id: cha-me-da-ket-hon", "trùng id"),
    ],
)
def test_fault_of_an_example_is_told(copy, old, new, said):
    problems = copy(old, new, "examples.yml")
    assert any(said in text for _, text in problems), problems


def test_every_wrong_file_is_reported_at_once(tmp_path):
    shutil.copy(FORMS_FOLDER / "common_fields.yml", tmp_path)
    for name in ("khai-sinh", "ct01"):
        shutil.copytree(FORMS_FOLDER / name, tmp_path / name)
        (tmp_path / name / "form.yml").write_text("id: x\n", "utf-8")
    with pytest.raises(FormFileError) as caught:
        load_forms(tmp_path)
    assert {problem.path.parent.name for problem in caught.value.problems} == {"khai-sinh", "ct01"}


@pytest.mark.parametrize("blob", [b"\xff\xfe", b"id: \x01", b"- 1\n", b""])
def test_file_that_is_no_form_is_refused(tmp_path, blob):
    folder = tmp_path / "khai-sinh"
    folder.mkdir()
    (folder / "form.yml").write_bytes(blob)
    with pytest.raises(FormFileError):
        load_form(folder)
