"""What the tests of guided filling share: a talk with a draft, without any channel."""

import pytest

from knowledge_base.forms.filling import BLANK, Draft, read_message, take_step
from tests.knowledge_base.forms.conftest import TODAY


class Filling:
    """A form being filled in, message by message."""

    def __init__(self, form):
        self.draft = Draft(form)
        self.proposals = ()

    def say(self, message):
        """Say one message, as in a chat, and return the step that it makes."""
        said = read_message(self.draft, message, TODAY, self.proposals)
        step = take_step(self.draft, said, TODAY)
        self.draft, self.proposals = step.draft, step.proposals
        return step

    def wish(self, message):
        """What a message would be taken for."""
        return read_message(self.draft, message, TODAY, self.proposals).wish

    def go_to(self, key):
        """Answer until the question `key` is open, from what an example holds or with nothing."""
        example = self.draft.form.examples[0]
        for _ in range(100):
            question = self.draft.open
            if question is None or question.key == key:
                break
            value = example.values.get(question.key, BLANK)
            self.draft = self.draft.with_answer(value if isinstance(value, str) else BLANK)
        assert self.draft.open is not None and self.draft.open.key == key, key
        return self


@pytest.fixture
def ct01(library):
    return library.get("ct01")


@pytest.fixture
def residence(ct01):
    """CT01 being filled in."""
    return Filling(ct01)


@pytest.fixture
def child(birth):
    """The birth registration being filled in."""
    return Filling(birth)


def value_for(question, example):
    """What an example answers to a question, as a person would type it."""
    value = example.values.get(question.field.id, BLANK)
    if question.row is None:
        return value
    rows = value if isinstance(value, list) else []
    row = rows[question.row - 1] if question.row <= len(rows) else None
    if question.opens_row:
        return "Có" if row else "Không"
    return row.get(question.entry.id, BLANK)
