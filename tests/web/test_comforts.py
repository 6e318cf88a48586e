"""Reading aloud, dictation, copying, sharing, printing: each there only where the browser can."""

import io

import pypdf

from tests.web.browsing import PHONE, axe_violations
from tests.web.test_chat import answer_fully, ask

VOICES = """(() => {
  window.said = []; window.stopped = 0;
  const voices = %s;
  Object.defineProperty(window, 'speechSynthesis', {value: {
    getVoices: () => voices, addEventListener() {},
    speak: (one) => window.said.push([one.lang, one.text]), cancel: () => { window.stopped += 1; },
  }});
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
})()"""
HEARING = """(() => {
  window.starts = 0;
  window.SpeechRecognition = window.webkitSpeechRecognition = class {
    start() { window.starts += 1; window.hearing = this; }
    stop() { this.onend(); }
  };
})()"""
SHARING = "navigator.share = (data) => { window.shared = data; return Promise.resolve(); }"


def open_with(open_page, address, script):
    page = open_page(address)
    page.context.add_init_script(script)
    page.reload()
    return page


def test_reading_aloud_is_hidden_without_a_vietnamese_voice(open_page, site, rasa):
    rasa.reply = answer_fully
    page = open_with(open_page, site, VOICES % "[{lang: 'en-US'}]")
    turn = ask(page, "khai sinh")
    assert turn.locator("[data-tool=speak]").is_hidden()


def test_answer_is_read_aloud_in_vietnamese_and_stopped(open_page, site, rasa):
    rasa.reply = answer_fully
    page = open_with(open_page, site, VOICES % "[{lang: 'vi-VN'}]")
    button = ask(page, "khai sinh").locator("[data-tool=speak]")
    button.click()
    said = page.evaluate("window.said")
    assert said[0] == ["vi-VN", "Đăng ký khai sinh"]
    assert not any("Đọc to" in text or "Câu trả lời này" in text for _, text in said)
    assert button.inner_text() == "Dừng đọc"
    button.click()
    assert page.evaluate("window.stopped") >= 1
    assert button.inner_text() == "Đọc to"


def test_dictation_is_hidden_where_the_browser_cannot_hear(open_page, site):
    page = open_with(
        open_page, site, "delete window.webkitSpeechRecognition; delete window.SpeechRecognition"
    )
    assert page.locator("#dictate").is_hidden()


def test_dictation_tells_who_hears_first_and_sends_nothing(open_page, site, rasa):
    page = open_with(open_page, site, HEARING)
    page.fill("#message", "em hỏi")
    page.click("#dictate")
    assert "Trình duyệt có thể gửi tiếng nói" in page.inner_text("#dictation-notice")
    assert page.evaluate("window.starts") == 0, "nothing is heard before the notice was read"
    assert axe_violations(page) == []
    page.click("#dictate")
    assert page.evaluate("[window.starts, window.hearing.lang]") == [1, "vi-VN"]
    page.evaluate("window.hearing.onresult({results: [[{transcript: 'mất căn cước'}]]})")
    page.click("#dictate")
    assert page.input_value("#message") == "em hỏi mất căn cước"
    assert rasa.sent == []
    assert page.inner_text("#dictate") == "Nói"


def test_box_keeps_its_width_beside_the_dictation(open_page, site):
    page = open_with(open_page, site, HEARING)
    assert page.locator("#message").bounding_box()["width"] >= 300, "of 360 px"
    assert page.locator("#dictate").bounding_box()["height"] >= 44


def test_refused_microphone_is_told_in_words(open_page, site):
    page = open_with(open_page, site, HEARING)
    page.click("#dictate")
    page.click("#dictate")
    page.evaluate("window.hearing.onerror({error: 'not-allowed'}); window.hearing.onend()")
    assert "không cho dùng micro" in page.inner_text("#message-error")


def test_answer_is_copied_with_its_source(open_page, site, rasa):
    rasa.reply = answer_fully
    page = open_page(site, PHONE, permissions=["clipboard-read", "clipboard-write"])
    turn = ask(page, "khai sinh")
    turn.locator("[data-tool=copy]").click()
    page.wait_for_selector("[data-tool=copy]:has-text('Đã chép')")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("Đăng ký khai sinh")
    assert "Cơ sở dữ liệu quốc gia" in text


def test_answer_is_shared_with_the_page_of_its_procedure(open_page, site, rasa):
    rasa.reply = answer_fully
    page = open_with(open_page, site, SHARING)
    ask(page, "khai sinh").locator("[data-tool=share]").click()
    shared = page.evaluate("window.shared")
    assert shared["url"] == f"{site}/thu-tuc/1.001193"
    assert shared["text"].startswith("Đăng ký khai sinh")


def test_page_is_shared_without_the_case_of_who_shares_it(open_page, site):
    page = open_page(site)
    page.context.add_init_script(SHARING)
    page.goto(f"{site}/thu-tuc/1.001193?have=x&check=1")
    page.click("[data-tool=share]")
    assert page.evaluate("window.shared.url") == f"{site}/thu-tuc/1.001193"


def test_one_answer_is_printed_alone(open_page, site, rasa):
    rasa.reply = answer_fully
    page = open_page(site)
    page.evaluate("window.print = () => null")
    ask(page, "câu một")
    ask(page, "câu hai").locator("[data-tool=print]").click()
    text = "".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(page.pdf())).pages)
    assert "câu hai" in text
    assert "câu một" not in text
    assert "Có ích" not in text
