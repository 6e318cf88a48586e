import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.search.lexical import FieldIndex, field_tokens, question_tokens
from knowledge_base.text import normalise

texts = st.lists(st.sampled_from(["khai", "sinh", "tử", "giấy", "giay", "xe", "đất"]), max_size=6)


def index(*documents, owners=None):
    owners = owners or list(range(len(documents)))
    return FieldIndex([field_tokens(text) for text in documents], owners, max(owners) + 1)


def test_words_are_folded_paired_and_kept_with_their_accents():
    assert field_tokens("đăng ký xe") == ["dang", "ky", "xe", "dang_ky", "ky_xe", "=đăng", "=ký"]
    assert question_tokens("xe xe") == ["xe", "xe_xe"]


def test_a_question_without_accents_finds_accented_documents():
    scores = index("khai sinh", "khai tử").scores(question_tokens("khai sinh"))
    folded = index("khai sinh", "khai tử").scores(question_tokens("khai tu"))
    assert scores.argmax() == 0
    assert folded.argmax() == 1


def test_accents_tell_words_apart_where_they_were_typed():
    documents = index("chứng thực bản sao", "chứng thức bàn sao")
    assert documents.scores(question_tokens("bản sao")).argmax() == 0
    assert documents.scores(question_tokens("bàn sao")).argmax() == 1


def test_the_best_document_counts_for_its_procedure():
    documents = index("mất giấy khai sinh", "con gà", "con vịt", owners=[0, 0, 2])
    scores = documents.scores(question_tokens("con vịt"))
    assert scores[2] > scores[0] > 0
    assert scores[1] == 0


def test_a_document_can_be_left_aside():
    documents = index("con gà", "con vịt", owners=[0, 0])
    tokens = question_tokens("con vịt")
    assert documents.scores(tokens, without=np.array([1]))[0] < documents.scores(tokens)[0]


def test_unknown_words_find_nothing_and_lower_what_is_found():
    documents = index("con gà", "con vịt")
    assert not documents.scores(question_tokens("xyzzy")).any()
    alone = documents.scores(question_tokens("vịt"))[1]
    assert 0 < documents.scores(question_tokens("vịt xyzzy"))[1] < alone


@pytest.mark.parametrize("documents", [[""], ["", ""]])
def test_documents_without_words_find_nothing(documents):
    assert not index(*documents).scores(question_tokens("khai sinh")).any()


@given(st.lists(texts, min_size=1, max_size=5), texts)
def test_scores_lie_between_nothing_and_one(documents, question):
    subject = index(*[normalise(" ".join(document)) for document in documents])
    scores = subject.scores(question_tokens(normalise(" ".join(question))))
    assert scores.shape == (len(documents),)
    assert ((scores >= 0) & (scores <= 1)).all()
