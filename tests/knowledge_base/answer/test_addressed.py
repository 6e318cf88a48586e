from knowledge_base.answer import Answer, Status
from knowledge_base.answer.addressed import addressed
from knowledge_base.answer.aspect import Aspect
from knowledge_base.answer.blocks import (
    Choice,
    Contact,
    DossierBlock,
    Fact,
    Facts,
    File,
    FormBlock,
    Paragraph,
    SourceNote,
    Warn,
)
from knowledge_base.form_of_address import FormOfAddress
from tests.factories import make_guidance, make_requirement

BAC = FormOfAddress.BAC


def test_an_answer_of_the_composer_addresses_the_citizen_in_every_part(composer):
    procedure = make_guidance(
        requirements=[
            make_requirement("Giấy của bạn", id="a", why="Bạn phải chứng minh."),
        ],
        summary="Bạn xin phép.",
    )
    for aspect in (Aspect.DOCUMENTS, Aspect.OVERVIEW):
        answer = composer.answer(procedure, [aspect])
        assert "ạn" in answer.model_dump_json()
        said = addressed(answer, BAC)
        assert "bạn" not in said.model_dump_json().lower()
        assert "Bác" in said.model_dump_json()
        assert said.choices == answer.choices
        assert said.sources == answer.sources


def test_what_the_citizen_says_to_the_assistant_stays(composer):
    answer = addressed(composer.reply("out_of_scope"), BAC)
    offered = [choice.message for choice in answer.choices]
    assert "Bạn giúp được gì?" in offered
    assert [choice.label for choice in answer.choices] == offered


def test_the_words_of_others_stay():
    quoted = [
        DossierBlock(code="H05", headline="Hồ sơ", rows=[Fact(label="Thiếu", value="đơn bạn ký")]),
        Facts(rows=[Fact(label="10:30", value="Tổ bạn hàng xóm bạn")]),
        Contact(name="Tổ công tác bạn dân", note="bạn"),
        FormBlock(name="Đơn của bạn"),
    ]
    answer = Answer(
        status=Status.ANSWERED_DOSSIER,
        blocks=[*quoted, Warn(text="Bạn có quyền."), File(text="Của bạn", href="/ban/bạn")],
        sources=[SourceNote(text="Sổ tay bạn")],
        choices=[Choice(label="Bạn là ai?", message="bạn là ai")],
    )
    said = addressed(answer, BAC)
    assert said.blocks == [
        *quoted,
        Warn(text="Bác có quyền."),
        File(text="Của bác", href="/ban/bạn"),
    ]
    assert (said.sources, said.choices) == (answer.sources, answer.choices)


def test_what_an_officer_wrote_stays():
    answer = Answer(
        status=Status.HANDED_OVER_ANSWER,
        blocks=[Paragraph(text="Bác hỏi: nhà bạn tôi"), Paragraph(text="Chào bạn.")],
    )
    assert addressed(answer, BAC) == answer


def test_with_the_usual_word_an_answer_is_the_same(composer):
    answer = composer.reply("greet")
    assert addressed(answer, FormOfAddress.BAN) is answer
