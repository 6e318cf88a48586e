from datetime import date

import pytest

from knowledge_base.answer import AnswerComposer, load_texts


@pytest.fixture(scope="package")
def texts():
    return load_texts()


@pytest.fixture(scope="package")
def composer(texts):
    return AnswerComposer(texts, today=lambda: date(2026, 11, 23))
