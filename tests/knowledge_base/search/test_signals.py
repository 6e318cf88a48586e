import numpy as np
import pytest

from knowledge_base.search import Hit
from knowledge_base.search.signals import SIGNALS, read_signals
from knowledge_base.search.topic import Topic
from tests.factories import make_procedure

EVIDENCE = {
    "topic_words": 0.4,
    "body_words": 0.3,
    "name_meaning": 0.2,
    "question_meaning": 0.1,
}
NO_SIMILARITIES = np.zeros(0, dtype=np.float32)


def read(
    *scores,
    fields=("Hộ tịch",) * 9,
    topic="làm giấy khai sinh",
    off_topic=NO_SIMILARITIES,
    words_speak=(0.0, 0.0),
):
    hits = [
        Hit(make_procedure(f"1.00000{n}", field=fields[n]), score, EVIDENCE)
        for n, score in enumerate(scores)
    ]
    values = read_signals(hits, Topic(topic, topic, ()), off_topic, words_speak)
    assert values.shape == (len(SIGNALS),)
    return dict(zip(SIGNALS, values, strict=True))


def test_the_best_hit_gives_its_score_and_evidence():
    found = read(2.0, 1.5)
    assert found["score"] == 2.0
    assert {name: found[name] for name in EVIDENCE} == pytest.approx(EVIDENCE)


def test_the_hits_behind_are_told_by_how_far_they_are():
    found = read(2.0, 1.5, 1.0, 0.5, 0.1)
    assert found["margin"] == 0.5
    assert (found["second"], found["third"], found["fourth"]) == (0.75, 0.5, 0.25)


def test_hits_that_are_not_there_count_as_nothing():
    found = read(2.0)
    assert (found["margin"], found["second"], found["fourth"]) == (2.0, 0.0, 0.0)


def test_the_fields_of_the_first_four_are_counted():
    fields = ("Hộ tịch", "Đất đai", "Hộ tịch", "Cư trú", "Thuế")
    assert read(2.0, 1.9, 1.8, 1.7, 1.6, fields=fields)["fields"] == 3


def test_the_length_of_the_topic_is_counted_in_words():
    assert read(2.0, topic="làm giấy khai sinh")["length"] == 4


def test_the_three_nearest_messages_off_topic_count():
    nearest = np.array([0.1, 0.9, 0.6, 0.3], dtype=np.float32)
    assert read(2.0, off_topic=nearest)["off_topic_meaning"] == pytest.approx(0.6)
    assert read(2.0)["off_topic_meaning"] == 0


def test_what_the_words_speak_for_is_told():
    found = read(2.0, words_speak=(-1.5, 0.5))
    assert (found["off_topic_words"], found["ambiguous_words"]) == (-1.5, 0.5)


def test_a_search_that_found_nothing_has_signals():
    assert all(np.isfinite(list(read(0.0, 0.0).values())))
