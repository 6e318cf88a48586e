import pytest

from tests.factories import make_guidance

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
            {"id": "licensed", "label": "Có rồi"},
            {"id": "unlicensed", "label": "Chưa có"},
        ],
    },
    {
        "id": "way",
        "ask": "Bạn nộp hồ sơ bằng cách nào?",
        "options": [
            {"id": "counter", "label": "Đến tận nơi"},
            {"id": "online", "label": "Nộp qua mạng"},
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
        "get_from_code": "1.999002",
    },
    {
        "id": "identity",
        "name": "Thẻ căn cước",
        "group": "show",
        "when": {"way": "counter"},
        "may_be_waived": "Cơ quan tra được trên cơ sở dữ liệu thì không phải xuất trình.",
    },
    {"id": "photo", "name": "Ảnh chụp con rồng", "group": "note", "when": {"way": "online"}},
]
STEPS = [
    {"who": "Bạn", "text": "Nộp đơn."},
    {"who": "Cán bộ", "text": "Xem thẻ căn cước.", "when": {"way": "counter"}},
]


def channel(kind, **parts):
    time = {"quantity": 5, "unit": "working_day"}
    return {"channel": kind, "time": time, "fee": "Miễn phí", **parts}


@pytest.fixture
def dragon():
    return make_guidance(
        questions=QUESTIONS,
        requirements=REQUIREMENTS,
        steps=STEPS,
        channels=[channel("online"), channel("counter"), channel("post")],
    )
