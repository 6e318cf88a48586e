import pytest

from dossiers.agencies import load_agencies
from dossiers.errors import DossierDataError


@pytest.mark.parametrize(
    ("root", "name"), [("H05", "Bắc Ninh"), ("G15", "Bộ Tư pháp"), ("H02", None), ("H99", None)]
)
def test_only_checked_names_are_shown(root, name):
    assert load_agencies().name_to_show(root) == name


def test_a_former_root_leads_to_the_present_one():
    assert load_agencies().present_root("H02") == "H05"
    assert load_agencies().present_root("H15") == "H15"
    assert load_agencies().present_root("H99") == "H99"


def test_a_wrong_file_is_refused(tmp_path):
    path = tmp_path / "agencies.yml"
    path.write_text("H05: {ten: Bắc Ninh}", "utf-8")
    with pytest.raises(DossierDataError, match="agencies.yml"):
        load_agencies(path)
