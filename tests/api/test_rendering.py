from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal

import pytest
import yaml

import api
from api.rendering import HtmlRenderer, Turn
from api.rendering.html import fact_runs, safe_href, tel_href, vietnamese_date
from knowledge_base.answer.blocks import (
    Answer,
    Block,
    Checklist,
    ChecklistEntry,
    Choice,
    Contact,
    DossierBlock,
    Fact,
    Facts,
    File,
    FormBlock,
    Heading,
    Paragraph,
    Part,
    SourceNote,
    Status,
    Steps,
    Warn,
)

STATIC = Path(api.__file__).parent / "static"
TEXTS = yaml.safe_load((Path(api.__file__).parent / "rendering" / "texts.yml").read_text("utf-8"))
VOID = {"meta", "link", "img", "input", "br"}
ATTACK = """<img src=x onerror="window.__xss=1"><script>window.__xss=1</script>' " & </textarea>"""

EVERY_BLOCK: list[Block] = [
    Heading(text="Đăng ký khai sinh"),
    Paragraph(text="Danh sách này là mọi trường hợp."),
    Facts(title="Phí, lệ phí", rows=[Fact(label="Nộp trực tiếp", value="8.000 đồng")]),
    Checklist(
        title="Giấy tờ phải nộp",
        entries=[
            ChecklistEntry(
                text="Giấy chứng sinh",
                quantity="1 bản chính",
                note="Xin ở đâu: Bệnh viện",
                procedure_code="2.000815",
                maybe=True,
            )
        ],
    ),
    Steps(title="Các bước", entries=["Chuẩn bị giấy tờ.", "Nộp hồ sơ."]),
    FormBlock(name="Tờ khai", detail="Thông tư 04/2024/TT-BTP", href="https://dvc.gov.vn/mau"),
    DossierBlock(
        code="H05.12-261123-0007",
        headline="Hồ sơ đang được giải quyết.",
        rows=[Fact(label="Hẹn trả", value="24/11/2026")],
        next_steps=["Mang giấy hẹn đến nhận."],
    ),
    Warn(text="Không ai được hỏi mã OTP."),
    File(text="Xem trên Cổng", href="https://dvc.gov.vn/x"),
    Contact(name="Bộ phận một cửa", phone="0222 3820 000", note="Sáng 7:30–11:30"),
]


@dataclass
class Element:
    """An element of a page, with what the tests ask of it."""

    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        wanted = {name.strip("_"): value for name, value in attributes.items()}
        return [
            element
            for element in self.walk()
            if element.tag == tag and wanted.items() <= element.attributes.items()
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} × {tag} {attributes}"
        return found[0]

    def walk(self) -> Iterator[Element]:
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.walk()

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", self._raw()).strip()

    def _raw(self) -> str:
        return "".join(c._raw() if isinstance(c, Element) else c for c in self.children)


