import json

import pytest

from knowledge_base.errors import EvaluationError
from knowledge_base.evaluation import (
    LabelledTurn,
    TurnOutcome,
    holds_dialogues,
    read_labelled_dialogues,
    summarise_turns,
)


def turn(ask="fee", gold=("a",), *, context=False):
    return LabelledTurn(user="?", ask=ask, gold=list(gold), depends_on_context=context)


def outcome(labelled, code=None, aspect=None, *, status="answered", offered=()):
    aspects = [aspect] if aspect else []
    return TurnOutcome("d", labelled, status, code, aspects, list(offered))


@pytest.mark.parametrize(
    ("labelled", "code", "aspect", "procedure_right", "right"),
    [
        (turn(), "a", "fee", True, True),
        (turn(), "a", "time", True, False),
        (turn(), "b", "fee", False, False),
        (turn(), None, "fee", False, False),
        (turn("ambiguous", ("a", "b")), "b", "overview", True, True),
        (turn("ambiguous", ("a", "b")), "c", "overview", False, False),
        (turn("out_of_scope", ()), None, None, True, True),
        (turn("out_of_scope", ()), "a", "fee", False, False),
    ],
)
def test_a_turn_is_right_where_procedure_and_aspect_are(
    labelled, code, aspect, procedure_right, right
):
    judged = outcome(labelled, code, aspect)
    assert (judged.procedure_right, judged.right) == (procedure_right, right)


def test_a_vague_message_may_be_asked_back_with_a_right_choice():
    vague = turn("ambiguous", ("a", "b"))
    assert outcome(vague, status="clarification", offered=["c", "b"]).right
    assert not outcome(vague, status="clarification", offered=["c", "d"]).right
    assert not outcome(turn(), status="clarification", offered=["a", "b"]).procedure_right


def test_small_talk_is_not_to_be_asked_back():
    assert not outcome(turn("out_of_scope", ()), offered=["a"]).right


def test_a_dossier_turn_wants_an_answer_about_a_dossier():
    status = turn("dossier_status", ())
    assert outcome(status, status="clarification_dossier").right
    assert not outcome(status, "a", "time").right


def test_context_turns_are_counted_apart():
    summary = summarise_turns(
        [
            outcome(turn(), "a", "fee"),
            outcome(turn(context=True), "a", "fee"),
            outcome(turn(context=True), "b", "fee"),
        ]
    )
    assert summary["turns"] == 3
    assert summary["right"] == round(2 / 3, 4)
    assert (summary["context_turns"], summary["context_right"]) == (2, 0.5)
    assert (summary["alone_right"], summary["aspect_right"]) == (1.0, 1.0)


ROW = {"id": "d1", "turns": [{"user": "x", "ask": "fee", "context_dependent": True}]}


def test_dialogues_are_told_from_questions_and_read(tmp_path):
    path = tmp_path / "dialogues.jsonl"
    path.write_text("\n" + json.dumps(ROW) + "\n", "utf-8")
    assert holds_dialogues(path)
    (dialogue,) = read_labelled_dialogues(path)
    assert dialogue.turns[0].depends_on_context
    path.write_text('{"text": "x"}', "utf-8")
    assert not holds_dialogues(path)


@pytest.mark.parametrize("content", ["", "{", "[1]"])
def test_other_files_hold_no_dialogues(tmp_path, content):
    path = tmp_path / "x.jsonl"
    path.write_text(content, "utf-8")
    assert not holds_dialogues(path)


def test_a_wrong_line_is_told_with_its_number(tmp_path):
    path = tmp_path / "dialogues.jsonl"
    path.write_text(json.dumps(ROW) + '\n{"id": "d2"}', "utf-8")
    with pytest.raises(EvaluationError, match=r"dialogues.jsonl:2"):
        read_labelled_dialogues(path)
