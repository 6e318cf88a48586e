"""Staying with a procedure or moving to its sibling, and how that is learned."""

import numpy as np
import pytest

from knowledge_base.encoder.noise import Typist
from knowledge_base.search.config import FamilyWeights
from knowledge_base.search.family import FEATURES, choose_in_family, family_features
from knowledge_base.search.family_learning import FamilyChoice, learn_family, make_choices
from tests.knowledge_base.search.conftest import FIRST, LOST, MARRIAGE


def test_the_candidates_are_those_of_the_field_the_current_one_first(engine):
    current = engine.catalogue.get(FIRST)
    rows, procedures = family_features(engine, "đánh rơi", current, 2)
    assert procedures[0] == current
    assert {procedure.field for procedure in procedures} == {current.field}
    assert rows.shape == (len(procedures), len(FEATURES))
    assert rows[0, 3:].tolist() == [1.0, pytest.approx(np.log(3))]
    assert not rows[1:, 3:].any()


def test_what_was_denied_is_never_chosen(engine):
    current = engine.catalogue.get(LOST)
    meant, chance = choose_in_family(engine, "đánh rơi rồi", current, 1, moves=True)
    assert meant != current
    assert 0 < chance <= 1


def test_there_is_a_weight_for_every_feature():
    assert set(FamilyWeights.model_fields) == set(FEATURES)


def test_weights_are_learned_that_tell_the_choices_apart():
    moved = FamilyChoice(np.array([[0.2, 1, 1, 1, 1], [1.5, 1, 0.2, 0, 0]]), 1, 1.0)
    stayed = FamilyChoice(np.array([[0.2, 1, 1, 1, 0], [0.3, 0.5, 0.2, 0, 0]]), 0, 1.0)
    learned = np.array([learn_family([moved, stayed] * 20)[name] for name in FEATURES])
    for choice in (moved, stayed):
        assert int((choice.features @ learned).argmax()) == choice.meant
    assert learned[0] > 0


def test_conversations_are_made_of_held_phrasings(engine):
    typist = Typist({}, teen=0.0, folded=0.0, seed=1)
    held = [("đánh rơi giấy nuôi rồng xin lại xyzzy", LOST), ("lấy chồng qwerty", MARRIAGE)] * 20
    choices = make_choices(engine, held, ["ai được làm việc plugh"], typist)
    assert all(choice.meant < len(choice.features) for choice in choices)
    assert {choice.features.shape[1] for choice in choices} <= {len(FEATURES)}
