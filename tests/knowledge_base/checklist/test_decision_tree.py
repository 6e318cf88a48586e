"""The tables that the browser looks things up in say what the checklist says, on every path."""

from dataclasses import replace

import pytest

from knowledge_base.checklist import Checklist, decision_tree
from knowledge_base.guidance import load_guidance_folder
from knowledge_base.situation import UNKNOWN

GUIDANCE = {guidance.code: guidance for guidance in load_guidance_folder()}
PAPERS = ("needed", "maybe", "not_needed", "notes")


def paths(tree, procedure, child, answers=()):
    """Every path by looking up alone: the answers and the list at its end."""
    if child < 0:
        yield dict(answers), tree.lists[-1 - child]
        return
    question, _, *children = tree.nodes[child]
    asked = procedure.questions[question]
    options = [*(option.id for option in asked.options), UNKNOWN]
    for option, following in zip(options, children, strict=True):
        yield from paths(tree, procedure, following, (*answers, (asked.id, option)))


def entries(tree, parts, listed):
    """The parts that a list names, with the reason in words."""
    pairs = [(entry, None) if isinstance(entry, int) else entry for entry in listed]
    return [(parts[place], reason if reason is None else tree.reasons[reason])
            for place, reason in pairs]  # fmt: skip


@pytest.mark.parametrize("code", sorted(GUIDANCE))
def test_looking_up_gives_the_list_of_the_checklist_on_every_path(code):
    procedure = GUIDANCE[code]
    tree = decision_tree(procedure, GUIDANCE.get)
    checklist = Checklist(procedure, GUIDANCE.get)
    walked = 0
    for answers, (*papers, steps, channels, remark) in paths(tree, procedure, tree.root):
        walked += 1
        mine = checklist.personal_list(answers)
        for name, listed in zip(PAPERS, papers, strict=True):
            shown = [replace(i, only_if=why) for i, why in entries(tree, tree.items, listed)]
            assert shown == list(getattr(mine, name)), (name, answers)
        assert entries(tree, procedure.steps, steps) == [(s.step, s.only_if) for s in mine.steps]
        assert entries(tree, procedure.channels, channels) == [
            (listed.channel, listed.only_if) for listed in mine.channels
        ]
        assert (tree.reasons[remark] if remark >= 0 else None) == mine.remark
        assert [(s.question_id, s.option or UNKNOWN) for s in mine.said] == list(answers.items())
    assert walked >= 1


@pytest.mark.parametrize("code", sorted(GUIDANCE))
def test_questions_come_in_the_order_of_the_checklist_with_the_same_count(code):
    procedure = GUIDANCE[code]
    tree = decision_tree(procedure, GUIDANCE.get)
    checklist = Checklist(procedure, GUIDANCE.get)
    waiting = [(tree.root, {})]
    while waiting:
        child, answers = waiting.pop()
        question, progress = checklist.next_question(answers), checklist.progress(answers)
        if child < 0:
            assert question is None and progress.finished, answers
            continue
        place, left, *children = tree.nodes[child]
        assert question == procedure.questions[place], answers
        assert (progress.number, progress.total) == (len(answers) + 1, len(answers) + left)
        options = [*(option.id for option in question.options), UNKNOWN]
        waiting += [
            (following, {**answers, question.id: option})
            for option, following in zip(options, children, strict=True)
        ]


def test_equal_ends_and_branches_are_kept_once(dragon):
    tree = decision_tree(dragon, lambda code: None)
    assert len({repr(row) for row in tree.lists}) == len(tree.lists)
    assert len({repr(row) for row in tree.nodes}) == len(tree.nodes)


def test_a_procedure_without_questions_is_one_list(dragon):
    procedure = dragon.model_copy(
        update={"questions": [], "requirements": dragon.requirements[:1], "steps": [],
                "channels": []}
    )  # fmt: skip
    tree = decision_tree(procedure, lambda code: None)
    assert (tree.root, tree.nodes) == (-1, [])
    assert tree.lists == [[[0], [], [], [], [], [], -1]]
