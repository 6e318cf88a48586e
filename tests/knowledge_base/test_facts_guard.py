"""Guidance files against the national record: a fact that differs must be a stated difference."""

import functools
import gzip
import json
import re
import unicodedata

import pytest

from knowledge_base.guidance import PROCEDURES_FOLDER, load_guidance, load_guidance_folder
from knowledge_base.procedure import TimeUnit

CHANNELS = {"online": "Trực tuyến", "post": "Dịch vụ bưu chính", "counter": "Trực tiếp"}
UNITS = {
    TimeUnit.WORKING_DAY: "Ngày làm việc",
    TimeUnit.DAY: "Ngày",
    TimeUnit.HOUR: "Giờ",
    TimeUnit.MONTH: "Tháng",
}
LEVELS = {
    "commune": "Cấp xã",
    "province": "Cấp tỉnh",
    "ministry": "Cấp bộ",
    "other": "Cơ quan khác",
}
MOST_WORDS = 20

FILES = sorted(PROCEDURES_FOLDER.rglob("*.yml"))
every_file = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])


@pytest.fixture(scope="module")
def records(shared_data):
    """The raw fields of the national export by code, composed."""
    with gzip.open(shared_data / "national_catalogue.jsonl.gz", "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    return {
        row["ma_thu_tuc"]: {key: unicodedata.normalize("NFC", row[key] or "") for key in row}
        for row in rows
    }


read_once = functools.cache(load_guidance)


@pytest.fixture
def guidance(path):
    return read_once(path)


@pytest.fixture
def record(records, guidance):
    return records[guidance.code]


@pytest.fixture
def differs(guidance):
    """The parts in which the file says that it differs, and why."""
    return {difference.field for difference in guidance.differences}


def time_pattern(channel):
    """How the record would write the time limit of this channel."""
    quantity = f"{channel.time.quantity:g}".replace(".", "[.,]")
    unit = UNITS.get(channel.time.unit)
    ends = rf"\s*{unit}" if unit else rf"(?!\d)(?!\s*(?:{'|'.join(UNITS.values())}))"
    return rf"{CHANNELS[channel.channel]}\s*0?{quantity}{ends}"


def amounts(fee):
    """The numbers of a fee: «7.000», «10,000», «5»."""
    return re.findall(r"\d+(?:[.,]\d{3})*", fee)


def without_separators(text):
    return re.sub(r"(?<=\d)[.,](?=\d)", "", text)


@every_file
class TestAgainstTheNationalRecord:
    def test_the_ways_to_file_are_those_published(self, guidance, record, differs):
        if "channels" in differs:
            return
        published = record["cach_thuc_thuc_hien"]
        expected = {kind for kind, words in CHANNELS.items() if words in published}
        assert {channel.channel for channel in guidance.channels} == expected

    def test_the_time_limits_are_those_published(self, guidance, record, differs):
        if "time" in differs:
            return
        for channel in guidance.channels:
            if channel.time.quantity:
                assert re.search(time_pattern(channel), record["cach_thuc_thuc_hien"])

    def test_the_numbers_of_fees_are_those_published(self, guidance, record, differs):
        if "fee" in differs:
            return
        published = without_separators(record["cach_thuc_thuc_hien"])
        for channel in guidance.channels:
            for amount in amounts(channel.fee):
                assert without_separators(amount) in published, channel.fee

    def test_the_levels_are_those_published(self, guidance, record, differs):
        if "levels" in differs:
            return
        expected = {level for level, words in LEVELS.items() if words in record["cap_thuc_hien"]}
        assert set(guidance.levels) == expected

    def test_legal_documents_are_those_published(self, guidance, record, differs):
        if "legal_basis" in differs:
            return
        published = " ".join(record.values())
        for document in guidance.legal_basis:
            assert document.number in published

    def test_the_decision_the_address_and_the_field_are_those_published(self, guidance, record):
        assert guidance.source.decision == record["so_quyet_dinh"].strip()
        assert record["detail_url"] in {source.url for source in guidance.sources}
        assert guidance.field == re.sub(r"\s+", " ", record["linh_vuc"]).strip()

    def test_every_difference_names_a_part_and_a_reason(self, guidance, record):
        for difference in guidance.differences:
            assert difference.field in {"channels", "time", "fee", "levels", "legal_basis"}
            assert len(difference.reason) > 10


def prose(guidance):
    """The sentences that the project wrote itself; official names are not among them."""
    texts = [
        guidance.summary,
        *guidance.needed_when,
        *guidance.not_needed_when,
        *guidance.conditions,
        *guidance.mistakes,
        *(step.text for step in guidance.steps),
        *(text for paper in guidance.requirements for text in (paper.why, paper.get_from)),
        *(office.note for office in guidance.offices),
        *(link.why for link in guidance.next),
    ]
    return [sentence for text in texts if text for sentence in re.split(r"(?<=[.;:?!])\s+", text)]


@pytest.mark.slow
def test_no_sentence_is_longer_than_a_tired_reader_can_follow():
    from underthesea import word_tokenize

    long = [
        f"{guidance.code}: {sentence}"
        for guidance in load_guidance_folder()
        for sentence in prose(guidance)
        if sum(bool(re.search(r"\w", word)) for word in word_tokenize(sentence)) > MOST_WORDS
    ]
    assert long == []


# Units and papers abolished in 2025; a file may explain them, but never send anybody there.
ABOLISHED = re.compile(r"(?<!\w)(?:(?:UBND|Ủy ban nhân dân|Công an) (?:cấp )?huyện|thị trấn)", re.I)


@every_file
def test_nobody_is_sent_to_an_office_that_no_longer_exists(guidance):
    names = [office.name for office in guidance.offices]
    assert not [name for name in names if ABOLISHED.search(name)]
