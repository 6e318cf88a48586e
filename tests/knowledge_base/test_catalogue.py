import csv
import gzip

import pytest

from knowledge_base.catalogue import (
    Catalogue,
    load_catalogue,
    read_imported,
    read_index,
    write_imported,
    write_index,
)
from knowledge_base.errors import GuidanceError, ImportFileError, UnknownProcedureError
from knowledge_base.procedure import Detail, Level, SourceKind
from tests.factories import (
    CODE,
    PORTAL,
    make_bare,
    make_channel,
    make_guidance,
    make_procedure,
    make_requirement,
)

INDEX_HEADER = "code,official_name,field,level,agency_kind,portal_url\n"


@pytest.fixture
def write_index_file(tmp_path):
    def write(*rows, header=INDEX_HEADER):
        path = tmp_path / "index.csv"
        path.write_text(header + "".join(f"{row}\n" for row in rows), "utf-8")
        return path

    return write


@pytest.mark.parametrize("given_order", [1, -1])
def test_the_best_source_wins_whatever_the_order(given_order):
    versions = [
        make_guidance(name="Từ tệp hướng dẫn"),
        make_procedure(name="Từ bản ghi quốc gia"),
        make_bare(kind=SourceKind.LIST, name="Từ danh sách"),
        make_bare(kind=SourceKind.INDEX, name="Từ chỉ mục"),
    ][::given_order]
    ranked = sorted(versions, key=lambda version: list(SourceKind).index(version.source.kind))
    while ranked:
        assert Catalogue(versions).get(CODE).name == ranked[0].name
        versions.remove(ranked.pop(0))


def test_the_winner_keeps_the_sources_of_all():
    merged = Catalogue([make_bare(), make_procedure(), make_guidance()]).get(CODE)
    assert [source.kind for source in merged.sources] == ["guidance", "national", "index"]
    assert merged.source.kind == SourceKind.GUIDANCE


def test_a_source_given_twice_stands_once():
    merged = Catalogue([make_procedure(), make_procedure()]).get(CODE)
    assert len(merged.sources) == 1


def test_provinces_of_lists_are_marked_on_the_winner():
    lists = [
        make_bare(kind=SourceKind.LIST, provinces=["Lạng Sơn"], note="a"),
        make_bare(kind=SourceKind.LIST, provinces=["Lâm Đồng"], note="b"),
        make_bare(kind=SourceKind.LIST, provinces=["Lạng Sơn"], note="c"),
    ]
    merged = Catalogue([*lists, make_procedure()]).get(CODE)
    assert merged.provinces == ["Lạng Sơn", "Lâm Đồng"]
    assert merged.detail == Detail.FULL


def test_agencies_come_from_a_weaker_source_only_where_the_winner_has_none():
    listed = make_bare(kind=SourceKind.LIST, agencies=["Công an cấp xã"])
    assert Catalogue([make_procedure(), listed]).get(CODE).agencies == ["Công an cấp xã"]
    own = make_procedure(agencies=["Bộ phận một cửa"])
    assert Catalogue([own, listed]).get(CODE).agencies == ["Bộ phận một cửa"]


def test_a_guidance_file_takes_no_agencies_from_the_record_it_replaces():
    record = make_procedure(agencies=["Ủy ban nhân dân thị trấn"])
    assert Catalogue([make_guidance(), record]).get(CODE).agencies == []


def test_facts_of_a_weaker_source_are_not_mixed_in():
    record = make_procedure(mistakes=[], conditions=["Có vườn rộng"])
    assert Catalogue([make_guidance(), record]).get(CODE).conditions == []


@pytest.mark.parametrize("code", [CODE, f" {CODE} ", f"{CODE}.000.00.00.H36", f"{CODE}.H37"])
def test_a_local_suffix_is_ignored_when_a_code_is_looked_up(code):
    assert Catalogue([make_procedure()]).get(code).code == CODE


def test_a_local_code_is_found_whole():
    catalogue = Catalogue([make_bare("CCCX_01.2")])
    assert catalogue.get("CCCX_01.2").code == "CCCX_01.2"
    assert catalogue.find("CCCX_01") is None


def test_an_unknown_code_is_named():
    catalogue = Catalogue([make_procedure()])
    with pytest.raises(UnknownProcedureError, match=r"9\.999999"):
        catalogue.get("9.999999")
    assert catalogue.find("9.999999") is None
    assert "9.999999" not in catalogue


def test_a_catalogue_is_a_collection_in_the_order_of_codes():
    catalogue = Catalogue([make_procedure("2.000001"), make_bare("1.000001")])
    assert [procedure.code for procedure in catalogue] == ["1.000001", "2.000001"]
    assert len(catalogue) == 2
    assert "1.000001" in catalogue


def test_the_catalogue_counts_itself():
    catalogue = Catalogue(
        [
            make_procedure("1.000001", levels=["commune"]),
            make_procedure("1.000002", levels=["commune", "province"], field="Hộ tịch"),
            make_bare("1.000003"),
        ]
    )
    assert catalogue.stats() == {
        "source": {"national": 2, "index": 1},
        "level": {"commune": 1, "commune+province": 1, "chưa rõ": 1},
        "detail": {"full": 2, "bare": 1},
        "field": {"Chăn nuôi": 2, "Hộ tịch": 1},
    }


@pytest.fixture
def procedures():
    return [
        make_procedure(
            "1.000001",
            requirements=[make_requirement(originals=1, case="Cấp lần đầu")],
            channels=[make_channel("online", 5, "working_day", fee="Miễn phí")],
            raw={"trinh_tu_thuc_hien": "Nộp rồi chờ\nrồi nhận"},
        ),
        make_bare("1.000002", provinces=["Lâm Đồng"]),
    ]


