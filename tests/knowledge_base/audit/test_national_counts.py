"""The audit of the 2,642 national records, counted against the raw export."""

import gzip
import json
import re
import time

import pytest

from knowledge_base.audit import AuditInputs, audit
from knowledge_base.importers import read_national_export

pytestmark = pytest.mark.slow

_ROW = re.compile(
    r"(Trực tuyến|Dịch vụ bưu chính|Trực tiếp)"
    r"(Không có thông tin|\d+(?:[.,]\d+)?\s*(?:Ngày làm việc|Ngày|Giờ|Tháng)?)"
)


@pytest.fixture(scope="module")
def export(shared_data):
    return shared_data / "national_catalogue.jsonl.gz"


@pytest.fixture(scope="module")
def limits(export):
    """The limits of each procedure as the raw text writes them."""
    with gzip.open(export, "rt", encoding="utf-8") as stream:
        records = [json.loads(line) for line in stream]
    return {
        record["ma_thu_tuc"]: [limit.strip() for _, limit in _ROW.findall(channels)]
        for record in records
        for channels in [record["cach_thuc_thuc_hien"].split("Mô tả", 1)[-1]]
    }


@pytest.fixture(scope="module")
def report(export, today):
    records, _ = read_national_export(export)
    started = time.perf_counter()
    result = audit(AuditInputs(records=records, today=today))
    assert time.perf_counter() - started < 30
    return result


@pytest.fixture(scope="module")
def codes(report):
    """The codes of the findings, by rule and case."""
    found = {}
    for finding in report.findings:
        found.setdefault((finding.rule, finding.case), set()).add(finding.code)
    return found


def test_every_record_is_audited(report):
    assert (sum(report.audited.values()), report.skipped) == (2642, 0)


def test_limits_without_unit(codes, limits):
    # 357 procedures have a number without a unit; in two of them it is 0, which is no limit.
    raw = {
        code for code, found in limits.items() if any(re.fullmatch(r"[\d.,]+", x) for x in found)
    }
    zero = {code for code in raw if set(limits[code]) == {"0"}}
    assert (len(raw), zero) == (357, {"1.115148", "3.000027"})
    assert codes["A03", "no_unit"] | codes["A03", "glued"] == raw - zero


def test_procedures_without_a_limit(codes, limits):
    # 122 say «Không có thông tin» in every row; beside them stand the two zeros and six that say
    # only «Không», «Không quy định» or name the system that answers.
    raw = {c for c, found in limits.items() if found and set(found) == {"Không có thông tin"}}
    assert len(raw) == 122
    found = codes["A03", "no_limit"] | codes["A03", "in_note"]
    assert raw | {"1.115148", "3.000027"} <= found
    assert len(found) == 130


def test_limits_that_differ(report, codes, limits):
    # 224 have two different limits among their rows. 19 of them only because the importer's unread
    # rows glue the limit to the fee; in 60 the channels agree and differ by case; 24 have a note.
    raw = {code for code, found in limits.items() if len(set(found) - {"Không có thông tin"}) > 1}
    assert len(raw) == 224
    assert codes["A03", "by_channel"] <= raw
    assert len(codes["A03", "by_channel"]) == 121
    assert codes["A03", "several"] <= raw


def test_scrambled_first_step_of_birth_registration(report):
    (finding,) = [f for f in report.findings if f.code == "1.001193" and f.case == "interleaved"]
    assert finding.field == "steps"
    assert "đăng ký khai tâm Phục vụ hành chính công" in finding.excerpt
    assert "sinh tại Trung" in finding.message


def test_interleaving_is_rare(codes):
    assert codes["A10", "interleaved"] == {"1.001193", "1.002578"}


def test_town_in_the_authority_of_marriage_registration(report):
    (finding,) = [f for f in report.findings if f.code == "1.000894" and f.rule == "A06"]
    assert (finding.field, finding.excerpt) == (
        "agencies",
        "Ủy ban Nhân dân xã, phường, thị trấn.",
    )


def test_cut_number_of_the_decree_on_the_single_window(codes):
    assert len(codes["A10", "cut_number"]) == 45


def test_addresses_of_the_export_are_well_formed(report):
    assert report.counts()["A14"] == 0


def test_nothing_is_said_without_lists_and_postings(report):
    assert (report.counts()["A12"], report.counts()["A15"]) == (0, 0)
