"""What words say of a message, and how that is learned."""

import numpy as np
import pytest
from pydantic import ValidationError

from knowledge_base.search.word_learning import held_out_scores, learn_words
from knowledge_base.search.word_model import WordModel, ngrams

RAIN = [f"trời mưa to quá {n}" for n in range(10)]
PAPERS = [f"làm giấy khai sinh {n}" for n in range(10)]


def test_words_and_pairs_are_read_without_accents():
    assert ngrams("Thế còn Phí?") == {"^", "the", "con", "phi", "^ the", "the con", "con phi"}


def test_the_weights_of_what_is_said_add_up():
    model = WordModel(intercept=-1.0, weights={"mua": 2.0, "troi mua": 0.5, "^ troi": 0.25})
    assert model.score("Trời mưa") == pytest.approx(1.75)
    assert model.score("nắng") == -1.0
    assert WordModel().score("gì cũng vậy") == 0.0


def test_nothing_but_weights_is_read():
    with pytest.raises(ValidationError, match="colour"):
        WordModel.model_validate({"colour": 1.0})


def test_telling_words_are_learned():
    model = learn_words(RAIN, PAPERS)
    assert model.score("mưa to") > 0.5
    assert model.score("giấy khai sinh") < -0.5


def test_no_more_words_than_asked_are_kept():
    assert len(learn_words(RAIN, PAPERS, most=3).weights) == 3


def test_a_rarer_kind_weighs_as_much_unless_told_otherwise():
    many = PAPERS * 20
    assert learn_words(RAIN, many).score("x") > learn_words(RAIN, many, balanced=False).score("x")


def test_every_message_is_scored_by_words_learned_without_it():
    learned = []

    def learn(kind, others):
        learned.append((list(kind), list(others)))
        return WordModel(intercept=float(len(learned)))

    scores = held_out_scores(RAIN, PAPERS, folds=4, learn=learn)
    assert scores.shape == (20,)
    for number, text in enumerate([*RAIN, *PAPERS]):
        kind, others = learned[int(scores[number]) - 1]
        assert text not in kind
        assert text not in others
    assert np.unique(scores).tolist() == [1.0, 2.0, 3.0, 4.0]
