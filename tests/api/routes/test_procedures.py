import re
from html.parser import HTMLParser

import httpx
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from knowledge_base.answer.blocks import Checklist, ChecklistEntry
from knowledge_base.catalogue import Catalogue
from tests.api.conftest import NOW
from tests.api.fake_rasa import FakeRasa, make_answer
from tests.factories import CODE, PORTAL, make_bare, make_guidance, make_procedure

LICENCE, BARE = "1.999002", "1.999003"
PATH = f"/thu-tuc/{CODE}"
ATTACK = """<img src=x onerror="window.__xss=1"><script>window.__xss=1</script>' " &"""
QUESTIONS = [
    {
        "id": "owner",
        "ask": "Rồng của ai?",
        "options": [
            {"id": "own", "label": "Rồng của tôi"},
            {"id": "lent", "label": "Rồng mượn của người khác"},
        ],
    },
    {
        "id": "lender",
        "ask": "Người cho mượn có giấy phép chưa?",
        "when": {"owner": "lent"},
        "options": [
            {"id": "licensed", "label": "Có giấy phép rồi"},
            {"id": "unlicensed", "label": "Chưa có giấy phép"},
        ],
    },
]
REQUIREMENTS = [
    {"id": "application", "name": "Đơn đề nghị nuôi rồng", "originals": 1},
    {"id": "loan", "name": "Giấy cho mượn rồng", "when": {"owner": "lent"}},
    {
        "id": "licence",
        "name": "Bản sao giấy phép của người cho mượn",
        "copies": 1,
        "when": {"lender": "licensed"},
        "get_from": "Người cho mượn đưa cho bạn.",
        "get_from_code": LICENCE,
    },
    {
        "id": "identity",
        "name": "Thẻ căn cước",
        "group": "show",
        "may_be_waived": "Cơ quan tra được thì không phải xuất trình.",
    },
]
STEPS = [
    {"who": "Bạn", "text": "Nộp đơn."},
    {"who": "Cán bộ", "text": "Gọi người cho mượn.", "when": {"owner": "lent"}},
]


class Boxes(HTMLParser):
    """The named inputs of a page, as (name, value) → whether it is checked."""

    def __init__(self, page):
        super().__init__()
        self.found = {}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "input":
            self.found[given.get("name"), given.get("value")] = "checked" in given


def dragon(**parts):
    given = {
        "questions": QUESTIONS,
        "requirements": REQUIREMENTS,
        "steps": STEPS,
        "next": [{"code": LICENCE, "why": "Rồng lớn thì cần."}],
        "not_needed_when": ["Rồng chỉ là đồ chơi."],
    }
    return make_guidance(**{**given, **parts})


def _refuse(request):
    raise httpx.ConnectError("refused", request=request)


@pytest.fixture
def open_site(tmp_path):
    """Open a browser on a site with these procedures, whose Rasa is down."""
    opened = []

    def open_site(*procedures):
        rasa = FakeRasa()
        rasa.fault = _refuse
        app = create_app(
            Settings(data_folder=tmp_path),
            catalogue=Catalogue(procedures),
            rasa_transport=rasa.transport,
            now=lambda: NOW,
        )
        client = TestClient(app)
        opened.append(client.__enter__())
        return client

    yield open_site
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def site(open_site):
    return open_site(
        dragon(),
        make_procedure(LICENCE, name="Cấp bản sao giấy phép rồng"),
        make_bare(BARE, name="Xuất khẩu rồng", online_url=PORTAL),
    )


def words(page):
    """What is read on the page, without the printed sheet."""
    shown = page.partition('<section class="sheet">')[0].partition("<main")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", shown))


def part(page, start, end):
    return words(page).partition(start)[2].partition(end)[0]


