import unicodedata

import pytest
import yaml

from knowledge_base.answer.aspect import Aspect
from knowledge_base.answer.blocks import Status
from knowledge_base.answer.texts import TEXTS_FILE, load_texts
from knowledge_base.procedure import ChannelKind, Level, OnlineService, RequirementGroup, TimeUnit


@pytest.fixture
def write(tmp_path):
    def write(**parts):
        data = yaml.safe_load(TEXTS_FILE.read_text("utf-8")) | parts
        path = tmp_path / "texts.yml"
        path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
        return path

    return write


def test_every_aspect_has_a_label_a_message_and_words_for_nothing(texts):
    assert set(texts.aspects) == set(Aspect)
    assert all({"label", "message", "missing"} <= set(words) for words in texts.aspects.values())


@pytest.mark.parametrize(
    ("part", "kinds"),
    [("units", TimeUnit), ("channels", ChannelKind), ("levels", Level), ("online", OnlineService)],
)
def test_every_kind_of_the_catalogue_has_its_words(texts, part, kinds):
    assert set(getattr(texts, part)) == {str(kind) for kind in kinds}


def test_every_group_of_papers_has_a_title(texts):
    titled = {str(group) for group in RequirementGroup if group != RequirementGroup.NOTE}
    assert titled | {"notes"} <= set(texts.labels)


def test_every_fixed_reply_has_a_status_that_reports_know(texts):
    assert {reply.status for reply in texts.replies.values()} <= set(Status)


def test_texts_are_composed():
    assert unicodedata.is_normalized("NFC", TEXTS_FILE.read_text("utf-8"))


def test_a_missing_aspect_is_named(write, texts):
    aspects = {str(a): dict(words) for a, words in texts.aspects.items() if a != Aspect.FEE}
    with pytest.raises(ValueError, match="aspects thiếu .*fee"):
        load_texts(write(aspects=aspects))


@pytest.mark.parametrize("parts", [{"slogan": {}}, {"phrases": None}, {"replies": {"a": {}}}])
def test_texts_of_another_form_are_refused(write, parts):
    with pytest.raises(ValueError, match=next(iter(parts))):
        load_texts(write(**parts))
