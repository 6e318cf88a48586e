import unicodedata
from datetime import date

import pytest
from pydantic import ValidationError

from knowledge_base.procedure import (
    Channel,
    Detail,
    Guidance,
    OnlineService,
    Procedure,
    SourceKind,
    TimeUnit,
)
from tests.factories import guidance_data, make_guidance, make_procedure, make_source

REASONS = {
    "id": "reason",
    "ask": "Vì sao bạn cần cấp lại?",
    "options": [{"id": "lost", "label": "Bị mất"}, {"id": "broken", "label": "Bị hỏng"}],
}


def requirements(*conditions):
    return [
        {"id": f"paper_{n}", "name": f"Giấy {n}", **({"when": when} if when else {})}
        for n, when in enumerate(conditions)
    ]


def test_a_bare_name_and_a_source_make_a_procedure():
    procedure = Procedure(
        code="CCCX_01",
        name="Chế độ của cán bộ xã",
        official_name="Chế độ của cán bộ xã",
        field="Công chức",
        sources=[make_source(SourceKind.LIST)],
    )
    assert procedure.requirements == []
    assert procedure.online_service == OnlineService.UNKNOWN
    assert procedure.detail == Detail.FULL


def test_the_first_source_is_the_one_that_wins():
    sources = [make_source(SourceKind.GUIDANCE), make_source(SourceKind.NATIONAL)]
    assert make_procedure(sources=sources).source.kind == SourceKind.GUIDANCE


def test_a_procedure_without_a_source_is_refused():
    with pytest.raises(ValidationError, match="sources"):
        make_procedure(sources=[])


def test_texts_are_composed_and_stripped():
    name = unicodedata.normalize("NFD", "  Cấp giấy phép nuôi rồng \n")
    assert make_procedure(name=name, official_name=name).name == "Cấp giấy phép nuôi rồng"


@pytest.mark.parametrize("code", ["1.001193", "CCCX_01", "1.012275.000.00.00.H36"])
def test_national_and_local_codes_are_accepted(code):
    assert make_procedure(code).code == code


@pytest.mark.parametrize("code", ["", "a", "1 001193", "-1.001193", "1.001193/QĐ"])
def test_something_else_is_no_code(code):
    with pytest.raises(ValidationError, match="code"):
        make_procedure(code)


def test_a_procedure_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        make_procedure().name = "Khác"


def test_an_unknown_part_is_refused():
    with pytest.raises(ValidationError, match="le_phi"):
        make_procedure(le_phi="Miễn phí")


@pytest.mark.parametrize("url", ["http://dichvucong.gov.vn", "javascript:alert(1)", "dichvucong"])
def test_only_an_https_address_is_accepted(url):
    with pytest.raises(ValidationError, match="online_url"):
        make_procedure(online_url=url)


def test_a_time_limit_keeps_its_unit_or_has_none():
    with_unit = {"channel": "online", "time": {"quantity": 0.5, "unit": "day"}}
    assert Channel.model_validate(with_unit).time.unit == TimeUnit.DAY
    without = Channel.model_validate({"channel": "online", "time": {"quantity": 7}})
    assert without.time.unit is None


@pytest.mark.parametrize("quantity", [0, -1])
def test_a_time_limit_is_more_than_nothing(quantity):
    with pytest.raises(ValidationError, match="quantity"):
        Channel.model_validate({"channel": "online", "time": {"quantity": quantity}})


def test_a_sound_guidance_file_is_accepted():
    guidance = make_guidance()
    assert guidance.source.checked_on == date(2026, 11, 23)
    assert guidance.channels[0].fee == "Miễn phí"


@pytest.mark.parametrize(
    "part",
    [
        "levels",
        "summary",
        "needed_when",
        "requirements",
        "steps",
        "offices",
        "channels",
        "results",
        "legal_basis",
        "mistakes",
        "sources",
    ],
)
def test_a_guidance_file_must_give_what_a_citizen_needs(part):
    data = guidance_data()
    del data[part]
    with pytest.raises(ValidationError, match=part):
        Guidance.model_validate(data)


@pytest.mark.parametrize("missing", ["decision", "url", "checked_on"])
def test_the_source_of_guidance_can_be_checked(missing):
    source = guidance_data()["sources"][0]
    del source[missing]
    with pytest.raises(ValidationError, match="phải có decision, url và checked_on"):
        make_guidance(sources=[source])


def test_every_channel_of_guidance_says_its_fee():
    channel = {"channel": "online", "time": {"quantity": 5, "unit": "day"}}
    with pytest.raises(ValidationError, match="mỗi hình thức nộp phải ghi fee"):
        make_guidance(channels=[channel])


@pytest.mark.parametrize(
    "papers",
    [
        [{"name": "Đơn"}],
        [{"id": "form", "name": "Đơn"}, {"id": "form", "name": "Đơn khác"}],
    ],
)
def test_every_paper_of_guidance_has_its_own_id(papers):
    with pytest.raises(ValidationError, match="mỗi giấy tờ cần một id"):
        make_guidance(requirements=papers)


def test_a_condition_may_name_only_options_that_are_offered():
    with pytest.raises(ValidationError, match="lựa chọn không có: reason: stolen"):
        make_guidance(
            questions=[REASONS], requirements=requirements({"reason": ["lost", "stolen"]}, None)
        )


@pytest.mark.parametrize("place", ["requirements", "steps", "channels"])
def test_conditions_are_checked_wherever_they_stand(place):
    parts = [dict(part) for part in guidance_data()[place]]
    parts[0]["when"] = {"reason": "stolen"}
    with pytest.raises(ValidationError, match=rf"{place} «.*lựa chọn không có: reason: stolen"):
        make_guidance(questions=[REASONS], **{place: parts})


def test_a_question_that_changes_nothing_is_refused():
    with pytest.raises(ValidationError, match="không làm thay đổi gì: reason"):
        make_guidance(questions=[REASONS])


def test_two_questions_with_one_id_are_refused():
    with pytest.raises(ValidationError, match="hai câu hỏi trùng id"):
        make_guidance(
            questions=[REASONS, REASONS], requirements=requirements({"reason": "lost"}, None)
        )


def test_a_question_may_depend_only_on_one_before_it():
    age = {
        "id": "age",
        "ask": "Bạn bao nhiêu tuổi?",
        "options": [{"id": "child", "label": "Dưới 14"}, {"id": "adult", "label": "Từ 14"}],
    }
    papers = requirements({"reason": "lost"}, {"age": "child"})
    dependent = {**REASONS, "when": {"age": "adult"}}
    assert make_guidance(questions=[age, dependent], requirements=papers).questions
    with pytest.raises(ValidationError, match="chỉ được dựa vào câu hỏi đứng trước"):
        make_guidance(questions=[dependent, age], requirements=papers)
