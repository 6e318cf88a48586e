"""What officers write reaches the people on Zalo who asked, while Zalo allows it free of charge."""

from tests.api.zalo.conftest import run

HOUR = 3600
QUESTION = "Nhà tôi ở hai xã thì nộp ở đâu?"


async def leave(talk):
    await talk.say("để lại câu hỏi cho cán bộ")
    await talk.say(QUESTION)
    return talk.app.state.hand_over


async def relay(talk):
    tasks = [task for _, task in talk.app.state.zalo.worker._upkeep]
    await next(one for one in tasks if one.__qualname__ == "OfficerRelay.relay")()
    await talk.quiet()


def test_an_answer_comes_without_being_asked_for_and_once(talk, zalo):
    async def act():
        async with talk() as t:
            hand_over = await leave(t)
            (question,) = hand_over.book.listed()
            hand_over.book.answer(question.code, "Nộp ở xã nơi có nhà chính.", "Cán bộ A")
            await relay(t)
            await relay(t)
            told = [text for text in zalo.texts_to() if "Nộp ở xã nơi có nhà chính." in text]
            assert len(told) == 1
            assert "Nộp ở xã" not in (await t.say("chào"))[0]

    run(act())


def test_what_may_not_be_sent_is_read_at_the_next_message(talk, zalo, clock):
    async def act():
        async with talk() as t:
            hand_over = await leave(t)
            (question,) = hand_over.book.listed()
            clock.jump(49 * HOUR)
            hand_over.book.answer(question.code, "Nộp ở xã nơi có nhà chính.", "Cán bộ A")
            before = len(zalo.texts_to())
            await relay(t)
            assert len(zalo.texts_to()) == before
            assert "Nộp ở xã nơi có nhà chính." in (await t.say("chào"))[0]

    run(act())


def test_an_officer_who_takes_over_talks_with_the_citizen(talk, zalo):
    async def act():
        async with talk() as t:
            hand_over = await leave(t)
            (question,) = hand_over.book.listed()
            take_overs = hand_over.reception.take_overs
            take_overs.take(question.code, "Cán bộ A")
            take_overs.say(question.code, "Anh cho biết nhà ở thôn nào?")
            await relay(t)
            assert "Anh cho biết nhà ở thôn nào?" in zalo.texts_to()[-1]
            await t.say("thôn Hạ")
            assert "thôn Hạ" in [message.text for message in take_overs.thread(question.code)]

    run(act())
