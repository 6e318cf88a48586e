"""Every guidance file, walked along every answer, «Tôi không rõ» among them."""

from collections import Counter
from functools import cache

import pytest

from knowledge_base.checklist import Checklist
from knowledge_base.guidance import load_guidance_folder
from knowledge_base.situation import UNKNOWN

MOST_QUESTIONS = 5
GUIDANCE = {guidance.code: guidance for guidance in load_guidance_folder()}


def walk(checklist, answers):
    """The answers at the end of every path from `answers`."""
    question = checklist.next_question(answers)
    if question is None:
        yield answers
        return
    progress = checklist.progress(answers)
    assert progress.number <= progress.total <= MOST_QUESTIONS
    for option in [*(option.id for option in question.options), UNKNOWN]:
        following = {**answers, question.id: option}
        assert checklist.progress(following).total <= progress.total
        yield from walk(checklist, following)


def contents(personal_list):
    """What a list tells the citizen to do, apart from the answers."""
    return (
        tuple(item.id for item in (*personal_list.needed, *personal_list.notes)),
        tuple(item.id for item in personal_list.maybe),
        tuple(listed.step.text for listed in personal_list.steps),
        tuple(listed.channel.model_dump_json() for listed in personal_list.channels),
    )


@cache
def lists_of(code):
    """The lists of all paths through one file, with the answers that lead there."""
    checklist = Checklist(GUIDANCE[code], GUIDANCE.get)
    return [(answers, checklist.personal_list(answers)) for answers in walk(checklist, {})]


@pytest.fixture(params=sorted(GUIDANCE), scope="module")
def guidance(request):
    return GUIDANCE[request.param]


@pytest.fixture
def lists(guidance):
    return lists_of(guidance.code)


def test_every_path_ends_in_a_sound_list(guidance, lists):
    for answers, mine in lists:
        papers = [item.name for item in mine.needed]
        assert papers or mine.maybe or (mine.remark and mine.notes), answers
        assert mine.steps and mine.channels, answers
        assert [name for name, count in Counter(papers).items() if count > 1] == [], answers
        needed, maybe, others = (
            {item.name for item in items} for items in (mine.needed, mine.maybe, mine.not_needed)
        )
        assert not (needed & maybe or needed & others or maybe & others), answers
        assert all(item.only_if for item in mine.maybe), answers


def test_known_answers_leave_nothing_open(guidance, lists):
    for answers, mine in lists:
        if UNKNOWN in answers.values():
            continue
        assert not any(listed.only_if for listed in (*mine.steps, *mine.channels)), answers
        assert {item.only_if for item in mine.maybe} <= {"Bản công bố ghi «nếu có»."}, answers


def test_every_question_is_asked_and_changes_something(guidance, lists):
    for question in guidance.questions:
        outcomes = {}
        for answers, mine in lists:
            outcomes.setdefault(answers.get(question.id), set()).add(contents(mine))
        reached = [outcomes.get(option.id) for option in question.options]
        assert all(reached), f"{question.id}: an option is never offered"
        assert len(set(map(frozenset, reached))) > 1, f"{question.id} changes nothing"
