from datetime import date

import pytest

from knowledge_base.audit import Posting
from tests.factories import CODE, make_bare, make_procedure, make_source


class TestOtherLocalName:
    def local(self, name):
        return make_bare(kind="list", name=name, official_name=name, provinces=["Lạng Sơn"])

    def test_other_name(self, run_rule):
        record = make_procedure(name="Cấp giấy phép nuôi rồng")
        (finding,) = run_rule("A12", record, local=[self.local("Cấp phép nuôi rồng đất")])
        assert finding.message == "Lạng Sơn: «Cấp phép nuôi rồng đất»."
        assert finding.excerpt == record.official_name

    @pytest.mark.parametrize(
        "name",
        [
            "Thủ tục cấp giấy phép nuôi rồng",
            "Cấp giấy phép nuôi  rồng.",
            "Cấp giấy phép nuôi rồng (cấp xã)",
            "Cấp giấy phép nuôi rồng (thực hiện tại cấp tỉnh)",
        ],
    )
    def test_same_name(self, cases, name):
        assert cases("A12", make_procedure(), local=[self.local(name)]) == []

    def test_without_a_list_nothing_is_compared(self, cases):
        assert cases("A12", make_procedure()) == []


class TestAddresses:
    def test_well_formed(self, cases):
        assert cases("A14", make_procedure()) == []

    def test_missing(self, run_rule):
        (finding,) = run_rule("A14", make_procedure(sources=[make_source(url=None)]))
        assert finding.case == "no_address"
        assert "không mở mạng" in finding.message

    @pytest.mark.parametrize(
        "url", ["https://dichvucong", "https://", "https://dichvucong.gov.vn/a b", "https://[x"]
    )
    def test_odd(self, cases, url):
        assert cases("A14", make_procedure(sources=[make_source(url=url)])) == ["odd_address"]

    @pytest.mark.parametrize(("file", "expected"), [("a.docx", []), ("a.tmp", ["odd_file"])])
    def test_form_file(self, cases, file, expected):
        record = make_procedure(forms=[{"name": "Mẫu", "file": file}])
        assert cases("A14", record) == expected


class TestPostings:
    def test_without_a_record_nothing_is_said(self, cases):
        assert cases("A15", make_procedure()) == []

    def test_not_posted(self, cases):
        assert cases("A15", make_procedure(), postings={}) == ["not_posted"]

    @pytest.mark.parametrize(
        ("decision", "expected"),
        [("12/QĐ-BTP", []), (None, []), ("1/QĐ-BTP", ["older_decision"])],
    )
    def test_posted(self, cases, decision, expected):
        postings = {CODE: Posting(CODE, date(2026, 10, 1), decision)}
        assert cases("A15", make_procedure(), postings=postings) == expected
