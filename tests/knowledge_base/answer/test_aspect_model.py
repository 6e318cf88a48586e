"""Which aspect a message asks, and how that is learned."""

import numpy as np
import pytest
import yaml

from knowledge_base.answer.aspect import Aspect
from knowledge_base.answer.aspect_learning import Asked, asked_in, cross_validate, learn_aspects
from knowledge_base.answer.aspect_model import (
    FEATURES,
    AspectChooser,
    AspectModel,
    aspect_rows,
    load_aspect_chooser,
    write_aspect_model,
)
from knowledge_base.answer.cues import AspectCues, load_cues
from knowledge_base.evaluation.dialogues import LabelledDialogue

ASPECTS = list(Aspect)
CUES = AspectCues(
    {Aspect.FEE: ["phí"], Aspect.WHERE: ["ở đâu"], Aspect.OVERVIEW: ["đầu đuôi"]},
    questions=["đâu", "không"],
)


def row(message, aspect, chances=None, waiting=None):
    rows = aspect_rows(CUES, message, chances or {}, waiting)
    assert rows.shape == (len(ASPECTS), len(FEATURES))
    return dict(zip(FEATURES, rows[ASPECTS.index(aspect)], strict=True))


def test_the_share_of_the_chances_counts_by_its_logarithm_and_never_less_than_one_in_a_hundred():
    chances = {Aspect.FEE: 0.2, Aspect.TIME: 0.2}
    assert row("x", Aspect.FEE, chances)["chance"] == pytest.approx(np.log(0.5))
    assert row("x", Aspect.FEE, {})["chance"] == pytest.approx(np.log(0.01))


def test_what_is_named():
    message = "phí bao nhiêu, nộp ở đâu"
    named = {aspect: row(message, aspect)["named"] for aspect in ASPECTS}
    assert [aspect for aspect in ASPECTS if named[aspect]] == [Aspect.FEE, Aspect.WHERE]


def test_an_overview_is_asked_less_where_something_is_named():
    assert row("phí", Aspect.OVERVIEW)["overview_if_named"] == 1
    assert row("đầu đuôi", Aspect.OVERVIEW)["overview_if_named"] == 0
    assert row("phí", Aspect.STEPS)["overview_if_named"] == 0


def test_a_statement_asks_nothing():
    told, asked = "mở quán", "mở quán không"
    assert row(told, Aspect.STEPS)["steps_if_statement"] == 1
    assert row(told, Aspect.OVERVIEW)["overview_if_statement"] == 1
    assert row(asked, Aspect.STEPS)["steps_if_statement"] == 0
    assert row(asked, Aspect.STEPS)["steps_if_silent"] == 1
    assert row("phí", Aspect.STEPS)["steps_if_silent"] == 0


def test_a_reply_that_names_nothing_may_keep_what_was_asked():
    kept = row("của công ty", Aspect.FEE, waiting=Aspect.FEE)
    assert kept["kept_in_reply"] == 1
    assert row("của công ty", Aspect.OVERVIEW, waiting=Aspect.FEE)["overview_in_reply"] == 0
    assert row("ở đâu", Aspect.FEE, waiting=Aspect.FEE)["kept_in_reply"] == 0


def test_a_name_in_reply_speaks_for_what_was_asked_before():
    chances = {Aspect.OVERVIEW: 0.6, Aspect.FEE: 0.1, Aspect.TIME: 0.3}
    kept = row("của công ty", Aspect.FEE, chances, waiting=Aspect.FEE)
    assert kept["chance"] == pytest.approx(np.log(0.7))
    named = row("của công ty", Aspect.OVERVIEW, chances, waiting=Aspect.FEE)
    assert named["chance"] == pytest.approx(np.log(0.01))


def test_a_reply_to_what_asked_nothing_may_want_the_whole():
    for waiting in (Aspect.STEPS, Aspect.OVERVIEW):
        assert row("của công ty", Aspect.OVERVIEW, waiting=waiting)["overview_in_reply"] == 1
        assert row("của công ty", waiting, waiting=waiting)["kept_in_reply"] == 0


@pytest.fixture(scope="module")
def shipped():
    return load_aspect_chooser()


