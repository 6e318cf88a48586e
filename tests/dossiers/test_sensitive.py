import pytest

from dossiers.errors import DossierDataError
from dossiers.sensitive import SensitiveProcedures, load_sensitive


@pytest.mark.parametrize(
    "name",
    [
        "Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam",
        "Đăng ký khai tử",
        "ĐĂNG KÝ LẠI VIỆC NUÔI CON NUÔI TRONG NƯỚC",
        "Điều trị HIV/AIDS",
        "Giải quyết tố cáo tại cấp xã",
        "Ghi vào Sổ hộ tịch việc ly hôn",
        "Dang ky khai tu",
    ],
)
def test_sensitive_names_are_known(name):
    assert load_sensitive().covers(code=None, name=name, field="Hộ tịch")


@pytest.mark.parametrize("name", ["Đăng ký khai sinh", "Cấp giấy phép xây dựng", "Đăng ký kết hôn"])
def test_ordinary_names_are_not(name):
    assert not load_sensitive().covers(code="1.001193", name=name, field="Hộ tịch")


def test_a_sensitive_field_is_enough():
    assert load_sensitive().covers(code=None, name=None, field="Lý lịch tư pháp")


def test_a_procedure_of_which_nothing_is_known_is_taken_to_be_sensitive():
    assert load_sensitive().covers(code="1.001193", name=None, field=None)


def test_a_code_may_be_listed():
    listed = SensitiveProcedures([], ["1.000656"])
    assert listed.covers(code="1.000656.000.00.00.H05", name="x", field="y")
    assert not listed.covers(code="1.0006561", name="x", field="y")


@pytest.mark.parametrize("content", ["[]", "words: []", "words: [1]\ncodes: []"])
def test_a_wrong_file_is_refused(tmp_path, content):
    path = tmp_path / "list.yml"
    path.write_text(content, "utf-8")
    with pytest.raises(DossierDataError, match="list.yml"):
        load_sensitive(path)
