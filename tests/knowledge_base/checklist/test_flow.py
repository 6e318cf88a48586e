import pytest

from knowledge_base.checklist import Checklist
from knowledge_base.procedure import RequirementGroup
from knowledge_base.situation import UNKNOWN
from tests.factories import make_bare, make_guidance, make_procedure, make_requirement


def ask_all(checklist, answer):
    """The ids of the questions asked when each is answered by `answer`."""
    answers = {}
    while question := checklist.next_question(answers):
        answers[question.id] = answer(question)
    return list(answers)


def names(items):
    return [item.id for item in items]


def test_questions_come_in_order(dragon):
    assert ask_all(Checklist(dragon), lambda q: q.options[-1].id) == ["owner", "lender", "way"]


def test_a_question_of_another_case_is_skipped(dragon):
    assert ask_all(Checklist(dragon), lambda q: q.options[0].id) == ["owner", "way"]


def test_a_question_that_builds_on_an_unknown_answer_is_skipped(dragon):
    assert ask_all(Checklist(dragon), lambda q: UNKNOWN) == ["owner", "way"]


def test_a_question_that_changes_nothing_any_more_is_skipped():
    wanted = {"size": "big", "colour": "red"}
    dragon = make_guidance(
        questions=[
            {
                "id": "size",
                "ask": "Rồng to hay nhỏ?",
                "options": [{"id": "big", "label": "To"}, {"id": "small", "label": "Nhỏ"}],
            },
            {
                "id": "colour",
                "ask": "Rồng màu gì?",
                "options": [{"id": "red", "label": "Đỏ"}, {"id": "blue", "label": "Xanh"}],
            },
        ],
        requirements=[
            {"id": "application", "name": "Đơn"},
            {"id": "fire", "name": "Giấy phòng cháy", "when": wanted},
        ],
    )
    checklist = Checklist(dragon)
    assert checklist.next_question({"size": "small"}) is None
    assert checklist.next_question({"size": "big"}).id == "colour"


def test_a_narrowed_question_offers_what_is_left():
    letters = [{"id": letter, "label": letter.upper()} for letter in "abc"]
    dragon = make_guidance(
        questions=[{"id": "kind", "ask": "Rồng loại nào?", "options": letters}],
        requirements=[
            {"id": "application", "name": "Đơn"},
            *({"id": f"paper_{x}", "name": f"Giấy {x}", "when": {"kind": x}} for x in "abc"),
        ],
    )
    checklist = Checklist(dragon)
    question = checklist.next_question({}, {"kind": ["b", "c"]})
    assert [option.id for option in question.options] == ["b", "c"]
    assert names(checklist.personal_list({}, {"kind": ["b", "c"]}).maybe) == ["paper_b", "paper_c"]
    assert checklist.next_question({}, {"kind": ["b"]}) is None


def test_progress_counts_to_the_end(dragon):
    checklist = Checklist(dragon)
    steps = [{}, {"owner": "own"}, {"owner": "own", "way": "online"}]
    seen = [checklist.progress(answers) for answers in steps]
    assert [(p.number, p.total, p.finished) for p in seen] == [
        (1, 3, False),
        (2, 2, False),
        (3, 2, True),
    ]


def test_the_list_of_a_case(dragon):
    answers = {"owner": "lent", "lender": "licensed", "way": "counter"}
    mine = Checklist(dragon).personal_list(answers)
    assert names(mine.needed) == ["application", "loan", "licence", "identity"]
    assert names(mine.show) == ["identity"]
    assert names(mine.submit) == ["application", "loan", "licence"]
    assert mine.maybe == mine.not_needed == mine.notes == ()
    assert [listed.step.text for listed in mine.steps] == ["Nộp đơn.", "Xem thẻ căn cước."]
    assert [str(listed.channel.channel) for listed in mine.channels] == ["counter"]


def test_what_belongs_to_other_cases_is_not_needed(dragon):
    mine = Checklist(dragon).personal_list({"owner": "own", "way": "online"})
    assert names(mine.not_needed) == ["loan", "licence", "identity"]
    assert names(mine.notes) == ["photo"]