def test_words_overrule_a_classifier_that_is_not_sure(shipped):
    chances = {Aspect.STEPS: 0.5, Aspect.DOCUMENTS: 0.25}
    assert shipped.choose("nhà có việc, phải mang theo những gì", chances) == Aspect.DOCUMENTS
    assert shipped.choose("nhà có việc", chances) == Aspect.STEPS


def test_a_summary_gives_way_to_what_is_named(shipped):
    chances = {Aspect.OVERVIEW: 0.6, Aspect.TIME: 0.2}
    assert shipped.choose("tạm trú mất mấy ngày", chances) == Aspect.TIME
    assert shipped.choose("tạm trú", {Aspect.OVERVIEW: 0.9}) == Aspect.OVERVIEW


def test_words_alone_are_enough(shipped):
    assert shipped.choose("lệ phí bao nhiêu tiền", {}) == Aspect.FEE


def test_without_words_and_chances_nothing_is_chosen(shipped):
    assert shipped.choose("đăng ký tạm trú", {}) is None
    assert shipped.choose("đăng ký tạm trú", {}, Aspect.TIME) == Aspect.TIME


def asked(source, message, aspect, **chances):
    return Asked(source, message, aspect, {Aspect(name): c for name, c in chances.items()})


@pytest.fixture(scope="module")
def examples():
    """A classifier that never hears «ở đâu»: only the words tell."""
    return [
        asked(f"d{n}", message, aspect, time=0.5, fee=0.3, where=0.1)
        for n in range(10)
        for message, aspect in (("nộp ở đâu", Aspect.WHERE), ("lâu thế", Aspect.TIME))
    ]


def test_weights_are_learned_from_labels(examples):
    chooser = AspectChooser(CUES, learn_aspects(CUES, examples))
    for example in examples:
        assert chooser.choose(example.message, example.chances) == example.aspect


def test_cross_validation_counts_what_was_held_back(examples):
    assert cross_validate(CUES, examples) == 1.0
    odd = [asked("odd", "nộp ở đâu", Aspect.FEE, time=0.5, fee=0.3, where=0.1)]
    assert cross_validate(CUES, [*examples, *odd]) == pytest.approx(20 / 21)


def test_turns_that_ask_of_procedures_are_taken_with_what_was_open():
    turns = [
        {"user": "bằng lái, phí", "ask": "ambiguous", "gold": ["1.000001", "1.000002"]},
        {"user": "bị mất", "ask": "fee", "gold": ["1.000001"]},
        {"user": "cảm ơn", "ask": "out_of_scope"},
        {"user": "ở đâu", "ask": "where", "gold": ["1.000001"]},
    ]
    dialogue = LabelledDialogue(id="d", turns=turns)
    chances = {turn["user"]: {Aspect.FEE: 0.5} for turn in turns}
    found = list(asked_in(dialogue, chances, CUES))
    assert [(a.message, a.aspect, a.waiting) for a in found] == [
        ("bị mất", Aspect.FEE, Aspect.FEE),
        ("ở đâu", Aspect.WHERE, None),
    ]


def test_a_model_comes_back_from_its_file(tmp_path, examples):
    path = tmp_path / "model.yml"
    model = learn_aspects(CUES, examples)
    write_aspect_model(path, model)
    assert AspectModel.model_validate(yaml.safe_load(path.read_text("utf-8"))) == model
    chooser = load_aspect_chooser(path)
    assert chooser.choose("nộp ở đâu", {Aspect.TIME: 0.5, Aspect.WHERE: 0.1}) == Aspect.WHERE


@pytest.mark.parametrize("part", ["weights", "aspects"])
def test_a_model_with_a_part_missing_is_named(part, examples):
    data = learn_aspects(CUES, examples).model_dump()
    name = next(iter(data[part]))
    del data[part][name]
    with pytest.raises(ValueError, match=str(name)):
        AspectModel.model_validate(data)


def test_the_cues_of_the_model_are_those_shipped(shipped):
    assert set(load_cues().named("lệ phí ở đâu")) == {Aspect.FEE, Aspect.WHERE}