class TreeParser(HTMLParser):
    """Builds the tree and refuses tags that do not close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("root")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"<{tag}> có thuộc tính trùng"
        element = Element(tag, dict(attrs))
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, f"</{tag}> đóng <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def parse(html: str) -> Element:
    parser = TreeParser()
    parser.feed(html)
    parser.close()
    assert parser._open == [parser.root], "còn thẻ chưa đóng"
    return parser.root


def answer(*blocks: Block, **fields: object) -> Answer:
    return Answer.model_validate(
        {"status": Status.ANSWERED, "blocks": blocks or [Paragraph(text="Chào bạn!")]} | fields
    )


@pytest.fixture(scope="module")
def renderer() -> HtmlRenderer:
    return HtmlRenderer()


def turn_tree(renderer: HtmlRenderer, *blocks: Block, **fields: object) -> Element:
    turn = Turn(question="hỏi", answer=answer(*blocks, **fields), answer_id="a1")
    return parse(renderer.render_turn(turn))


def page_tree(
    renderer: HtmlRenderer,
    *turns: Turn,
    embed: bool = False,
    prefill: str = "",
    error: str | None = None,
) -> Element:
    shown = turns or (Turn(question=None, answer=answer(), answer_id="chao"),)
    return parse(renderer.render_page(shown, embed=embed, prefill=prefill, error=error))


# Blocks


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in {"type", "href", "procedure_code"}:
                yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


@pytest.mark.parametrize("block", EVERY_BLOCK, ids=lambda block: block.type)
def test_block_shows_every_text_it_holds(renderer: HtmlRenderer, block: Block) -> None:
    shown = turn_tree(renderer, block).text

    missing = [text for text in strings(block.model_dump()) if text not in shown]

    assert missing == []


def test_every_block_type_has_a_template(renderer: HtmlRenderer) -> None:
    environment = renderer.create_environment()

    for block in EVERY_BLOCK:
        environment.get_template(f"blocks/{block.type}.html")


def test_block_without_a_template_shows_its_texts(renderer: HtmlRenderer) -> None:
    class Timetable(Part):
        type: Literal["timetable"] = "timetable"
        title: str
        days: list[str]

    timetable = Timetable(title="Giờ làm việc", days=["Thứ hai", "<b>Thứ ba</b>"])
    given = answer().model_copy(update={"blocks": [timetable]})

    html = renderer.render_turn(Turn(question="giờ?", answer=given, answer_id="a1"))

    shown = parse(html).text
    assert all(text in shown for text in ("Giờ làm việc", "Thứ hai", "<b>Thứ ba</b>"))
    assert "timetable" not in shown


@pytest.mark.parametrize(
    "block",
    [
        Facts(title="Ghi chú", rows=[Fact(label="a", value="b")], collapsed=True),
        Checklist(title="Ghi chú", entries=[ChecklistEntry(text="a")], collapsed=True),
        Steps(title="Ghi chú", entries=["a"], collapsed=True),
    ],
    ids=lambda block: block.type,
)
def test_collapsed_block_opens_by_its_title(renderer: HtmlRenderer, block: Block) -> None:
    details = turn_tree(renderer, block).one("details")

    assert "open" not in details.attributes
    assert details.one("summary").text == "Ghi chú"
    assert "a" in details.text


def test_collapsed_block_without_a_title_still_says_what_to_press(renderer: HtmlRenderer) -> None:
    tree = turn_tree(renderer, Steps(entries=["a"], collapsed=True))

    assert tree.one("summary").text == TEXTS["blocks"]["more"]


def test_open_block_is_not_folded(renderer: HtmlRenderer) -> None:
    tree = turn_tree(renderer, *EVERY_BLOCK)

    assert tree.all("details") == []


def test_facts_pair_labels_with_values(renderer: HtmlRenderer) -> None:
    rows = [Fact(label="Lệ phí", value="8.000 đồng"), Fact(label="Nơi nộp", value="cấp xã")]

    tree = turn_tree(renderer, Facts(rows=rows))

    assert [term.text for term in tree.all("dt")] == ["Lệ phí", "Nơi nộp"]
    assert [value.text for value in tree.all("dd")] == ["8.000 đồng", "cấp xã"]


def test_facts_without_labels_are_a_plain_list(renderer: HtmlRenderer) -> None:
    rows = [Fact(label="", value="Con mới sinh."), Fact(label="", value="Mất bản chính.")]

    tree = turn_tree(renderer, Facts(title="Khi nào cần làm", rows=rows))

    assert tree.all("dl") == []
    assert [item.text for item in tree.all("li")] == ["Con mới sinh.", "Mất bản chính."]


def test_fact_runs_keep_the_order_of_rows() -> None:
    pair, alone, bare = (
        Fact(label="a", value="b"),
        Fact(label="", value="c"),
        Fact(label="d", value=""),
    )

    assert fact_runs([pair, alone, bare, pair]) == [
        (True, [pair]),
        (False, [alone, bare]),
        (True, [pair]),
    ]


def test_checklist_item_has_a_real_labelled_checkbox(renderer: HtmlRenderer) -> None:
    entry = ChecklistEntry(
        text="Giấy chứng sinh", quantity="1 bản chính", note="Vì sao", maybe=True
    )

    label = turn_tree(renderer, Checklist(entries=[entry])).one("label")

    box = label.one("input", type="checkbox")
    assert "name" not in box.attributes, "dấu tick chỉ ở trong trình duyệt"
    assert "Giấy chứng sinh" in label.text
    assert label.one("span", class_="quantity").text == "1 bản chính"
    assert label.one("span", class_="maybe").text == "có thể không phải nộp"


def test_checklist_note_describes_its_checkbox(renderer: HtmlRenderer) -> None:
    entries = [ChecklistEntry(text="a", note="ghi chú một"), ChecklistEntry(text="b")]

    tree = turn_tree(renderer, Checklist(entries=entries))

    first, second = tree.all("input", type="checkbox")
    described = first.attributes["aria-describedby"]
    assert described is not None
    assert tree.one("p", id=described).text == "ghi chú một"
    assert "aria-describedby" not in second.attributes


def test_certain_paper_has_no_maybe_tag(renderer: HtmlRenderer) -> None:
    tree = turn_tree(renderer, Checklist(entries=[ChecklistEntry(text="Tờ khai")]))

    assert tree.all("span", class_="maybe") == []


def test_paper_links_to_its_procedure_where_there_is_such_a_page(renderer: HtmlRenderer) -> None:
    block = Checklist(entries=[ChecklistEntry(text="Bản sao", procedure_code="2.000815")])

    linked = turn_tree(HtmlRenderer(procedure_url="/procedures/{code}"), block)

    assert linked.all("a", href="/procedures/2.000815") != []
    assert turn_tree(renderer, block).all("a") == []


def test_contact_phone_dials(renderer: HtmlRenderer) -> None:
    tree = turn_tree(renderer, Contact(name="Một cửa", phone="0222 3820 000"))

    assert tree.one("a", href="tel:02223820000").text == "Gọi 0222 3820 000"


def test_two_phones_in_one_field_are_text(renderer: HtmlRenderer) -> None:
    tree = turn_tree(renderer, Contact(name="Khẩn cấp", phone="113 hoặc 115"))

    assert tree.all("a") == []
    assert "113 hoặc 115" in tree.text


def test_warning_says_so_in_words(renderer: HtmlRenderer) -> None:
    assert "Lưu ý: Đừng đưa tiền." in turn_tree(renderer, Warn(text="Đừng đưa tiền.")).text


# Choices


def test_choices_are_submit_buttons_in_a_form(renderer: HtmlRenderer) -> None:
    tree = turn_tree(renderer, choices=[Choice(label="Lệ phí", message="Lệ phí bao nhiêu?")])

    form = tree.one("form", action="/chat/messages", method="post")
    button = form.one("button", name="message", value="Lệ phí bao nhiêu?")
    assert button.text == "Lệ phí"
    assert button.attributes.get("type", "submit") == "submit"


def test_clarification_numbers_its_choices(renderer: HtmlRenderer) -> None:
    choices = [Choice(label="Khai sinh", message="a"), Choice(label="Khai tử", message="b")]

    tree = turn_tree(renderer, status=Status.CLARIFICATION, choices=choices)

    assert [button.text for button in tree.one("ol").all("button")] == [
        "1. Khai sinh",
        "2. Khai tử",
    ]


def test_answer_without_choices_has_no_form(renderer: HtmlRenderer) -> None:
    assert turn_tree(renderer).all("form") == []


# Sources


def test_source_shows_link_and_date(renderer: HtmlRenderer) -> None:
    source = SourceNote(
        text="Quyết định 163/QĐ-BTP", url="https://dvc.gov.vn/1", checked_on=date(2026, 11, 23)
    )

    sources = turn_tree(renderer, sources=[source]).one("div", class_="sources")

    link = sources.one("a", href="https://dvc.gov.vn/1")
    assert link.attributes["rel"] == "noopener noreferrer"
    assert sources.one("time", datetime="2026-11-23").text == "23/11/2026"
    assert "kiểm tra ngày 23/11/2026" in sources.text


def test_source_that_says_its_date_says_it_once(renderer: HtmlRenderer) -> None:
    source = SourceNote(text="Bản công bố, kiểm tra ngày 23/11/2026", checked_on=date(2026, 11, 23))

    tree = turn_tree(renderer, sources=[source])

    assert tree.text.count("23/11/2026") == 1


def test_source_without_a_date_says_so(renderer: HtmlRenderer) -> None:
    tree = turn_tree(renderer, sources=[SourceNote(text="Danh mục")])

    assert "Danh mục, chưa rõ ngày kiểm tra" in tree.text


def test_sources_stand_after_the_blocks(renderer: HtmlRenderer) -> None:
    tree = turn_tree(renderer, Paragraph(text="Câu trả lời"), sources=[SourceNote(text="Danh mục")])

    assert tree.text.index("Câu trả lời") < tree.text.index("Danh mục")


# Nothing that is shown can act


def attacked(parts: list[Block]) -> Answer:
    return answer(
        *parts,
        procedure_code=ATTACK,
        choices=[Choice(label=ATTACK, message=ATTACK)],
        sources=[SourceNote(text=ATTACK, url=f"javascript:{ATTACK}")],
    )


@pytest.mark.parametrize(
    "block",
    [
        Heading(text=ATTACK),
        Paragraph(text=ATTACK),
        Facts(title=ATTACK, rows=[Fact(label=ATTACK, value=ATTACK)], collapsed=True),
        Facts(rows=[Fact(label="", value=ATTACK)] * 2),
        Checklist(
            title=ATTACK,
            entries=[
                ChecklistEntry(text=ATTACK, quantity=ATTACK, note=ATTACK, procedure_code=ATTACK)
            ],
        ),
        Steps(title=ATTACK, entries=[ATTACK]),
        FormBlock(name=ATTACK, detail=ATTACK, href=ATTACK),
        DossierBlock(
            code=ATTACK,
            headline=ATTACK,
            rows=[Fact(label=ATTACK, value=ATTACK)],
            next_steps=[ATTACK],
        ),
        Warn(text=ATTACK),
        File(text=ATTACK, href=f"javascript:{ATTACK}"),
        Contact(name=ATTACK, phone=ATTACK, note=ATTACK),
    ],
    ids=lambda block: block.type,
)
def test_markup_in_any_field_stays_text(block: Block) -> None:
    renderer = HtmlRenderer(procedure_url="/procedures/{code}")
    turn = Turn(question=ATTACK, answer=attacked([block]), answer_id="a1")

    tree = parse(renderer.render_page([turn], embed=False, prefill=ATTACK, error=ATTACK))

    assert [image.attributes["alt"] for image in tree.all("img")] == [""], "chỉ có biểu tượng"
    assert {script.attributes["type"] for script in tree.all("script")} == {"module"}
    for element in tree.walk():
        assert not [name for name in element.attributes if name.startswith("on")]
        href = element.attributes.get("href") or ""
        assert not href.lower().startswith(("javascript", "data", "vbscript"))
    assert "<script>window.__xss=1</script>" in tree.text, "người đọc vẫn thấy nguyên văn"


def test_answer_id_cannot_leave_its_attribute(renderer: HtmlRenderer) -> None:
    turn = Turn(question="hỏi", answer=answer(), answer_id='x" onclick="alert(1)')

    tree = parse(renderer.render_turn(turn))

    assert not [e for e in tree.walk() if "onclick" in e.attributes]


@pytest.mark.parametrize(
    "href",
    [
        "https://dichvucong.gov.vn/x?a=1&b=2",
        "http://example.vn",
        "HTTPS://EXAMPLE.VN",
        "/procedures/1.001193",
        "tel:1022",
        "mailto:motcua@example.vn",
    ],
)
def test_safe_href_keeps_links_to_the_web_this_site_phones_and_mail(href: str) -> None:
    assert safe_href(href) == href


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "https:evil",
        "relative/path",
        "",
    ],
)
def test_safe_href_refuses_everything_else(href: str) -> None:
    assert safe_href(href) == "#"


def test_safe_href_encodes_spaces() -> None:
    assert safe_href(" https://x.vn/Mẫu số 1.docx ") == "https://x.vn/Mẫu%20số%201.docx"


def test_script_link_becomes_a_dead_one(renderer: HtmlRenderer) -> None:
    tree = turn_tree(renderer, File(text="Tải mẫu", href="javascript:alert(1)"))

    link = tree.one("a")
    assert link.attributes["href"] == "#"
    assert "target" not in link.attributes


@pytest.mark.parametrize(
    ("phone", "link"),
    [
        ("1022", "tel:1022"),
        ("(0222) 3.820-000", "tel:02223820000"),
        ("+84 222 3820000", "tel:+842223820000"),
        ("113 hoặc 115", None),
        ("113/115", None),
        ("", None),
    ],
)
def test_tel_href_dials_one_plain_number(phone: str, link: str | None) -> None:
    assert tel_href(phone) == link


def test_vietnamese_date_writes_day_first() -> None:
    assert vietnamese_date(date(2026, 1, 2)) == "02/01/2026"


# The turn and the page


def test_turn_says_who_speaks(renderer: HtmlRenderer) -> None:
    tree = turn_tree(renderer)

    assert tree.one("p", class_="question").text == "Bạn: hỏi"
    article = tree.one("article")
    assert tree.one("h3", id=article.attributes["aria-labelledby"] or "").text == "Trợ lý"


def test_welcome_has_no_question(renderer: HtmlRenderer) -> None:
    tree = parse(renderer.render_turn(Turn(question=None, answer=answer(), answer_id="chao")))

    assert tree.all("p", class_="question") == []


def test_empty_question_shows_no_bubble(renderer: HtmlRenderer) -> None:
    tree = parse(renderer.render_turn(Turn(question="", answer=answer(), answer_id="a1")))

    assert tree.all("p", class_="question") == []


def test_turn_is_one_element_that_the_script_can_insert(renderer: HtmlRenderer) -> None:
    tree = turn_tree(renderer, *EVERY_BLOCK)

    [turn] = [child for child in tree.children if isinstance(child, Element)]
    assert turn.attributes == {"class": "turn", "id": "turn-a1"}


def test_headings_never_skip_a_level(renderer: HtmlRenderer) -> None:
    turn = Turn(
        question="hỏi",
        answer=answer(*EVERY_BLOCK, choices=[Choice(label="a", message="a")]),
        answer_id="a1",
    )

    levels = [
        int(e.tag[1]) for e in page_tree(renderer, turn).walk() if re.match(r"h[1-6]$", e.tag)
    ]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_ids_are_unique(renderer: HtmlRenderer) -> None:
    block = Checklist(entries=[ChecklistEntry(text="a", note="b")] * 2)
    turns = [Turn(question="x", answer=answer(block, block), answer_id=f"a{n}") for n in range(3)]

    ids = [e.attributes["id"] for e in page_tree(renderer, *turns).walk() if "id" in e.attributes]

    assert len(ids) == len(set(ids))


def test_page_has_language_landmarks_and_live_regions(renderer: HtmlRenderer) -> None:
    tree = page_tree(renderer)

    assert tree.one("html").attributes["lang"] == "vi"
    assert tree.one("title").text.startswith("Trợ lý Một Cửa")
    for landmark in ("header", "main", "footer"):
        tree.one(landmark)
    log = tree.one("div", role="log")
    assert log.attributes["aria-live"] == "polite"
    tree.one("h2", id=log.attributes["aria-labelledby"] or "")
    tree.one("p", role="status", id="notice")


def test_skip_links_lead_to_what_exists(renderer: HtmlRenderer) -> None:
    tree = page_tree(renderer)
    ids = {e.attributes["id"] for e in tree.walk() if "id" in e.attributes}

    targets = [link.attributes["href"] for link in tree.all("a", class_="skip")]

    assert targets == ["#main", "#message"]
    assert {str(target)[1:] for target in targets} <= ids


def test_box_has_a_visible_label_and_a_limit(renderer: HtmlRenderer) -> None:
    form = page_tree(renderer).one("form", id="ask", action="/chat/messages", method="post")

    box = form.one("textarea", name="message", maxlength="1000")
    assert form.one("label", for_=box.attributes["id"] or "").text == "Câu hỏi của bạn"
    assert form.one("button", type="submit").text == "Gửi"


def test_every_button_has_words(renderer: HtmlRenderer) -> None:
    turn = Turn(question="hỏi", answer=answer(sources=[SourceNote(text="a")]), answer_id="a1")

    words = [button.text for button in page_tree(renderer, turn).all("button")]

    assert words == [
        "Chữ to",
        "Đọc to",
        "Chép",
        "Gửi cho người khác",
        "In",
        "Nói",
        "Gửi",
    ]


def test_prefill_stands_in_the_box(renderer: HtmlRenderer) -> None:
    assert page_tree(renderer, prefill="1.001193").one("textarea").text == "1.001193"


def test_error_stands_by_the_box_and_in_the_title(renderer: HtmlRenderer) -> None:
    tree = page_tree(renderer, error="Bạn chưa viết gì.")

    box = tree.one("textarea")
    assert tree.one("p", id="message-error").text == "Bạn chưa viết gì."
    assert "message-error" in (box.attributes["aria-describedby"] or "")
    assert box.attributes["aria-invalid"] == "true"
    assert tree.one("title").text.startswith("Lỗi: ")


def test_page_without_an_error_marks_none(renderer: HtmlRenderer) -> None:
    tree = page_tree(renderer)

    assert tree.one("p", id="message-error").text == ""
    assert "aria-invalid" not in tree.one("textarea").attributes


def test_footer_says_what_this_is_and_who_decides(renderer: HtmlRenderer) -> None:
    footer = page_tree(renderer).one("footer").text

    assert "không phải cán bộ" in footer
    assert "Cơ quan tiếp nhận hồ sơ là nơi quyết định" in footer


def test_embedded_page_has_no_site_header_and_stays_embedded(renderer: HtmlRenderer) -> None:
    turn = Turn(None, answer(choices=[Choice(label="a", message="a")]), "chao")

    tree = page_tree(renderer, turn, embed=True)

    assert tree.all("img") == []
    assert tree.one("h1").attributes["class"] == "hidden"
    forms = tree.all("form")
    assert len(forms) == 2
    assert all(form.one("input", type="hidden", name="embed", value="1") for form in forms)


def test_plain_form_comes_back_to_the_last_turn(renderer: HtmlRenderer) -> None:
    turns = [Turn(question="x", answer=answer(), answer_id=f"a{n}") for n in range(3)]

    log = page_tree(renderer, *turns).one("div", id="log")

    ids = [c.attributes["id"] for c in log.children if isinstance(c, Element)]
    assert ids == ["turn-a0", "turn-a1", "cuoi", "turn-a2"]


def test_links_to_other_sites_open_beside_the_conversation(renderer: HtmlRenderer) -> None:
    link = turn_tree(renderer, File(text="Cổng", href="https://dvc.gov.vn")).one("a")

    assert link.attributes["target"] == "_blank"
    assert link.attributes["rel"] == "noopener noreferrer"
    assert link.text == "Cổng (mở trang mới)"


# What the content policy and slow telephones ask


def test_no_script_or_style_stands_in_the_page(renderer: HtmlRenderer) -> None:
    turn = Turn(question="hỏi", answer=answer(*EVERY_BLOCK), answer_id="a1")

    tree = page_tree(renderer, turn)

    assert tree.all("style") == []
    assert {script.text for script in tree.all("script")} == {""}
    for element in tree.walk():
        assert not [n for n in element.attributes if n == "style" or n.startswith("on")]


def test_nothing_is_fetched_from_elsewhere(renderer: HtmlRenderer) -> None:
    tree = page_tree(renderer)

    fetched = [e.attributes.get("src") for e in tree.walk() if e.tag in {"script", "img"}]
    fetched += [link.attributes["href"] for link in tree.all("link")]

    assert fetched
    assert all(str(address).startswith("/static/") for address in fetched)
    assert "url(" not in (STATIC / "chat.css").read_text("utf-8")


def test_static_addresses_name_files_that_exist(renderer: HtmlRenderer) -> None:
    html = renderer.render_page([], embed=False)

    names = set(re.findall(r'"/static/([\w.]+)\?v=[0-9a-f]{8}"', html))

    assert names
    assert names <= {path.name for path in STATIC.iterdir()}


def test_page_and_its_files_weigh_little(renderer: HtmlRenderer) -> None:
    turn = Turn(question="hỏi", answer=answer(*EVERY_BLOCK), answer_id="a1")
    page = renderer.render_page([turn], embed=False)

    named = set(re.findall(r'"/static/([\w.]+)\?v=[0-9a-f]{8}"', page))
    weight = len(page.encode()) + sum((STATIC / name).stat().st_size for name in named)

    assert weight <= 60 * 1024


def test_words_of_the_script_come_from_the_page(renderer: HtmlRenderer) -> None:
    body = page_tree(renderer).one("body").attributes
    script = "".join(path.read_text("utf-8") for path in STATIC.glob("*.js"))

    used = set(re.findall(r"\bwords\.(\w+)", script))

    assert {f"data-{word}" for word in used} == {n for n in body if n.startswith("data-")}