def test_what_was_imported_is_read_back_unchanged(tmp_path, procedures):
    path = tmp_path / "national.jsonl.gz"
    assert write_imported(path, procedures) is True
    assert read_imported(path) == procedures


def test_importing_the_same_data_twice_changes_no_byte(tmp_path, procedures):
    path = tmp_path / "catalogue" / "national.jsonl.gz"
    write_imported(path, procedures)
    before = path.read_bytes()
    assert write_imported(path, procedures) is False
    assert path.read_bytes() == before
    other = tmp_path / "elsewhere.jsonl.gz"
    write_imported(other, procedures)
    assert other.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["national.jsonl.gz"]


def test_importing_other_data_replaces_the_file(tmp_path, procedures):
    path = tmp_path / "national.jsonl.gz"
    write_imported(path, procedures)
    assert write_imported(path, procedures[:1]) is True
    assert read_imported(path) == procedures[:1]


def damaged(data):
    return {
        "cut short": data[:-12],
        "changed within": data[:40] + b"\xff\xff\xff\xff" + data[44:],
        "not compressed": b'{"code": "1.000001"}\n',
        "not JSON": gzip.compress(b"1.000001;Khai sinh\n"),
        "of an older form": gzip.compress(b'{"code": "1.000001", "le_phi": "0"}\n'),
        "empty": b"\x1f",
    }


@pytest.mark.parametrize("kind", damaged(bytes(60)))
def test_a_damaged_import_is_named_with_what_to_do(tmp_path, procedures, kind):
    path = tmp_path / "national.jsonl.gz"
    write_imported(path, procedures)
    path.write_bytes(damaged(path.read_bytes())[kind])
    with pytest.raises(ImportFileError, match=r"national\.jsonl\.gz: bản nhập hỏng .*import"):
        read_imported(path)


def test_the_index_gives_bare_procedures(write_index_file):
    path = write_index_file(
        f'1.000001,"Thủ tục cấp phép, gia hạn",Chăn nuôi,commune+province,sở,{PORTAL}',
        "1.000002,Khai sinh,Hộ tịch,,,",
    )
    first, second = read_index(path)
    assert first.name == "Cấp phép, gia hạn"
    assert first.official_name == "Thủ tục cấp phép, gia hạn"
    assert first.levels == [Level.COMMUNE, Level.PROVINCE]
    assert first.agencies == ["sở"]
    assert first.online_url == first.source.url == PORTAL
    assert {first.detail, second.detail} == {Detail.BARE}
    assert {first.source.kind, second.source.kind} == {SourceKind.INDEX}
    assert (second.levels, second.agencies, second.online_url) == ([], [], None)


def test_an_index_without_its_columns_is_refused(write_index_file):
    path = write_index_file("1.000001,Khai sinh", header="code,name\n")
    with pytest.raises(ImportFileError, match=r"index\.csv:1: cần các cột code, official_name"):
        read_index(path)


def test_the_index_is_written_from_procedures_and_read_back(tmp_path):
    path = tmp_path / "index.csv"
    procedures = [
        make_procedure("1.000002", online_url=PORTAL, agencies=["Sở Tư pháp"], levels=["province"]),
        make_procedure("1.000001", agencies=["Công an cấp xã"], levels=["commune", "other"]),
    ]
    assert write_index(path, procedures) == 2
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["code"], row["level"], row["agency_kind"]) for row in rows] == [
        ("1.000001", "commune+other", "công an"),
        ("1.000002", "province", "sở"),
    ]
    assert [procedure.code for procedure in read_index(path)] == ["1.000001", "1.000002"]


@pytest.fixture
def guidance_folder(tmp_path):
    folder = tmp_path / "procedures" / "chan-nuoi"
    folder.mkdir(parents=True)
    (folder / f"{CODE}.yml").write_text(make_guidance().model_dump_json(), "utf-8")
    return folder.parent


def test_the_catalogue_is_built_from_guidance_imports_and_index(
    tmp_path, guidance_folder, write_index_file
):
    data = tmp_path / "catalogue"
    write_imported(data / "national.jsonl.gz", [make_procedure(), make_procedure("1.000001")])
    write_imported(
        data / "list-a.jsonl.gz",
        [make_bare("1.000001", SourceKind.LIST, provinces=["Lâm Đồng"])],
    )
    index = write_index_file("1.000001,Một,Hộ tịch,,,", "1.000002,Hai,Hộ tịch,,,")
    catalogue = load_catalogue(data, guidance_folder=guidance_folder, index_file=index)
    assert {p.code: p.source.kind for p in catalogue} == {
        "1.000001": "national",
        "1.000002": "index",
        CODE: "guidance",
    }
    assert catalogue.get("1.000001").provinces == ["Lâm Đồng"]
    assert [s.kind for s in catalogue.get("1.000001").sources] == ["national", "list", "index"]


def test_without_imports_guidance_and_index_are_enough(guidance_folder, write_index_file, tmp_path):
    index = write_index_file("1.000002,Hai,Hộ tịch,,,")
    for data in (None, tmp_path / "not-there"):
        catalogue = load_catalogue(data, guidance_folder=guidance_folder, index_file=index)
        assert [procedure.code for procedure in catalogue] == ["1.000002", CODE]


def test_a_wrong_guidance_file_stops_the_catalogue(guidance_folder):
    (guidance_folder / "chan-nuoi" / f"{CODE}.yml").write_text("code: x", "utf-8")
    with pytest.raises(GuidanceError, match="thiếu trường bắt buộc"):
        load_catalogue(guidance_folder=guidance_folder)