def test_unknown_answers_make_papers_maybe_and_say_when(dragon):
    mine = Checklist(dragon).personal_list({"owner": "lent", "lender": UNKNOWN, "way": UNKNOWN})
    assert {item.id: item.only_if for item in mine.maybe} == {
        "licence": "Người cho mượn có giấy phép chưa? Có rồi",
        "identity": "Đến tận nơi",
    }
    assert [said.question_id for said in mine.unsure] == ["lender", "way"]
    assert mine.steps[1].only_if == "Đến tận nơi"


def test_answers_are_told_in_words(dragon):
    mine = Checklist(dragon).personal_list({"owner": "own", "lender": "licensed", "way": UNKNOWN})
    assert [(said.question, said.answer) for said in mine.said] == [
        ("Rồng của ai?", "Rồng của tôi"),
        ("Bạn nộp hồ sơ bằng cách nào?", "Tôi không rõ"),
    ]


def test_the_procedure_that_gives_a_paper_is_named(dragon):
    other = make_procedure("1.999002", name="Cấp phép cho mượn rồng")
    checklist = Checklist(dragon, lambda code: other if code == other.code else None)
    item = checklist.personal_list({}).item("licence")
    assert (item.get_from_code, item.get_from_name) == ("1.999002", "Cấp phép cho mượn rồng")


def test_a_procedure_without_questions_lists_its_papers():
    procedure = make_procedure(
        requirements=[
            make_requirement("- Đơn đề nghị", originals=1),
            make_requirement("Thẻ căn cước", group=RequirementGroup.SHOW),
            make_requirement("Lưu ý", group=RequirementGroup.NOTE),
        ]
    )
    checklist = Checklist(procedure)
    mine = checklist.personal_list({})
    assert checklist.next_question({}) is None
    assert [item.name for item in mine.needed] == ["Đơn đề nghị", "Thẻ căn cước"]
    assert [item.name for item in mine.notes] == ["Lưu ý"]


def test_ids_of_imported_papers_outlive_a_new_order():
    papers = [make_requirement("Đơn"), make_requirement("Ảnh"), make_requirement("Đơn")]
    first = Checklist(make_procedure(requirements=papers)).personal_list({}).needed
    again = Checklist(make_procedure(requirements=papers[::-1])).personal_list({}).needed
    assert len(set(names(first))) == 3
    assert set(names(first)) == set(names(again))


@pytest.mark.parametrize(
    ("case", "only_if"),
    [
        ("Trường hợp ủy quyền", "Theo bản công bố: Trường hợp ủy quyền"),
        ("Giấy tờ phải nộp", None),
        ("Thành phần hồ sơ, bao gồm:", None),
    ],
)
def test_a_case_nobody_asks_about_makes_a_paper_maybe(case, only_if):
    papers = [make_requirement("Đơn"), make_requirement("Giấy ủy quyền", case=case)]
    mine = Checklist(make_procedure(requirements=papers)).personal_list({})
    assert [item.only_if for item in mine.maybe] == ([only_if] if only_if else [])


def test_a_heading_over_all_papers_is_no_case():
    papers = [make_requirement(name, case="Hồ sơ xin nuôi rồng") for name in ("Đơn", "Ảnh")]
    assert len(Checklist(make_procedure(requirements=papers)).personal_list({}).needed) == 2


@pytest.mark.parametrize(
    ("name", "maybe"),
    [
        ("Giấy ủy quyền (nếu có)", True),
        ("Danh sách thành viên; danh sách chủ sở hữu (nếu có)", False),
        ("Bệnh án và tài liệu kèm theo (nếu có)", False),
    ],
)
def test_a_paper_said_to_be_there_or_not_is_maybe(name, maybe):
    mine = Checklist(make_procedure(requirements=[make_requirement(name)])).personal_list({})
    assert bool(mine.maybe) is maybe


@pytest.mark.parametrize(
    ("procedure", "remark"),
    [
        (make_bare(), "Tôi mới biết tên thủ tục này"),
        (make_procedure(), "Bản công bố không ghi giấy tờ phải nộp."),
        (make_procedure(raw={"thanh_phan_ho_so": "Đơn và ảnh."}), "thành một đoạn"),
        (
            make_procedure(requirements=[make_requirement(group=RequirementGroup.NOTE)]),
            "đọc phần ghi chú",
        ),
    ],
)
def test_a_list_without_papers_says_so(procedure, remark):
    mine = Checklist(procedure).personal_list({})
    assert remark in mine.remark
    assert mine.original_text == procedure.raw.get("thanh_phan_ho_so")