def test_page_tells_everything_in_order(site):
    response = site.get(PATH)
    assert response.status_code == 200
    shown = words(response.text)
    parts = [
        "Cấp giấy phép nuôi rồng",
        "Xin phép nuôi một con rồng trong vườn.",
        "Bạn muốn nuôi rồng.",
        "Rồng chỉ là đồ chơi.",
        "Rồng của ai?",
        "Đơn đề nghị nuôi rồng",
        "Bộ phận một cửa cấp xã",
        "5 ngày làm việc",
        "Miễn phí",
        "Nộp đơn.",
        "Giấy phép nuôi rồng",
        "Quên ký.",
        "Rồng lớn thì cần.",
        "1/2026/NĐ-CP",
        "Quyết định 12/QĐ-BTP, kiểm tra ngày 23/11/2026",
    ]
    places = [shown.find(text) for text in parts]
    assert -1 not in places, parts[places.index(-1)]
    assert places == sorted(places)
    assert f'href="{PORTAL}"' in response.text


def test_every_question_offers_not_knowing(site):
    boxes = Boxes(site.get(PATH).text).found
    for question in ("owner", "lender"):
        assert boxes[f"q_{question}", "unknown"] is False
    assert words(site.get(PATH).text).count("Tôi không rõ") == 2


def test_without_answers_papers_of_cases_may_be_needed(site):
    page = site.get(PATH).text
    maybe = part(page, "Có thể cần, hãy hỏi lại", "Kiểm tra")
    assert "Giấy cho mượn rồng" in maybe
    assert "Chỉ khi: Rồng mượn của người khác" in maybe


def test_answers_filter_the_list(site):
    page = site.get(PATH, params={"q_owner": "own"}).text
    assert "Có thể cần, hãy hỏi lại" not in words(page)
    folded = part(page, "Không cần trong trường hợp của bạn (2)", "Kiểm tra")
    assert "Giấy cho mượn rồng" in folded
    assert "Bản sao giấy phép của người cho mượn" in folded


def test_answers_filter_the_steps(site):
    assert "(Chỉ khi: Rồng mượn" in words(site.get(PATH).text)
    assert "Gọi người cho mượn" not in site.get(PATH, params={"q_owner": "own"}).text
    lent = words(site.get(PATH, params={"q_owner": "lent"}).text)
    assert "Cán bộ: Gọi người cho mượn." in lent


def test_every_way_to_file_stays_on_the_page(open_site):
    way = {
        "id": "way",
        "ask": "Bạn nộp bằng cách nào?",
        "options": [{"id": "counter", "label": "Đến nơi"}, {"id": "online", "label": "Qua mạng"}],
    }
    time = {"quantity": 5, "unit": "working_day"}
    channels = [
        {"channel": "counter", "time": time, "fee": "8.000 đồng"},
        {"channel": "online", "time": time, "fee": "4.000 đồng"},
    ]
    papers = [{"id": "application", "name": "Đơn", "when": {"way": "counter"}}]
    site = open_site(
        dragon(questions=[way], requirements=papers, channels=channels, steps=STEPS[:1] * 2)
    )
    shown = words(site.get(PATH, params={"q_way": "counter"}).text)
    assert "Nộp trực tiếp 8.000 đồng" in shown
    assert "Nộp trực tuyến 4.000 đồng" in shown


def test_note_on_a_channel_stands_once_after_time_and_fee(open_site):
    time = {"quantity": 5, "unit": "working_day"}
    channel = {"channel": "counter", "time": time, "fee": "8.000 đồng", "note": "Hộ nghèo: 0 đồng."}
    shown = words(open_site(dragon(channels=[channel])).get(PATH).text)
    assert shown.count("Hộ nghèo: 0 đồng.") == 1
    assert shown.index("8.000 đồng") < shown.index("Hộ nghèo: 0 đồng.")


def test_answer_stays_chosen_and_is_not_remembered(site):
    answered = site.get(PATH, params={"q_owner": "lent"})
    assert Boxes(answered.text).found["q_owner", "lent"]
    assert "set-cookie" not in answered.headers
    assert not any(Boxes(site.get(PATH).text).found.values())


def test_question_of_another_case_is_not_asked(site):
    page = site.get(PATH, params={"q_owner": "own", "q_lender": "licensed"}).text
    assert ("q_lender", "licensed") not in Boxes(page).found
    assert "Giấy tờ phải nộp Đơn đề nghị nuôi rồng" in words(page)


