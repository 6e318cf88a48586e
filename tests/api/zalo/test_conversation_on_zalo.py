"""A citizen writes on Zalo: the whole way through the webhook, the bot and the outbox."""

import httpx

from api.zalo.event import Kind
from knowledge_base.answer import Choice, Status
from tests.api.fake_rasa import make_answer
from tests.api.zalo.conftest import run
from tests.fakes.zalo_server import CITIZEN, echo_of, sign


def test_a_question_is_answered(talk, rasa):
    async def act():
        async with talk() as t:
            assert await t.say("Thủ tục khai sinh cần gì?") == [
                "Bạn viết: Thủ tục khai sinh cần gì?"
            ]

    run(act())
    assert rasa.sent[0]["input_channel"] == "zalo"
    assert CITIZEN not in str(rasa.sent)


def test_a_redelivery_is_answered_once(talk, zalo, rasa):
    async def act():
        async with talk() as t:
            body = zalo.write("Lệ phí?")
            raw, headers = sign(body)
            for number in range(6):
                sent = {**headers, "num_retry": str(number)} if number else headers
                assert (await t.post(body, sent, raw)).status_code == 200
            await t.quiet()

    run(act())
    assert len(rasa.sent) == 1
    assert zalo.texts_to() == ["Bạn viết: Lệ phí?"]


def test_a_number_chooses_what_the_button_says_on_the_web(talk, rasa):
    choices = [
        Choice(label="Cấp lần đầu", message="Cấp căn cước lần đầu (1.1)"),
        Choice(label="Bị mất", message="Cấp lại căn cước (1.2)"),
    ]
    rasa.reply = lambda text: make_answer(f"Về: {text}", choices=choices)

    async def act():
        async with talk() as t:
            (first,) = await t.say("căn cước")
            assert first.endswith("Bạn gõ số để chọn:\n1. Cấp lần đầu\n2. Bị mất")
            assert (await t.say("2"))[0].startswith("Về: Cấp lại căn cước (1.2)")
            assert (await t.say("số 1."))[0].startswith("Về: Cấp căn cước lần đầu (1.1)")
            assert (await t.say("3"))[0].startswith("Về: 3")

    run(act())


def test_a_typed_command_of_rasa_is_only_words(talk, rasa):
    async def act():
        async with talk() as t:
            await t.say("/restart")

    run(act())
    assert rasa.sent[0]["message"] == "restart"


def test_text_in_pieces_arrives_composed(talk, rasa):
    async def act():
        async with talk() as t:
            await t.say("le\u0323\u0302 phi\u0301")

    run(act())
    assert rasa.sent[0]["message"] == "lệ phí"


def test_messages_of_one_person_are_answered_in_order(talk, zalo):
    async def act():
        async with talk() as t:
            bodies = [zalo.write(f"câu {n}", at=zalo.clock() + n / 100) for n in range(12)]
            for body in bodies:
                await t.post(body)
            await t.quiet()

    run(act())
    assert zalo.texts_to() == [f"Bạn viết: câu {n}" for n in range(12)]


def test_an_empty_answer_of_the_bot_is_told_in_the_end(talk, rasa):
    rasa.fault = lambda request: httpx.Response(200, json=[])

    async def act():
        async with talk() as t:
            (told,) = await t.say("khai sinh")
            assert "trục trặc" in told
            assert "Bộ phận một cửa nơi bạn ở" in told

    run(act())


def test_a_bot_that_comes_back_answers_what_waited(talk, rasa):
    failures = []

    def fault(request):
        failures.append(request)
        if len(failures) > 1:
            rasa.fault = None
        return httpx.Response(200, json=[])

    rasa.fault = fault

    async def act():
        async with talk() as t:
            assert await t.say("khai sinh") == ["Bạn viết: khai sinh"]

    run(act())


def test_media_are_refused_kindly_and_not_stored(talk, zalo, rasa):
    photo = {"type": "image", "payload": {"url": "http://f6.photo.talk.zdn.vn/cccd.jpg"}}

    async def act():
        async with talk() as t:
            for kind in ("image", "file", "audio", "video"):
                await t.post(
                    zalo.event(f"user_send_{kind}", message={"attachments": [photo], "text": "đây"})
                )
            await t.quiet()
            with t.account.ledger._engine.connect() as connection:
                rows = connection.exec_driver_sql("SELECT * FROM zalo_inbound").all()
                assert "zdn.vn" not in str(rows)
                assert {row.body for row in rows} == {None}

    run(act())
    assert len(zalo.texts_to()) == 4
    assert all("không xem và không lưu lại" in text for text in zalo.texts_to())
    assert rasa.sent == []


