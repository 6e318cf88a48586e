import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.errors import SearchFileError
from knowledge_base.search import Hit, Verdict
from knowledge_base.search.decision import LEARNED_FILE, Decider, load_decision_models
from knowledge_base.search.signals import SIGNALS
from tests.factories import make_procedure
from tests.knowledge_base.search.conftest import MODELS, make_config


def signals(**values):
    return np.array([values.get(signal, 0.0) for signal in SIGNALS])


def make_hits(*scores, names=(), persons=()):
    names = names or [f"Thủ tục {chr(ord('a') + n)}" for n in range(len(scores))]
    persons = persons or [0.0] * len(scores)
    return [
        Hit(
            procedure=make_procedure(f"1.00000{n}", name=name),
            score=score,
            evidence={"person": person},
        )
        for n, (score, name, person) in enumerate(zip(scores, names, persons, strict=True))
    ]


def decide_on(*scores, message="", names=(), persons=(), **thresholds):
    """The verdict and the scores spoken of, with models that know score and margin alone."""
    hits = make_hits(*scores, names=names, persons=persons)
    best = scores[0] if scores else 0.0
    margin = best - scores[1] if len(scores) > 1 else best
    decider = Decider(MODELS, make_config(decision=thresholds).decision)
    decision = decider.decide(hits, signals(score=best, margin=margin), message)
    return decision.verdict, [hit.score for hit in decision.hits]


@pytest.mark.parametrize(
    ("scores", "verdict", "spoken_of"),
    [
        ((), Verdict.REFUSE, []),
        ((0.4, 0.1), Verdict.REFUSE, []),
        ((0.6,), Verdict.ANSWER, [0.6]),
        ((2.0, 1.0), Verdict.ANSWER, [2.0]),
        ((2.0, 1.9), Verdict.ANSWER, [2.0]),
        ((2.0, 1.98), Verdict.ASK_BACK, [2.0, 1.98]),
        ((2.0, 1.98, 1.7, 1.0), Verdict.ASK_BACK, [2.0, 1.98, 1.7]),
        ((2.0, 1.98, 1.97, 1.96, 1.95), Verdict.ASK_BACK, [2.0, 1.98, 1.97, 1.96]),
    ],
)
def test_chances_decide_whether_to_answer_ask_back_or_refuse(scores, verdict, spoken_of):
    assert decide_on(*scores) == (verdict, spoken_of)


def test_what_is_for_somebody_nobody_spoke_of_is_offered_last():
    # «con riêng của vợ»: adopting from abroad is found a little before adopting at home.
    verdict, spoken_of = decide_on(2.0, 1.98, 1.97, persons=[-1.0, 0.0, 1.0])
    assert (verdict, spoken_of) == (Verdict.ASK_BACK, [1.98, 1.97, 2.0])


def test_never_more_choices_than_set():
    assert len(decide_on(2.0, 2.0, 2.0, 2.0, 2.0, choices=2)[1]) == 2


def test_a_question_is_asked_back_only_with_something_to_choose_from():
    assert decide_on(2.0, 1.98, near_share=0.995) == (Verdict.ANSWER, [2.0])


PLAIN, SPECIAL = "Đăng ký khai sinh", "Đăng ký khai sinh có yếu tố nước ngoài"


@pytest.mark.parametrize(
    ("message", "answered"),
    [("làm giấy khai sinh", 1.9), ("khai sinh có yếu tố nước ngoài", 2.0)],
)
def test_the_plain_procedure_is_meant_where_nobody_spoke_of_the_special_one(message, answered):
    verdict, spoken_of = decide_on(2.0, 1.9, names=[SPECIAL, PLAIN], message=message)
    assert (verdict, spoken_of) == (Verdict.ANSWER, [answered])


def test_a_vague_message_gets_more_choices_but_no_special_ones():
    names = [PLAIN, "Đăng ký khai tử", SPECIAL]
    vague = {"message": "đăng ký", "names": names, "near_share_if_vague": 0.6}
    found = decide_on(2.0, 1.98, 1.3, **vague, vague_above=0.5, near_share=0.995)
    assert found == (Verdict.ASK_BACK, [2.0, 1.98])
    assert decide_on(2.0, 1.98, 1.3, **vague, near_share=0.995) == (Verdict.ANSWER, [2.0])


@pytest.mark.parametrize(
    ("message", "verdict"),
    [
        ("dang ky ket hon can gi", Verdict.ANSWER),
        ("kết hôn", Verdict.ASK_BACK),
        ("đăng ký kết hôn hay đăng ký khai tử", Verdict.ASK_BACK),
    ],
)
def test_who_says_a_whole_name_is_not_asked_which_one(message, verdict):
    names = ["Đăng ký kết hôn", "Đăng ký khai tử"]
    assert decide_on(2.0, 1.98, names=names, message=message)[0] is verdict


def test_a_plain_procedure_far_behind_is_not_the_one_meant():
    found = decide_on(2.0, 1.7, names=[SPECIAL, PLAIN], message="khai sinh", general_within=0.1)
    assert found == (Verdict.ANSWER, [2.0])


def test_the_chances_are_told_with_the_verdict():
    decider = Decider(MODELS, make_config().decision)
    decision = decider.decide(make_hits(2.0, 1.0), signals(score=2.0, margin=1.0), "")
    assert 0 <= decision.off_topic < 0.01
    assert 0 <= decision.ambiguous < 0.01


@given(st.lists(st.floats(-1e9, 1e9), min_size=len(SIGNALS), max_size=len(SIGNALS)))
def test_a_chance_lies_between_none_and_sure(values):
    models = load_decision_models()
    for model in (models.off_topic, models.ambiguous):
        assert 0 <= model.chance(np.array(values)) <= 1


@pytest.mark.parametrize("part", ["means", "scales", "coefficients"])
@pytest.mark.parametrize("change", [{"colour": 1.0}, {SIGNALS[0]: None}])
def test_a_learned_model_with_other_signals_is_refused(tmp_path, part, change):
    data = yaml.safe_load(LEARNED_FILE.read_text("utf-8"))
    changed = data["off_topic"][part] | change
    data["off_topic"][part] = {key: value for key, value in changed.items() if value is not None}
    path = tmp_path / "learned.yml"
    path.write_text(yaml.safe_dump(data), "utf-8")
    with pytest.raises(SearchFileError, match=f"thừa hoặc thiếu tín hiệu: .*{next(iter(change))}"):
        load_decision_models(path)