@pytest.mark.parametrize("query", ["q_owner=dwarf", "q_moon=full", "have=moon", "x=%00", "q_owner"])
def test_what_the_procedure_does_not_know_is_ignored(site, query):
    assert site.get(f"{PATH}?{query}").text == site.get(PATH).text


def test_own_check_names_what_is_missing_and_how_to_get_it(site):
    query = {"q_owner": "lent", "q_lender": "licensed", "have": ["application"], "check": "1"}
    page = site.get(PATH, params=query).text
    assert "Bạn còn thiếu 2 loại giấy tờ." in words(page)
    missing = part(page, "Còn thiếu ", "Có thể không phải nộp, hãy hỏi lại")
    assert "Giấy cho mượn rồng" in missing
    assert "Người cho mượn đưa cho bạn." in missing
    assert "Xem thủ tục: Cấp bản sao giấy phép rồng" in missing
    assert "Đơn đề nghị" not in missing
    assert f'href="/thu-tuc/{LICENCE}"' in page
    assert Boxes(page).found["have", "application"]


def test_own_check_names_what_is_not_needed(site):
    query = {"q_owner": "own", "have": ["application", "loan", "identity"], "check": "1"}
    page = site.get(PATH, params=query).text
    assert "Bạn có thể đi nộp." in words(page)
    assert "Giấy cho mượn rồng" in part(page, "Bạn có nhưng không cần nộp", "Cơ quan tiếp nhận")


def test_own_check_advises_to_ask_about_papers_that_may_be_waived(site):
    query = {"q_owner": "own", "have": "application", "check": "1"}
    result = part(site.get(PATH, params=query).text, "Kết quả tự kiểm tra", "Cơ quan tiếp nhận")
    assert "Hãy hỏi lại" in result
    assert "Thẻ căn cước" in result


def test_nothing_is_judged_before_the_check(site):
    assert "Kết quả tự kiểm tra" not in site.get(PATH, params={"have": "loan"}).text


def test_form_works_without_a_script(site):
    page = site.get(PATH).text
    form = re.search(r"<form[^>]*>", page)[0]
    assert f'action="{PATH}#danh-sach"' in form
    assert 'method="get"' in form
    assert '<button class="primary" name="check" value="1">Kiểm tra</button>' in page


def test_procedure_without_a_list_says_so(open_site):
    page = open_site(make_procedure()).get(f"{PATH}?check=1").text
    assert "Bản công bố không ghi giấy tờ phải nộp" in page
    assert "chưa kiểm tra được" in page


def test_page_names_the_next_procedure(site):
    page = site.get(PATH).text
    assert re.search(rf'href="/thu-tuc/{LICENCE}"[^>]*>Cấp bản sao giấy phép rồng<', page)


def test_local_suffix_leads_to_the_same_page(site):
    assert site.get(f"{PATH}.000.00.00.H36").text == site.get(PATH).text


def test_bare_procedure_says_that_details_are_missing(site):
    response = site.get(f"/thu-tuc/{BARE}")
    assert response.status_code == 200
    assert "Xuất khẩu rồng" in words(response.text)
    assert "chưa có chi tiết" in response.text
    assert f'href="{PORTAL}"' in response.text
    assert "<form" not in response.text
    assert 'class="sheet"' not in response.text


@pytest.mark.parametrize("code", ["1.000000", "x", "%3Cscript%3E", "%00", "a" * 3000])
def test_unknown_code_is_answered_in_words(site, code):
    response = site.get(f"/thu-tuc/{code}")
    assert response.status_code == 404
    assert "Không có thủ tục này" in response.text
    assert 'href="/"' in response.text
    assert "<script>" not in response.text


