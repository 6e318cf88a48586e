import pytest

from knowledge_base.evaluation import LabelledQuestion, Outcome, summarise
from knowledge_base.evaluation.questions import AMBIGUOUS, DOSSIER_STATUS, OUT_OF_SCOPE


def outcome(codes=(), *, gold=("right",), verdict="answer", ask="fee", style="formal", **parts):
    also = parts.pop("also", ())
    question = LabelledQuestion(text="?", style=style, ask=ask, gold=list(gold), also=list(also))
    return Outcome(question, list(codes), verdict, **parts)


def at_rank(rank):
    return outcome([*["wrong"] * (rank - 1), "right"])


@pytest.mark.parametrize(
    ("codes", "also", "rank"),
    [
        (["right", "wrong"], (), 1),
        (["wrong", "right"], (), 2),
        (["wrong", "near", "right"], ("near",), 2),
        (["wrong"], (), None),
        ([], (), None),
    ],
)
def test_the_rank_is_that_of_the_first_right_code(codes, also, rank):
    assert outcome(codes, also=also).rank == rank


def test_recall_and_reciprocal_rank_over_known_ranks():
    overall = summarise([at_rank(1), at_rank(2), at_rank(4), at_rank(11)])["overall"]
    assert overall["n"] == 4
    assert overall["recall@1"] == 0.25
    assert overall["recall@3"] == 0.5
    assert overall["recall@5"] == 0.75
    assert overall["recall@10"] == 0.75
    assert overall["mrr@10"] == round((1 + 1 / 2 + 1 / 4) / 4, 4)


def test_styles_are_measured_apart():
    outcomes = [
        outcome(["right"], style="formal"),
        outcome(["wrong"], style="teencode"),
        outcome(["right"], style="teencode"),
    ]
    styles = summarise(outcomes)["styles"]
    assert {style: (row["n"], row["recall@1"]) for style, row in styles.items()} == {
        "formal": (1, 1.0),
        "teencode": (2, 0.5),
    }


def test_questions_without_a_right_code_and_ambiguous_ones_do_not_count_for_recall():
    outcomes = [
        at_rank(1),
        outcome(gold=(), ask=OUT_OF_SCOPE, verdict="refuse", style="long"),
        outcome(["wrong"], ask=AMBIGUOUS, verdict="ask_back", style="long"),
    ]
    summary = summarise(outcomes)
    assert (summary["overall"]["n"], summary["overall"]["recall@1"]) == (1, 1.0)
    assert set(summary["styles"]) == {"formal"}


def test_refusals_and_asking_back_are_counted_where_they_are_right_and_where_not():
    outcomes = [
        outcome(gold=(), ask=OUT_OF_SCOPE, verdict="refuse"),
        outcome(gold=(), ask=OUT_OF_SCOPE, verdict="answer"),
        outcome(ask=AMBIGUOUS, verdict="ask_back"),
        outcome(verdict="refuse"),
        outcome(verdict="ask_back"),
        outcome(verdict="answer"),
        outcome(gold=(), ask=DOSSIER_STATUS, verdict="refuse"),
    ]
    overall = summarise(outcomes)["overall"]
    assert overall["refused_out_of_scope"] == 0.5
    assert overall["refused_in_scope"] == 0.25
    assert overall["asked_back_ambiguous"] == 1.0
    assert overall["asked_back_others"] == round(1 / 3, 4)


def test_what_went_through_the_dialogue_has_aspects_and_latencies():
    outcomes = [
        outcome(aspect="fee", latency_ms=10.0),
        outcome(aspect="time", latency_ms=20.0),
        outcome(aspect=None, latency_ms=100.0),
        outcome(aspect="fee", ask=AMBIGUOUS, latency_ms=30.0),
    ]
    overall = summarise(outcomes)["overall"]
    assert overall["ask_accuracy"] == 0.5
    assert overall["latency_p50_ms"] == 30.0
    assert overall["latency_p95_ms"] == 100.0
    assert "latency_p50_ms" not in summarise([at_rank(1)])["overall"]


def test_nothing_measured_is_nothing_said():
    overall = summarise([])["overall"]
    assert overall["n"] == 0
    assert {overall[key] for key in ("recall@1", "mrr@10", "refused_out_of_scope")} == {None}


def test_reliability_sets_chances_beside_what_was_so():
    off = LabelledQuestion(text="mưa không", style="x", ask="out_of_scope")
    about = LabelledQuestion(text="khai sinh", style="x", ask="fee", gold=["1.000001"])
    outcomes = [
        Outcome(off, [], "refuse", off_topic=0.9, ambiguous=0.0),
        Outcome(off, [], "refuse", off_topic=0.7, ambiguous=0.0),
        Outcome(about, ["1.000001"], "answer", off_topic=0.6, ambiguous=0.02),
        Outcome(about, ["1.000001"], "answer", off_topic=0.01, ambiguous=0.02),
    ]
    reliability = summarise(outcomes)["reliability"]
    assert reliability["off_topic"] == [
        {"from": 0.0, "n": 1, "mean_chance": 0.01, "share": 0.0},
        {"from": 0.5, "n": 3, "mean_chance": 0.7333, "share": 0.6667},
    ]
    assert reliability["ambiguous"] == [{"from": 0.0, "n": 2, "mean_chance": 0.02, "share": 0.0}]
