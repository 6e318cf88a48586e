from knowledge_base.places import load_offices
from knowledge_base.places.offices import OFFICES_FILE

HEADER = "xã,tỉnh,cơ quan,địa chỉ"


def test_import_replaces_the_offices_of_its_provinces_alone(motcua, data, tmp_path):
    table = tmp_path / "noi.csv"
    for lines in (
        ["Phường Hồng Hà,Hà Nội,Một cửa Hồng Hà,phố cũ", "Xã Mường Cơi,Sơn La,Một cửa,bản Cơi"],
        ["Phường Hồng Hà,Thành phố Hà Nội,Một cửa Hồng Hà,phố mới"],
    ):
        table.write_text("\n".join([HEADER, *lines]), "utf-8")
        assert motcua("places", "import", table).code == 0
    offices = load_offices(data / OFFICES_FILE)
    assert {office.address for office in offices} == {"bản Cơi", "phố mới"}


def test_wrong_table_is_told_and_changes_nothing(motcua, data, tmp_path):
    table = tmp_path / "noi.csv"
    table.write_text(f"{HEADER}\nXã Rồng,Tỉnh Lửa,Một cửa,Thôn 1", "utf-8")
    ended = motcua("places", "import", table)
    assert ended.code == 1
    assert "dòng 2: không có «Xã Rồng»" in ended.err
    assert load_offices(data / OFFICES_FILE) == []


def test_find_tells_what_an_old_commune_is_now(motcua):
    assert motcua("places", "find", "phường Phúc Xá", "Ba Đình").out == (
        "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội → Phường Hồng Hà, Thành phố Hà Nội\n"
    )
    assert "Không tìm thấy" in motcua("places", "find", "zzz").out
