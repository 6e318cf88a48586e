"""A form of the library in an answer on Zalo, where a path alone leads nowhere."""

import pytest

from api.rendering.zalo import ZaloRenderer
from knowledge_base.answer import Answer, Status
from knowledge_base.answer.blocks import FormBlock

ANSWER = Answer(status=Status.ANSWERED, blocks=[FormBlock(name="Tờ khai", form_id="ct01")])


@pytest.mark.parametrize(
    ("site", "text"),
    [
        ("", "Mẫu: Tờ khai"),
        (
            "https://a.example/",
            "Mẫu: Tờ khai\nCách điền, ví dụ và tải mẫu: https://a.example/bieu-mau/ct01",
        ),
    ],
)
def test_page_of_the_form_is_named_whole_or_not_at_all(site, text):
    assert ZaloRenderer(site).render(ANSWER).texts == (text,)
