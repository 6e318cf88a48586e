import pytest

from api.errors import QuestionError

HERE, THERE = "c" * 64, "d" * 64


@pytest.fixture
def take_overs(hand_over):
    return hand_over.take_overs


@pytest.fixture
def code(leave):
    return leave().code


def test_until_somebody_takes_over_nobody_hears(take_overs, code):
    assert take_overs.hear(HERE, "còn ai không") is None


def test_the_citizen_is_told_once_and_heard_always(take_overs, code):
    take_overs.take(code, "quầy 3")
    assert [take_overs.hear(HERE, "một"), take_overs.hear(HERE, "hai")] == [True, False]
    assert [(m.author, m.text) for m in take_overs.thread(code)] == [
        ("citizen", "một"),
        ("citizen", "hai"),
    ]


def test_another_conversation_goes_on_with_the_bot(take_overs, code):
    take_overs.take(code, "quầy 3")
    assert take_overs.hear(THERE, "lệ phí") is None


def test_what_is_heard_is_masked(take_overs, code):
    take_overs.take(code, "quầy 3")
    take_overs.hear(HERE, "số của tôi là 0912345678, pin 246810")
    assert take_overs.thread(code)[0].text == "số của tôi là •••, pin •••"


def test_after_the_release_the_bot_speaks_again(take_overs, code):
    take_overs.take(code.lower(), "quầy 3")
    take_overs.release(code)
    assert take_overs.hear(HERE, "lệ phí") is None
    assert take_overs.taken_by(code) is None


def test_after_the_time_limit_the_bot_speaks_again(take_overs, code, clock):
    take_overs.take(code, "quầy 3")
    clock.forward(minutes=29)
    assert take_overs.hear(HERE, "còn đó không") is True
    clock.forward(minutes=2)
    assert take_overs.hear(HERE, "lệ phí") is None


def test_an_officers_word_begins_the_time_limit_anew(take_overs, code, clock):
    take_overs.take(code, "quầy 3")
    clock.forward(minutes=29)
    take_overs.say(code, "chờ chút nhé")
    clock.forward(minutes=29)
    assert take_overs.hear(HERE, "vâng") is True


def test_taking_over_twice_is_one_take_over_by_the_second(take_overs, code):
    take_overs.take(code, "quầy 3")
    take_overs.take(code, "quầy 5")
    assert take_overs.taken_by(code).taken_by == "quầy 5"
    take_overs.release(code)
    assert take_overs.taken_by(code) is None


def test_what_the_officer_writes_is_given_once(take_overs, code):
    take_overs.take(code, "quầy 3")
    assert take_overs.say(code, "Bạn mang giấy chứng sinh nhé.") == "Bạn mang giấy chứng sinh nhé."
    take_overs.say(code, "Gọi bà Lê Thị Ba số 0912345678")
    assert take_overs.take_new_messages(THERE) == []
    assert take_overs.take_new_messages(HERE) == [
        "Bạn mang giấy chứng sinh nhé.",
        "Gọi bà ••• số •••",
    ]
    assert take_overs.take_new_messages(HERE) == []


@pytest.mark.parametrize(
    "act",
    [
        lambda t, code: t.release(code),
        lambda t, code: t.say(code, "chào bạn"),
        lambda t, code: t.take("K7P3QX", "quầy 3"),
        lambda t, code: t.thread("K7P3QX"),
    ],
)
def test_what_cannot_be_done_is_told(take_overs, code, act):
    with pytest.raises(QuestionError):
        act(take_overs, code)


def test_an_empty_word_is_refused(take_overs, code):
    take_overs.take(code, "quầy 3")
    with pytest.raises(QuestionError, match="trống"):
        take_overs.say(code, " ")


def test_a_closed_question_is_not_taken_over(take_overs, book, code):
    book.close(code)
    with pytest.raises(QuestionError, match="đã đóng"):
        take_overs.take(code, "quầy 3")
