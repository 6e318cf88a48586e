"""Both kinds of document: what was typed comes out as it was typed, and nothing else happens."""

import io

import pytest

from knowledge_base.forms import (
    AnswersError,
    FieldType,
    RenderingError,
    check_answers,
    check_field,
    load_forms,
)
from knowledge_base.forms.rendering import (
    blank_sheet,
    example_sheet,
    filled_sheet,
    render_docx,
    render_pdf,
)
from tests.knowledge_base.forms.conftest import TODAY

FORMS = list(load_forms())
IDS = [form.id for form in FORMS]
HOSTILE = "{{7*7}} {% raw %} <script>alert(1)</script> &amp; & \" ' ${x} <w:p/>"


def pdf_of(sheet):
    try:
        return render_pdf(sheet)
    except RenderingError as error:
        pytest.skip(str(error))


def squeezed(text):
    return "".join(text.split())


@pytest.mark.parametrize("form", FORMS, ids=IDS)
def test_every_form_renders_blank_and_with_its_examples_to_docx(form, docx_text):
    assert form.name.upper() in docx_text(render_docx(blank_sheet(form)))
    for example in form.examples:
        sheet = example_sheet(form, example, today=TODAY)
        text = docx_text(render_docx(sheet))
        for line in sheet.lines.values():
            assert line.value in text
            assert all(cell in text for row in line.rows for cell in row.values())
        assert all(note in text for note in example.notes.values())
        assert all(fault.message in text for fault in example.faults)
        assert "{{" not in text
        assert "{%" not in text


def check_pdfs(form, pdf_text):
    for example in form.examples:
        sheet = example_sheet(form, example, today=TODAY)
        text = pdf_text(pdf_of(sheet))
        assert squeezed(form.name.upper()) in text
        for line in sheet.lines.values():
            assert squeezed(line.value) in text
        assert all(squeezed(note) in text for note in example.notes.values())
        assert all(squeezed(fault.message) in text for fault in example.faults)


@pytest.mark.parametrize("form_id", ["khai-sinh", "ct01", "tam-tru-nguoi-nuoc-ngoai"])
def test_form_renders_to_pdf(library, form_id, pdf_text):
    check_pdfs(library.get(form_id), pdf_text)


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS, ids=IDS)
def test_every_form_renders_to_pdf(form, pdf_text):
    check_pdfs(form, pdf_text)


def test_blank_pdf_explains_every_field(birth, pdf_text):
    text = pdf_text(pdf_of(blank_sheet(birth)))
    for field in birth.fields:
        if field.type.fillable:
            assert squeezed(field.explain) in text
            assert all(squeezed(mistake) in text for mistake in field.mistakes)


@pytest.mark.parametrize("form", FORMS, ids=IDS)
def test_every_sheet_says_that_it_is_a_reference_and_what_is_unchecked(form, docx_text):
    text = docx_text(render_docx(blank_sheet(form)))
    assert "BẢN THAM KHẢO – ĐỐI CHIẾU MẪU CHÍNH THỨC" in text
    assert text.count("(*)") == len(form.unchecked) + bool(form.unchecked)


def test_example_says_that_nobody_is_real(birth, docx_text):
    right, wrong = birth.examples[0], birth.examples[-1]
    mark = "VÍ DỤ – người, số và địa danh đều không có thật"
    assert mark in docx_text(render_docx(example_sheet(birth, right, today=TODAY)))
    text = docx_text(render_docx(example_sheet(birth, wrong, today=TODAY)))
    assert mark in text
    assert "VÍ DỤ SAI" in text
    assert wrong.explanation in text


def test_hostile_text_comes_out_as_plain_text(birth, birth_answers, docx_text, pdf_text):
    birth_answers["marriage_place"] = HOSTILE
    sheet = filled_sheet(check_answers(birth, birth_answers, today=TODAY))
    assert HOSTILE in docx_text(render_docx(sheet))
    assert squeezed(HOSTILE) in pdf_text(pdf_of(sheet))


