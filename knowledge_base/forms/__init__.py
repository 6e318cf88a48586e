"""The form library: what each form asks, how it is filled, checked and printed.

Every form is a reference copy («bản tham khảo – đối chiếu mẫu chính thức»), never the official
paper. The people of the examples are invented, and so that no number of theirs can be anybody's:

* an identity number begins with 000. The first three digits are the code of the place of birth,
  and the codes begin with 001; the other digits are made as in a real one (sex and century, year
  of birth, six digits);
* a phone number begins with 0000: no subscriber number begins with two zeros;
* an e-mail address ends in `.example`, a domain that nobody can own (RFC 2606);
* places are «xã Hòa Mẫu, tỉnh Ví Dụ», which do not exist; numbers of papers end in «MẪU».
"""

from __future__ import annotations

from knowledge_base.errors import RenderingError
from knowledge_base.forms.errors import (
    AnswersError,
    Fault,
    FormError,
    FormFileError,
    UnknownExampleError,
    UnknownFormError,
)
from knowledge_base.forms.library import (
    FORMS_FOLDER,
    FormLibrary,
    find_example,
    load_form,
    load_forms,
    shipped_forms,
)
from knowledge_base.forms.model import Example, ExampleKind, Field, FieldType, Form, Section, Value
from knowledge_base.forms.validation import Answers, check_answers, check_field
from knowledge_base.forms.words import date_in_words

__all__ = [
    "FORMS_FOLDER",
    "Answers",
    "AnswersError",
    "Example",
    "ExampleKind",
    "Fault",
    "Field",
    "FieldType",
    "Form",
    "FormError",
    "FormFileError",
    "FormLibrary",
    "RenderingError",
    "Section",
    "UnknownExampleError",
    "UnknownFormError",
    "Value",
    "check_answers",
    "check_field",
    "date_in_words",
    "find_example",
    "load_form",
    "load_forms",
    "shipped_forms",
]
