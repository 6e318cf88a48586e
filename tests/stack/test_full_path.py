"""The whole way from the command to the answer: the real application and the real Rasa."""

import json
import re
import signal
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from knowledge_base.answer import Status
from tests import stack
from tests.stack.running import Running, until

ROOT = Path(stack.__file__).parent.parent.parent
BIRTH = "1.001193"
BIRTH_DOCUMENTS = "làm giấy khai sinh cho con cần giấy tờ gì"
PRIVATE = "ông Nguyễn Văn Ví Dụ ở số 7"

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(
        not (ROOT / ".venv-rasa" / "bin" / "python").exists(),
        reason="no .venv-rasa: run «make setup» first",
    ),
    pytest.mark.skipif(
        not (ROOT / "knowledge_base" / "encoder" / "model").is_dir(),
        reason="no sentence encoder: run «motcua train encoder» first",
    ),
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc"),
]


@pytest.fixture(scope="module")
def running(data):
    running = Running(data, data.parent)
    try:
        running.wait_until_ready(240)
        yield running
    finally:
        running.end()


@pytest.fixture
def browser(running):
    with httpx.Client(base_url=running.address, trust_env=False, timeout=30) as browser:
        yield browser


@pytest.fixture
def ask(browser):
    """Ask one question after the other in one conversation."""
    conversation = None

    def ask(message):
        nonlocal conversation
        body = {"message": message, "conversation": conversation}
        response = browser.post("/api/v1/messages", json=body)
        assert response.status_code == 200
        conversation = response.json()["conversation"]
        return response.json()["answer"]

    return ask


def test_it_says_where_it_is_and_that_it_is_well(running, browser):
    assert running.address in running.said
    assert browser.get("/health").json() == {"status": "ok", "bot": True}


def test_a_question_on_the_command_line_gets_papers_source_and_date(running):
    done = running.motcua("ask", BIRTH_DOCUMENTS)
    assert done.returncode == 0, done.stderr
    assert "ĐĂNG KÝ KHAI SINH" in done.stdout
    assert "[ ] Giấy chứng sinh" in done.stdout
    assert "Nguồn: " in done.stdout
    assert "Quyết định" in done.stdout
    assert "kiểm tra ngày" in done.stdout


def test_a_follow_up_on_the_command_line_keeps_the_procedure(running):
    done = running.motcua("ask", BIRTH_DOCUMENTS, "thế lệ phí bao nhiêu")
    _, _, second = done.stdout.partition("❯ thế lệ phí bao nhiêu")
    assert "ĐĂNG KÝ KHAI SINH" in second
    assert "Phí, lệ phí" in second


def test_the_follow_up_is_an_answer_about_the_fee_of_the_same_procedure(ask):
    first = ask(BIRTH_DOCUMENTS)
    second = ask("thế lệ phí bao nhiêu")
    assert [first["procedure_code"], second["procedure_code"]] == [BIRTH, BIRTH]
    assert [first["aspect"], second["aspect"]] == ["documents", "fee"]


def test_spelling_without_accents_finds_the_same(ask):
    assert ask("lam giay khai sinh cho con can giay to gi")["procedure_code"] == BIRTH


def test_the_plain_form_shows_both_turns_after_a_reload(browser):
    assert browser.get("/").status_code == 200
    for message in (BIRTH_DOCUMENTS, "thế lệ phí bao nhiêu"):
        response = browser.post("/chat/messages", data={"message": message})
        assert (response.status_code, response.headers["location"]) == (303, "/#cuoi")
    for _ in range(2):
        page = browser.get("/").text
        assert page.index(BIRTH_DOCUMENTS) < page.index("thế lệ phí bao nhiêu")
        assert page.count('class="turn"') == 2
        assert "Giấy chứng sinh" in page


