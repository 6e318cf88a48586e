from dataclasses import replace
from datetime import timedelta

import pytest

from dossiers.connectors.local import RegistrySource
from dossiers.connectors.source import SourceRecord
from dossiers.errors import SourceUnavailableError, UnknownDossierError
from dossiers.followings import Followings, follower_key
from dossiers.news import load_following
from dossiers.notices import NoticeQueue
from dossiers.status import Status
from knowledge_base.calendar import load_calendar

CODE, OTHER = "H05.12-261123-0007", "H05.12-261112-0031"


@pytest.fixture
def followings(sessions, demo, clock):
    return Followings(sessions, demo, load_following(), clock=clock)


@pytest.fixture
def make_queue(sessions, demo, clock):
    def make_queue(source=None):
        source = source or RegistrySource(demo)
        return NoticeQueue(sessions, source, load_calendar(), load_following(), clock=clock)

    return make_queue


@pytest.fixture
def queue(make_queue):
    return make_queue()


@pytest.fixture
def move(demo, clock):
    """Bring a dossier to another status a minute later."""

    def move(code, status):
        clock.forward(minutes=1)
        demo.record_status(code, status, clock.now)

    return move


def test_who_follows_is_told_of_a_new_status_once(followings, queue, move):
    followings.follow(CODE, "conversation-1", "web")
    assert queue.collect() == 0
    move(CODE, Status.FINISHED)
    assert queue.collect() == 1
    assert queue.collect() == 0
    (notice,) = queue.take("conversation-1")
    assert (notice.code, notice.kind, notice.channel) == (CODE, "status", "web")
    assert "«Đã xử lý xong»" in notice.text
    assert queue.take("conversation-1") == []


def test_each_follower_is_told_and_nobody_else(followings, queue, move):
    followings.follow(CODE, "conversation-1", "web")
    followings.follow(CODE, "conversation-2", "zalo")
    followings.follow(OTHER, "conversation-3", "web")
    move(CODE, Status.FINISHED)
    assert queue.collect() == 2
    (waiting,) = queue.pending("zalo")
    assert waiting.follower == follower_key("conversation-2")
    assert queue.take("conversation-3") == []
    assert queue.take("nobody") == []


def test_a_channel_sends_and_says_how(followings, queue, move, clock):
    followings.follow(CODE, "conversation-2", "zalo")
    move(CODE, Status.FINISHED)
    queue.collect()
    (notice,) = queue.pending("zalo")
    assert queue.mark_sent(notice.id, "zalo template")
    assert not queue.mark_sent(notice.id, "zalo template")
    assert queue.pending("zalo") == []
    (kept,) = queue.listed(code=CODE)
    assert (kept.sent_at, kept.sent_how) == (clock.now, "zalo template")


def test_two_replicas_tell_a_thing_once(followings, make_queue, move):
    followings.follow(CODE, "conversation-1", "web")
    move(CODE, Status.FINISHED)
    source = RegistrySource(followings._registry)
    second = make_queue()

    class Overtaken:
        def find(self, code):
            second.collect()  # the other replica is through before this one writes
            return source.find(code)

    assert make_queue(Overtaken()).collect() == 0
    assert len(second.listed()) == 1


def test_following_ends_with_the_dossier_after_the_last_word(followings, queue, move):
    followings.follow(CODE, "conversation-1", "web")
    move(CODE, Status.FINISHED)
    move(CODE, Status.RETURNED)
    queue.collect()
    assert followings.of("conversation-1") == []
    assert "«Đã trả kết quả»" in queue.take("conversation-1")[0].text


def test_what_is_withdrawn_is_told_no_more(followings, queue, move):
    followings.follow(CODE, "conversation-1", "web")
    move(CODE, Status.FINISHED)
    queue.collect()
    assert followings.withdraw(CODE, "conversation-1")
    assert queue.take("conversation-1") == []
    assert not followings.withdraw(CODE, "conversation-1")
    move(CODE, Status.RETURNED)
    assert queue.collect() == 0


def test_it_may_be_followed_again_from_then_on(followings, queue, move):
    followings.follow(CODE, "conversation-1", "web")
    followings.withdraw(CODE, "conversation-1")
    move(CODE, Status.FINISHED)
    followings.follow(CODE, "conversation-1", "web")
    assert queue.collect() == 0
    assert [one.code for one in followings.of("conversation-1")] == [CODE]


def test_to_follow_twice_is_to_follow_once(followings, clock):
    followings.follow(CODE, "conversation-1", "web")
    first = followings.of("conversation-1")
    clock.forward(hours=1)
    followings.follow(CODE, "conversation-1", "web")
    assert followings.of("conversation-1") == first


def test_consent_is_kept_with_its_time_and_words(followings, clock):
    followings.follow(CODE, "conversation-1", "web")
    (kept,) = followings.of("conversation-1")
    assert (kept.consent, kept.consented_at) == (followings.consent_for(CODE), clock.now)
    assert CODE in kept.consent


def test_an_unknown_dossier_cannot_be_followed(followings):
    with pytest.raises(UnknownDossierError):
        followings.follow("H05.12-261123-9999", "conversation-1", "web")


def test_a_source_that_is_down_is_asked_again_later(followings, make_queue, queue, move):
    class Down:
        def find(self, code):
            raise SourceUnavailableError("igate", "không trả lời")

    followings.follow(CODE, "conversation-1", "web")
    move(CODE, Status.FINISHED)
    assert make_queue(Down()).collect() == 0
    assert queue.collect() == 1


def test_what_is_only_last_known_is_no_news(followings, make_queue, demo, move, clock):
    class Stale:
        def find(self, code):
            return SourceRecord(replace(demo.get(code)), clock.now, stale=True)

    followings.follow(CODE, "conversation-1", "web")
    move(CODE, Status.FINISHED)
    assert make_queue(Stale()).collect() == 0


def test_what_ended_is_deleted_after_its_time(followings, queue, move, clock):
    followings.follow(CODE, "conversation-1", "web")
    followings.follow(OTHER, "conversation-1", "web")
    move(CODE, Status.FINISHED)
    queue.collect()
    queue.take("conversation-1")
    followings.withdraw(CODE, "conversation-1")
    clock.forward(days=29)
    assert followings.forget_old() == 0
    clock.now += timedelta(days=2)
    assert followings.forget_old() == 1
    assert queue.listed() == []
    assert [one.code for one in followings.of("conversation-1")] == [OTHER]


def test_no_table_holds_the_id_of_a_conversation(followings, queue, move, engine):
    followings.follow(CODE, "conversation-1", "web")
    move(CODE, Status.FINISHED)
    queue.collect()
    with engine.connect() as connection:
        for table in ("dossier_followings", "dossier_notices"):
            rows = connection.exec_driver_sql(f"SELECT * FROM {table}").all()
            assert rows
            assert "conversation-1" not in str(rows)
