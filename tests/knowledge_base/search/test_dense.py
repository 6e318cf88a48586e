import numpy as np
import pytest

from knowledge_base.search.dense import VectorIndex

EAST, NORTH, WEST = np.array([[1, 0], [0, 1], [-1, 0]], dtype=np.float32)


@pytest.fixture
def index():
    """Procedure 0 has two texts, procedure 1 none, procedure 2 one."""
    return VectorIndex(np.stack([EAST, NORTH, WEST]), [0, 0, 2], 3)


@pytest.mark.parametrize(
    ("question", "scores"),
    [(EAST, [1, 0, 0]), (NORTH, [1, 0, 0]), (WEST, [0, 0, 1])],
)
def test_the_nearest_text_counts_for_its_procedure(index, question, scores):
    assert index.scores(question).tolist() == scores


def test_a_text_can_be_left_aside(index):
    assert index.scores(EAST, without=np.array([0])).tolist() == [0, 0, 0]