@pytest.mark.parametrize("command", ["/restart", "/ /restart", "/session_start", "/ask_fee{}"])
def test_a_command_that_is_typed_is_harmless(browser, command):
    browser.post("/chat/messages", data={"message": BIRTH_DOCUMENTS})
    answer = browser.post("/chat/messages", data={"message": command}, headers={"X-Fragment": "1"})
    assert answer.status_code == 200
    assert "trục trặc" not in answer.text
    assert BIRTH_DOCUMENTS in browser.get("/").text


def test_a_demonstration_dossier_is_found_and_opened_by_its_pin(ask):
    first = ask("hồ sơ H05.12-261123-0007 xong chưa")
    assert first["status"] == Status.ANSWERED_DOSSIER
    assert "tình trạng hôn nhân" not in str(first)
    second = ask("246810")
    assert second["status"] == Status.ANSWERED_DOSSIER
    assert "tình trạng hôn nhân" in str(second)


def test_the_pin_stays_neither_in_the_tracker_nor_in_any_file(running, browser):
    body = {"message": "hồ sơ H05.12-261123-0007 xong chưa"}
    sender = browser.post("/api/v1/messages", json=body).json()["conversation"]
    body = {"message": "246810", "conversation": sender}
    opened = browser.post("/api/v1/messages", json=body).json()["answer"]
    assert "tình trạng hôn nhân" in str(opened)
    tracker = httpx.get(
        f"http://127.0.0.1:{running.rasa_port}/conversations/{sender}/tracker",
        params={"token": running.environment["MOTCUA_RASA_TOKEN"]},
        trust_env=False,
    )
    assert tracker.status_code == 200
    assert [e["text"] for e in tracker.json()["events"] if e["event"] == "user"][-1] == "mã PIN •••"
    assert "246810" not in tracker.text
    files = [path for path in running.data.rglob("*") if path.is_file()]
    assert {"conversations.db", "motcua.db"} <= {path.name for path in files}
    for path in files:
        assert "246810" not in path.read_bytes().decode("utf-8", "replace"), path.name
        assert sender not in path.read_bytes().decode("utf-8", "replace"), path.name


def test_a_question_is_left_taken_over_answered_and_found(running, browser, ask):
    assert ask("cho tôi gặp cán bộ")["choices"][0]["message"] == "Để lại câu hỏi cho cán bộ"
    assert ask("1")["status"] == Status.HANDED_OVER_ASK
    left = ask(f"{PRIVATE} hỏi: con sinh ở Lào thì làm khai sinh ở đâu, gọi 0912345678")
    assert left["status"] == Status.HANDED_OVER_LEFT
    code = re.search(r"Mã câu hỏi: (\w{6})", str(left))[1]
    assert "0912345678" not in running.motcua("questions", "list").stdout
    running.motcua("questions", "take", code, "--by", "quầy 3")
    assert ask("lệ phí bao nhiêu")["status"] == Status.HANDED_OVER_TAKEN
    assert ask("alo")["blocks"] == []
    running.motcua("questions", "release", code)
    running.motcua("questions", "answer", code, "Làm ở cấp xã.", "--by", "quầy 3")
    answered = ask(BIRTH_DOCUMENTS)
    assert answered["procedure_code"] == BIRTH
    assert "Làm ở cấp xã." in str(answered["blocks"])
    page = browser.get(f"/hoi-dap/{code}")
    assert "Làm ở cấp xã." in page.text
    assert "Ví Dụ ở số" not in page.text


def test_a_dossier_goes_from_code_to_proof_to_answer_with_a_question_in_between(ask, running):
    first = ask("hồ sơ H05.12-261026-0115 của tôi đến đâu rồi")
    assert first["status"] == Status.ANSWERED_DOSSIER
    assert "Cấp giấy phép xây dựng" not in str(first)
    between = ask(BIRTH_DOCUMENTS)
    assert between["status"].partition("_")[0] in ("answered", "clarification"), between
    assert "Bạn đang xem dở hồ sơ H05.12-261026-0115" in str(between)
    assert ask("bốn số cuối là chín không một hai")["status"] == Status.ANSWERED_DOSSIER
    again = ask("hồ sơ H05.12-261026-0115")
    assert "Bạn có quyền được nhận văn bản xin lỗi" in str(again)
    owner = ask("112358")
    assert "Cấp giấy phép xây dựng nhà ở riêng lẻ" in str(owner)
    for path in [*running.data.glob("log/*.log"), *running.data.glob("*.db*")]:
        assert b"112358" not in path.read_bytes(), path.name


