"""Which form of the library a paper of a procedure names."""

import pytest

from knowledge_base.forms import FORMS_FOLDER, FormLibrary, shipped_forms
from knowledge_base.guidance import load_guidance_folder
from knowledge_base.procedure import FormReference


@pytest.fixture
def tax_forms(birth):
    def numbered(form_id, number):
        parts = {"id": form_id, "name": "Tờ khai thuế", "number": number}
        return birth.model_copy(update={**parts, "procedures": ["1.000001"]})

    return FormLibrary([numbered("five", "05-ĐK"), numbered("three", "03-ĐK/79"), birth])


@pytest.mark.parametrize(
    ("name", "number", "found"),
    [
        ("Tờ khai thuế", "05-ĐK", "five"),
        ("TỜ KHAI THUẾ", "03-đk/79", "three"),
        ("Tờ khai thuế", "03-ĐK", "three"),
        ("Tờ khai thuế", "Mẫu 05-ĐK hoặc 20-ĐK", "five"),
        ("Tờ khai thuế", "105-ĐK", None),
        ("Tờ khai thuế", "05-ĐKX", None),
        ("Tờ khai", "05-ĐK", None),
        ("Tờ khai đăng ký khai sinh", None, None),
    ],
)
def test_name_and_number_must_both_fit(tax_forms, name, number, found):
    reference = FormReference(name=name, number=number)
    form = tax_forms.of_reference("1.000001", reference)
    assert (form and form.id) == found


def test_form_of_another_procedure_is_not_offered(tax_forms):
    reference = FormReference(name="Tờ khai thuế", number="05-ĐK")
    assert tax_forms.of_reference("1.000002", reference) is None


def test_every_form_is_offered_by_each_of_its_procedures():
    guidance = {entry.code: entry for entry in load_guidance_folder()}
    for form in shipped_forms():
        for code in form.procedures:
            entry = guidance[code]
            named = [part.form for part in entry.requirements if part.form]
            found = [
                shipped_forms().of_reference(code, reference)
                for reference in [*named, *entry.forms]
            ]
            assert form in found, (form.id, code)


def test_forms_are_read_once():
    assert shipped_forms() is shipped_forms()
    assert len(shipped_forms()) == len(list(FORMS_FOLDER.glob("*/form.yml")))
