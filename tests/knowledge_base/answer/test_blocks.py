import pytest
from pydantic import ValidationError

from knowledge_base.answer import Answer, Status
from knowledge_base.answer.blocks import Paragraph

GROUPS = {"answered", "clarification", "unanswerable", "guarded", "handed", "error", "filling"}


@pytest.mark.parametrize("status", Status)
def test_the_first_word_of_a_status_is_its_group_in_reports(status):
    assert status.partition("_")[0] in GROUPS


def test_a_block_of_an_unknown_type_is_refused():
    with pytest.raises(ValidationError, match="type"):
        Answer(status=Status.ANSWERED, blocks=[{"type": "video", "href": "https://a.vn"}])


def test_a_block_is_told_by_its_type_and_has_nothing_unknown():
    answer = Answer(status=Status.ANSWERED, blocks=[{"type": "text", "text": "Chào"}])
    assert answer.blocks == [Paragraph(text="Chào")]
    with pytest.raises(ValidationError, match="html"):
        Answer(status=Status.ANSWERED, blocks=[{"type": "text", "text": "Chào", "html": "<b>"}])


def test_an_answer_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        Answer(status=Status.ANSWERED, blocks=[]).status = Status.ERROR_BOT