# What a citizen would type, slip and correction included; the people are those of the examples.
RESIDENCE = (
    "Công an xã Hòa Mẫu", "TRẦN THỊ THỬ", "5/9/1998", "nu", "000 198 000 002", "0000000002",
    "bỏ qua", "NGUYỄN VĂN THỬ", "Con dâu", "000065000004",
    "Đăng ký thường trú tại thôn Đông, xã Hòa Mẫu, tỉnh Ví Dụ", "không",
)  # fmt: skip
CHILD = (
    "Ủy ban nhân dân xã Hòa Mẫu", "Trần Thị Thử", "12/3/1998", "Thẻ căn cước số 000198000002",
    "Thôn Đông, xã Hòa Mẫu, tỉnh Ví Dụ", "Mẹ", "Nguyễn Mẫu An", "5/9/2026", "nữ", "Kinh",
    "Việt Nam", "Trạm Y tế xã Hòa Mẫu, xã Hòa Mẫu, tỉnh Ví Dụ", "Xã Hòa Mẫu, tỉnh Ví Dụ",
    "Trần Thị Thử", "12/3/1998", "Kinh", "Việt Nam", "bỏ qua", "bỏ qua", "bỏ qua phần này",
    "bỏ qua phần này", "có", "3 bản",
)  # fmt: skip


@pytest.mark.parametrize(
    ("begin", "replies", "correction", "shown"),
    [
        ("điền CT01", RESIDENCE, ("sửa ngày sinh", "6/9/1998"), "06/09/1998"),
        (
            "giúp tôi điền tờ khai đăng ký khai sinh",
            CHILD,
            ("sửa ngày sinh của bé", "15/9/2026"),
            "15/09/2026",
        ),
    ],
    ids=["CT01", "birth"],
)
def test_a_form_is_filled_in_from_the_wish_to_the_file(
    running, browser, ask, begin, replies, correction, shown
):
    assert ask(begin)["status"] == Status.FILLING_QUESTION
    half = len(replies) // 2
    for message in (*replies[:half], "lệ phí bao nhiêu?", *replies[half:]):
        answer = ask(message)
        assert not answer["status"].startswith("error"), message
        if message.endswith("?"):
            assert answer["aspect"] == "fee"
            assert "Ta điền tiếp nhé." in str(answer["blocks"])
    assert answer["status"] == Status.FILLING_REVIEW
    for message in correction:
        answer = ask(message)
    assert shown in str(answer["blocks"])
    assert "Còn thiếu" not in str(answer["blocks"])
    started = time.monotonic()
    done = ask("đúng rồi")
    assert done["status"] == Status.FILLING_DONE
    assert time.monotonic() - started < 10
    word, pdf = (block["href"] for block in done["blocks"] if block["type"] == "file")
    assert browser.get(word).content.startswith(b"PK")
    assert browser.get(word).status_code == 404
    assert browser.get(pdf).content.startswith(b"%PDF")
    _nothing_kept(running, "THỬ", "Thử", "000198000002", "Nguyễn Mẫu An", "Con dâu", "thôn Đông")


def _nothing_kept(running, *values):
    """Neither the logs, nor the databases, nor what was printed holds any of these."""
    kept = running.said.encode()
    for path in running.data.rglob("*"):
        if path.is_file() and path.suffix != ".gz":
            kept += path.read_bytes()
    for value in values:
        assert value.encode() not in kept, value
        assert json.dumps(value).strip('"').encode() not in kept, value


