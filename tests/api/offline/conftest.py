from datetime import date

import pytest

from knowledge_base.answer import load_texts
from knowledge_base.catalogue import Catalogue, load_catalogue

TODAY = date(2026, 11, 23)
ADDRESS = "https://motcua.example/thu-tuc/{code}"


@pytest.fixture(scope="session")
def texts():
    return load_texts()


@pytest.fixture(scope="session")
def whole(tmp_path_factory):
    """What a fresh clone knows: the guidance files and the national index."""
    return load_catalogue(tmp_path_factory.mktemp("catalogue"))


@pytest.fixture(scope="session")
def birth(whole):
    """A catalogue of one procedure with questions."""
    return Catalogue([whole.get("1.001193")])
