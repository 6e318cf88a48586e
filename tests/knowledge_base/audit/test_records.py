from knowledge_base.audit import read_records
from knowledge_base.catalogue import write_imported
from tests.factories import make_bare, make_procedure


def test_lists_stand_apart_from_what_is_audited(tmp_path):
    write_imported(tmp_path / "national.jsonl.gz", [make_procedure()])
    write_imported(tmp_path / "list-x.jsonl.gz", [make_bare(kind="list")])
    audited, local = read_records(tmp_path, guidance_folder=tmp_path)
    assert [record.source.kind for record in audited] == ["national"]
    assert [record.source.kind for record in local] == ["list"]


def test_national_record_is_kept_beside_its_guidance_file(tmp_path):
    write_imported(tmp_path / "national.jsonl.gz", [make_procedure("1.001193")])
    audited, _ = read_records(tmp_path)
    kinds = [record.source.kind for record in audited if record.code == "1.001193"]
    assert kinds == ["guidance", "national"]