def test_small_talk_and_what_is_out_of_scope_get_their_own_answers(ask):
    assert ask("xin chào")["status"] == Status.ANSWERED_SOCIAL
    assert ask("thời tiết hôm nay thế nào")["status"] == Status.GUARDED_OUT_OF_SCOPE
    handed = ask("cho tôi gặp cán bộ")
    assert handed["status"] == Status.HANDED_OVER
    assert "Một cửa phường Ví Dụ" in str(handed["blocks"])


@pytest.mark.parametrize(
    "message", ["🙂", "{{7*7}}", "'; DROP TABLE dossier; --", "我想办理出生登记"]
)
def test_odd_messages_get_an_answer(ask, message):
    assert not ask(message)["status"].startswith("error")


def test_many_conversations_at_once_do_not_mix(running):
    def converse(number):
        with httpx.Client(base_url=running.address, trust_env=False, timeout=60) as client:
            message = BIRTH_DOCUMENTS if number % 2 else "thời tiết hôm nay thế nào"
            body = client.post("/api/v1/messages", json={"message": message}).json()
        return number % 2, body["answer"]["procedure_code"]

    with ThreadPoolExecutor(8) as pool:
        answered = set(pool.map(converse, range(16)))
    assert answered == {(1, BIRTH), (0, None)}


def test_rasa_and_the_actions_ask_for_their_tokens(running):
    for url in (
        f"http://127.0.0.1:{running.rasa_port}/status",
        f"http://127.0.0.1:{running.rasa_port}/domain",
    ):
        assert httpx.get(url, trust_env=False).status_code == 401
    webhook = f"http://127.0.0.1:{running.action_port}/webhook"
    assert httpx.post(webhook, json={}, trust_env=False).status_code == 401


def test_nothing_of_it_listens_beyond_this_machine(running):
    for port in (running.port, running.rasa_port, running.action_port):
        with socket.socket() as probe:
            # Bound to the loopback alone, the port is free on another address of this machine.
            probe.bind(("127.0.0.2", port))


def test_no_log_holds_what_was_typed(running, ask):
    ask(PRIVATE)
    logs = list(running.data.glob("log/*.log"))
    assert {path.name for path in logs} >= {"application.log", "rasa.log"}
    for path in logs:
        assert "Ví Dụ" not in path.read_text("utf-8", errors="replace"), path.name


def test_a_second_start_on_the_same_ports_is_refused(running):
    done = running.motcua("run")
    assert done.returncode == 1
    assert "đang bận" in done.stderr


def test_ctrl_c_stops_everything(running):
    """The last test of `running`: it is stopped by this."""
    assert len(running.processes()) >= 3
    started = time.monotonic()
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(timeout=15) == 0, running.said
    assert time.monotonic() - started < 15
    assert "Đang dừng" in running.said
    assert until(lambda: not running.processes(), 1)
    asked = running.motcua("ask", BIRTH_DOCUMENTS)
    assert (asked.returncode, asked.stdout) == (1, "")
    assert "make run" in asked.stderr


def test_nothing_outlives_a_parent_that_is_killed(data):
    again = Running(data, data.parent)
    try:
        again.wait_until_ready(120)
        assert len(again.processes()) >= 3
        again.process.kill()
        again.process.wait()
        assert until(lambda: not again.processes(), 8)
    finally:
        again.end()


def test_a_model_that_is_broken_ends_the_start_at_once(data, tmp_path):
    [model] = (data / "models").glob("bot-*.tar.gz")
    other = tmp_path / "data"
    (other / "models").mkdir(parents=True)
    (other / "models" / model.name).write_bytes(b"no model at all")
    broken = Running(other, tmp_path)
    try:
        assert broken.process.wait(timeout=120) == 1
        assert "Rasa không nạp được mô hình" in broken.said
        assert str(other / "log" / "rasa.log") in broken.said
    finally:
        broken.end()
