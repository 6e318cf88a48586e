"""What the tests of filling in the gateway share: replies that fill in whole forms."""

import pytest

from knowledge_base.answer import Status
from knowledge_base.answer.blocks import File
from knowledge_base.answer.filling import FillingComposer
from knowledge_base.forms import load_forms
from tests.api.fake_rasa import make_answer

LIBRARY = load_forms()
RESIDENCE = (
    "Công an xã Hòa Mẫu", "TRẦN THỊ THỬ", "5/9/1998", "nu", "000 198 000 002", "0000000002",
    "bỏ qua", "NGUYỄN VĂN THỬ", "Con dâu", "000065000004",
    "Đăng ký thường trú tại thôn Đông, xã Hòa Mẫu, tỉnh Ví Dụ", "có", "Nguyễn Mẫu An",
    "15/9/2026", "nữ", "000326000005", "Cháu nội", "không",
)  # fmt: skip
PRIVATE = ("TRẦN THỊ THỬ", "000198000002", "0000000002", "NGUYỄN VĂN THỬ", "Nguyễn Mẫu An",
           "05/09/1998", "thôn Đông")  # fmt: skip


def start_or_say(text):
    """A bot that knows «điền …» alone, as `action_fill_form` answers it."""
    if text.startswith("điền"):
        return FillingComposer().introduction(LIBRARY.get("ct01"))
    status = Status.CLARIFICATION if text.startswith("việc nào") else Status.ANSWERED
    return make_answer(f"Bạn viết: {text}", status)


@pytest.fixture
def bot(rasa):
    rasa.reply = start_or_say
    return rasa


def texts_of(answer):
    return "\n".join(_strings(answer.model_dump(mode="json")["blocks"]))


def _strings(value):
    if isinstance(value, dict):
        return [text for part in value.values() for text in _strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in _strings(part)]
    return [str(value)]


def files_of(answer):
    return [block.href for block in answer.blocks if isinstance(block, File)]