@pytest.mark.parametrize("form", FORMS, ids=IDS)
def test_hostile_text_in_any_field_is_plain_text_or_refused(form, docx_text):
    given = dict(form.examples[0].values)
    lines = [field.id for field in form.fields if field.type == FieldType.TEXT]
    hostile = {name: f"{HOSTILE} {number}" for number, name in enumerate(lines)}
    refused = check_answers(form, {**given, **hostile}, today=TODAY).faults
    assert all(fault.message.startswith(("Dài quá", "Chưa đúng dạng")) for fault in refused)
    for fault in refused:
        del hostile[fault.field]
    assert hostile
    answers = check_answers(form, {**given, **hostile}, today=TODAY)
    text = docx_text(render_docx(filled_sheet(answers)))
    assert all(value in text for value in hostile.values())


@pytest.mark.parametrize("form", FORMS, ids=IDS)
def test_ten_thousand_letters_are_refused_and_direction_marks_are_dropped(form):
    for field in form.fields:
        if field.type.fillable and field.type != FieldType.TABLE and not field.words_of:
            _, faults = check_field(field, "a" * 10_000, today=TODAY)
            assert faults, field.id
    name = next(field for field in form.fields if field.type in (FieldType.NAME, FieldType.TEXT))
    value, faults = check_field(name, "Nguyễn \u202eVăn\u2066 Mẫu\u200b", today=TODAY)
    assert (value, faults) == ("Nguyễn Văn Mẫu", [])


def test_hostile_text_in_a_table_comes_out_as_plain_text(library, docx_text):
    form = library.get("ct01")
    answers = dict(form.examples[0].values)
    answers["members"] = [{**answers["members"][0], "relation": "{{7*7}} <b>&</b>"}]
    sheet = filled_sheet(check_answers(form, answers, today=TODAY))
    assert "{{7*7}} <b>&</b>" in docx_text(render_docx(sheet))


def test_bidi_marks_do_not_reach_the_paper(birth, birth_answers, docx_text):
    birth_answers["marriage_place"] = "Ủy ban \u202enhân dân\u202c xã\u2066 Hòa Mẫu"
    sheet = filled_sheet(check_answers(birth, birth_answers, today=TODAY))
    text = docx_text(render_docx(sheet))
    assert "Ủy ban nhân dân xã Hòa Mẫu" in text
    assert not any(mark in text for mark in "\u202e\u202c\u2066")


def test_ten_thousand_letters_are_refused(birth, birth_answers):
    birth_answers["marriage_place"] = "a" * 10_000
    answers = check_answers(birth, birth_answers, today=TODAY)
    with pytest.raises(AnswersError, match="nhiều nhất 300 ký tự"):
        filled_sheet(answers)


def test_longest_word_stays_on_the_page(birth, birth_answers, pdf_text):
    birth_answers["marriage_place"] = "W" * 300
    sheet = filled_sheet(check_answers(birth, birth_answers, today=TODAY))
    assert "W" * 300 in pdf_text(pdf_of(sheet))


def test_every_vietnamese_letter_comes_out(birth, birth_answers, docx_text, pdf_text):
    letters = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    birth_answers["marriage_place"] = letters + letters.upper()
    sheet = filled_sheet(check_answers(birth, birth_answers, today=TODAY))
    assert letters + letters.upper() in docx_text(render_docx(sheet))
    assert letters + letters.upper() in pdf_text(pdf_of(sheet))


@pytest.mark.parametrize("form", FORMS, ids=IDS)
def test_no_declaration_and_no_signature_is_filled(form):
    for example in form.examples:
        sheet = example_sheet(form, example, today=TODAY)
        by_hand = [line for line in sheet.lines.values() if not line.field.type.fillable]
        assert by_hand
        assert all(not line.value and not line.rows for line in by_hand)


def test_pdf_is_tagged_and_vietnamese(birth):
    pdf = pdf_of(blank_sheet(birth))
    pypdf = pytest.importorskip("pypdf")
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "vi"
    assert reader.metadata.title == birth.name
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_form_without_a_template_says_how_to_make_it(birth, tmp_path):
    with pytest.raises(RenderingError, match=r"template\.docx"):
        render_docx(blank_sheet(birth), tmp_path)