def test_every_other_kind_has_its_reply(talk, zalo, rasa):
    async def act():
        async with talk() as t:
            await t.post(zalo.event("follow"))
            await t.quiet()
            for name in ("user_send_sticker", "user_send_location"):
                await t.post(zalo.event(name, message={"attachments": []}))
                await t.quiet()
            await t.post(zalo.event("user_submit_info", info={"phone": 84912345678}))
            await t.quiet()

    run(act())
    privacy, greeting, sticker, place, info = zalo.texts_to()
    assert "Trợ lý Một Cửa" in greeting
    assert "ảnh giấy tờ" in privacy
    assert "hình" in sticker
    assert "vị trí" in place
    assert "số điện thoại" in info
    assert rasa.sent == []


def test_echoes_and_receipts_are_ignored_and_unknown_events_kept(talk, zalo):
    async def act():
        async with talk() as t:
            mine = zalo.write("hỏi")
            for body in (
                echo_of(mine),
                {**echo_of(mine), "event_name": "user_seen_message"},
                zalo.event("widget_interaction_accepted", message={"text": "gì đó"}),
            ):
                assert (await t.post(body)).status_code == 200
            counts = await t.account.ledger.run(t.account.inbox.counts)
            assert counts == {"kept": 1}

    run(act())
    assert zalo.texts_to() == []


def test_whoever_withdraws_leaves_nothing_behind(talk, zalo, rasa):
    async def act():
        async with talk() as t:
            await t.say("điều riêng tư")
            await t.post(zalo.event("user_withdraw"))
            await t.quiet()
            with t.account.ledger._engine.connect() as connection:
                for table in ("zalo_person", "zalo_delivery"):
                    rows = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
                    assert rows == 0, table
                left = connection.exec_driver_sql(
                    "SELECT count(*) FROM zalo_inbound "
                    "WHERE person_key IS NOT NULL OR body IS NOT NULL"
                ).scalar()
                assert left == 0

    first = rasa.forgotten = []
    run(act())
    assert first == [rasa.sent[0]["sender"]]


def test_whoever_withdraws_takes_the_questions_for_officers_along(talk, zalo):
    async def act():
        async with talk() as t:
            await t.say("để lại câu hỏi cho cán bộ")
            await t.say("Nhà tôi ở hai xã thì nộp ở đâu?")
            book = t.app.state.hand_over.book
            assert [one.channel for one in book.listed()] == ["zalo"]
            await t.post(zalo.event("user_withdraw"))
            await t.quiet()
            assert book.listed() == []

    run(act())


def test_after_unfollowing_nothing_is_sent(talk, zalo):
    async def act():
        async with talk() as t:
            await t.say("hỏi")
            await t.post(zalo.event("unfollow"))
            await t.quiet()

    run(act())
    assert len(zalo.texts_to()) == 1


def test_no_words_of_a_citizen_lie_open_in_the_database(talk, settings, caplog):
    async def act():
        async with talk() as t:
            await t.say("điều rất riêng tư của tôi")

    with caplog.at_level("DEBUG", logger="api"):
        run(act())
    stored = b"".join(path.read_bytes() for path in settings.data_folder.glob("motcua.db*"))
    for private in ("riêng tư", CITIZEN):
        assert private.encode() not in stored
        assert private not in caplog.text


def test_a_long_answer_comes_in_three_messages_and_the_rest_on_request(talk, rasa):
    sentences = " ".join(f"Câu số {n} của bản công bố rất dài." for n in range(400))
    rasa.reply = lambda text: make_answer(sentences, choices=[Choice(label="Phí", message="Phí?")])

    async def act():
        async with talk() as t:
            first = await t.say("hỏi")
            assert len(first) == 3
            assert all(len(text) <= 2000 for text in first)
            assert "«tiếp»" in first[2]
            assert first[2].endswith("1. Phí")
            whole = [text.partition("\n\nCòn nữa")[0] for text in first]
            while "«tiếp»" in (last := await t.say("tiếp"))[-1]:
                whole += [text.partition("\n\nCòn nữa")[0] for text in last]
            whole += last
            assert " ".join(whole) == sentences
            assert (await t.say("1"))[0].startswith("Câu số 0")

    run(act())
    assert [body["message"] for body in rasa.sent] == ["hỏi", "Phí?"]


def test_an_error_of_the_web_is_an_error_here(talk, rasa):
    rasa.reply = lambda text: make_answer(status=Status.HANDED_OVER)

    async def act():
        async with talk(office_name="Một cửa phường Ví Dụ", office_phone="0222 3820 000") as t:
            (told,) = await t.say("cho tôi gặp cán bộ")
            assert "Một cửa phường Ví Dụ – 0222 3820 000" in told

    run(act())


def test_kinds_cover_what_a_citizen_may_send():
    assert {Kind.TEXT, Kind.MEDIA, Kind.STICKER, Kind.LOCATION} < set(Kind)
