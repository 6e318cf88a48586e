"""What a message means in its conversation, and how that is learned."""

import numpy as np
import pytest

from knowledge_base.catalogue import load_catalogue
from knowledge_base.errors import SearchFileError
from knowledge_base.evaluation.dialogues import (
    EXAM_FILE,
    LabelledDialogue,
    read_labelled_dialogues,
)
from knowledge_base.procedure import Source, SourceKind
from knowledge_base.questions import CONVERSATIONS_FILE
from knowledge_base.search.context import Conversation, choose_in_context, context_rows
from knowledge_base.search.context_learning import followed_turns, learn_context, right_share
from knowledge_base.search.context_model import (
    FEATURES,
    load_context_model,
    write_context_model,
)
from tests.knowledge_base.search.conftest import (
    BIRTH,
    CONTEXT,
    DEATH,
    FIRST,
    LOST,
    MARRIAGE,
    QUESTIONS,
    make_engine,
)


def rows_by_code(engine, message, current, recent=(), content=2, **said):
    conversation = Conversation(
        engine.catalogue.get(current), [engine.catalogue.get(code) for code in recent]
    )
    procedures, rows = context_rows(engine, CONTEXT, message, conversation, content, **said)
    named = [dict(zip(FEATURES, row, strict=True)) for row in rows]
    return dict(zip([procedure.code for procedure in procedures], named, strict=True))


def test_current_sibling_recent_and_new_are_told_apart(engine):
    rows = rows_by_code(engine, "quay lại đánh rơi", FIRST, recent=[MARRIAGE])
    assert rows[FIRST]["stays"] == 1
    assert rows[FIRST]["stays_per_word"] == pytest.approx(np.log(3))
    assert rows[FIRST]["stays_if_back"] == rows[MARRIAGE]["recent_if_back"] == 1
    assert (rows[LOST]["sibling"], rows[LOST]["stays"], rows[LOST]["new_per_word"]) == (1, 0, 0)
    assert (rows[MARRIAGE]["recent"], rows[BIRTH]["recent"]) == (1, 0)
    assert rows[BIRTH]["new_per_word"] == pytest.approx(np.log(3))


def test_words_of_moving_on_count_for_and_against(engine):
    moving = rows_by_code(engine, "thôi đánh rơi", FIRST)
    staying = rows_by_code(engine, "đánh rơi được", FIRST)
    assert moving[FIRST]["stays_if_moving"] == moving[LOST]["sibling_if_moving"] == 1.0
    assert staying[FIRST]["stays_if_moving"] == staying[BIRTH]["new_if_moving"] == -1.0


def test_what_was_said_before_is_read_together_with_the_message(engine):
    current = engine.catalogue.get(FIRST)
    rows = {}
    for said in ((), ("hai đứa lấy nhau",)):
        procedures, found = context_rows(
            engine, CONTEXT, "làm giấy gì", Conversation(current, (), said), 1
        )
        codes = [procedure.code for procedure in procedures]
        rows[said] = dict(zip(FEATURES, found[codes.index(MARRIAGE)], strict=True))
    alone, told = rows.values()
    assert told["told_topic_words"] > alone["told_topic_words"]
    assert told["alone_topic_words"] == alone["alone_topic_words"]


def test_what_the_search_finds_first_is_marked(engine):
    rows = rows_by_code(engine, "đánh rơi giấy nuôi rồng xin lại", FIRST)
    assert [code for code, row in rows.items() if row["found_first"]] == [LOST]


def test_moving_on_to_what_we_have_guidance_for_is_marked(procedures):
    guidance = Source(kind=SourceKind.GUIDANCE, url="https://example.vn/1")
    guided = [
        procedure.model_copy(update={"sources": [guidance]})
        if procedure.code in (FIRST, MARRIAGE)
        else procedure
        for procedure in procedures
    ]
    rows = rows_by_code(make_engine(guided, QUESTIONS), "đánh rơi", FIRST)
    assert [code for code, row in rows.items() if row["guided_if_moved"]] == [MARRIAGE]


def test_what_is_denied_is_marked(engine):
    rows = rows_by_code(engine, "đánh rơi", FIRST, denied=True)
    assert rows[FIRST]["stays_if_denied"] == 1
    assert not any(row["stays_if_denied"] for code, row in rows.items() if code != FIRST)


def test_the_choice_comes_with_its_chance(engine):
    conversation = Conversation(engine.catalogue.get(FIRST))
    choice = choose_in_context(engine, CONTEXT, "đánh rơi rồi xin lại", conversation, 3)
    assert choice.procedure.code == LOST
    assert 0.1 < choice.chance <= 1


def make_dialogue(number, *turns):
    return LabelledDialogue(
        id=f"d{number}",
        turns=[{"user": user, "ask": ask, "gold": gold} for user, ask, gold in turns],
    )


def test_turns_follow_what_was_meant_and_skip_small_talk(engine):
    dialogue = make_dialogue(
        1,
        ("làm giấy kết hôn", "steps", [MARRIAGE]),
        ("cảm ơn", "out_of_scope", []),
        ("mấy ngày", "time", [MARRIAGE]),
        ("ông nội qua đời", "steps", [DEATH]),
        ("quay lại việc cưới", "fee", [MARRIAGE]),
    )
    turns = followed_turns(engine, [dialogue])
    assert [turn.message for turn in turns] == ["mấy ngày", "ông nội qua đời", "quay lại việc cưới"]
    assert [turn.moves for turn in turns] == [False, True, True]
    assert [p.code for p in turns[2].conversation.recent] == [MARRIAGE]
    said = ["làm giấy kết hôn", "cảm ơn", "mấy ngày", "ông nội qua đời"]
    assert list(turns[2].conversation.said) == said


def test_weights_are_learned_that_follow_the_conversations(engine):
    switch = ("thôi đánh rơi rồi xin lại", "steps", [LOST])
    dialogues = [
        make_dialogue(
            number,
            ("nuôi rồng", "steps", [FIRST]),
            (f"mấy ngày thì được {number}", "time", [FIRST]),
            switch,
        )
        for number in range(20)
    ]
    turns = followed_turns(engine, dialogues)
    model, right = learn_context(engine, CONTEXT, turns, ["mấy ngày thì được"])
    assert right == 1.0
    assert right_share(engine, model, turns) == 1.0
    assert model.back == CONTEXT.back
    assert model.moving.score("thôi đánh rơi") > model.moving.score("mấy ngày thì được")


def test_a_model_is_read_as_it_was_written(tmp_path):
    file = tmp_path / "context.yml"
    write_context_model(file, CONTEXT)
    assert load_context_model(file) == CONTEXT
    file.write_text(file.read_text("utf-8").replace("stays:", "remains:"), "utf-8")
    with pytest.raises(SearchFileError, match="remains"):
        load_context_model(file)


@pytest.mark.parametrize("path", [CONVERSATIONS_FILE, EXAM_FILE])
def test_every_code_of_our_conversations_is_known(tmp_path, path):
    known = load_catalogue(tmp_path)
    dialogues = read_labelled_dialogues(path)
    codes = {code for dialogue in dialogues for turn in dialogue.turns for code in turn.right}
    assert len(dialogues) >= 100
    assert [code for code in sorted(codes) if known.find(code) is None] == []