def test_markup_in_any_field_stays_text(open_site):
    hostile = dragon(
        name=ATTACK,
        official_name=ATTACK,
        field=ATTACK,
        summary=ATTACK,
        needed_when=[ATTACK],
        conditions=[ATTACK],
        audience=[ATTACK],
        questions=[
            {
                "id": "owner",
                "ask": ATTACK,
                "help": ATTACK,
                "options": [{"id": "own", "label": ATTACK}, {"id": "lent", "label": ATTACK}],
            }
        ],
        requirements=[
            {
                "id": "application",
                "name": ATTACK,
                "why": ATTACK,
                "get_from": ATTACK,
                "may_be_waived": ATTACK,
                "case": ATTACK,
                "when": {"owner": "own"},
                "form": {"name": ATTACK + "2", "number": ATTACK},
            }
        ],
        steps=[{"who": ATTACK, "text": ATTACK}] * 2,
        offices=[{"level": "commune", "name": ATTACK, "note": ATTACK}],
        channels=[{"channel": "counter", "time": {"note": ATTACK}, "fee": ATTACK, "note": ATTACK}],
        results=[{"name": ATTACK}],
        legal_basis=[{"number": ATTACK, "title": ATTACK}],
        mistakes=[ATTACK] * 3,
        next=[{"code": LICENCE, "why": ATTACK}],
        online_url="https://x.vn/\" onclick='x'",
        validity_note=ATTACK,
    )
    client = open_site(hostile)
    query = {"q_owner": ATTACK, "have": ATTACK, "check": ATTACK}
    for params in ({}, {"q_owner": "own", "check": "1"}, query):
        page = client.get(PATH, params=params, headers={"Host": 'x"><script>'}).text
        # The page's own file, and data that no browser runs.
        assert len(re.findall(r'<script type="module" src="/static/', page)) == 1
        assert page.count('<script type="application/ld+json">') == 1
        assert page.count("<script") == 2
        assert page.count("<img") == 1
        assert "<style" not in page
        assert not re.search(r"<[^>]*\s(?:style|on\w+)=", re.sub(r'"[^"]*"', '""', page))


def test_page_keeps_the_content_policy(site):
    policy = site.get(PATH).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_ids_are_unique_and_headings_skip_no_level(site):
    query = {"q_owner": "lent", "have": "loan", "check": "1"}
    for path in (PATH, f"/thu-tuc/{BARE}", "/thu-tuc/x"):
        page = site.get(path, params=query).text
        ids = re.findall(r'\sid="([^"]*)"', page)
        assert len(ids) == len(set(ids))
        levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_sheet_to_print_has_papers_source_date_and_address(site):
    page = site.get(PATH, params={"q_owner": "own"}, headers={"Host": "motcua.example"}).text
    assert 'data-tool="print"' in page
    sheet = page.partition('<section class="sheet">')[2].partition("</section>")[0]
    assert "Đơn đề nghị nuôi rồng (1 bản chính)" in sheet
    assert "Giấy cho mượn rồng" not in sheet
    assert "Rồng của tôi" in sheet
    assert "Quyết định 12/QĐ-BTP, kiểm tra ngày 23/11/2026" in sheet
    assert f"motcua.example{PATH}" in sheet
    assert not re.search(r"<(?:input|a|button)\b", sheet)


def test_sheet_is_printed_in_large_type(client):
    printed = client.get("/static/sheet.css").text
    sizes = [int(size) for size in re.findall(r"font(?:-size)?: (\d+)pt", printed)]
    assert len(sizes) == 3
    assert min(sizes) >= 16


def test_answers_of_the_chat_link_to_the_page(client, rasa):
    paper = ChecklistEntry(text="Bản sao giấy phép", procedure_code=LICENCE)
    answer = make_answer()
    rasa.reply = lambda _: answer.model_copy(update={"blocks": [Checklist(entries=[paper])]})
    turn = client.post("/chat/messages", data={"message": "x"}, headers={"X-Fragment": "1"})
    assert f'href="/thu-tuc/{LICENCE}"' in turn.text


def test_catalogue_is_built_once_when_a_page_first_needs_it(tmp_path, monkeypatch):
    built = []

    def build(folder):
        built.append(folder)
        return Catalogue([dragon()])

    monkeypatch.setattr("api.dependencies.load_catalogue", build)
    with TestClient(create_app(Settings(data_folder=tmp_path))) as client:
        assert built == []
        assert [client.get(PATH).status_code for _ in range(3)] == [200] * 3
    assert built == [tmp_path / "catalogue"]
