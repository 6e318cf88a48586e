import io
import zipfile

import pytest

from knowledge_base.forms import FORMS_FOLDER, load_forms
from knowledge_base.forms.make_templates import HAND_MADE, build_template

FORMS = [form for form in load_forms() if form.id not in HAND_MADE]


def body(blob):
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        return archive.read("word/document.xml")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_template_follows_its_form(form):
    committed = (FORMS_FOLDER / form.id / "template.docx").read_bytes()
    assert body(committed) == body(build_template(form)), (
        "run python -m knowledge_base.forms.make_templates"
    )


def test_template_is_the_same_every_time():
    assert build_template(FORMS[0]) == build_template(FORMS[0])
