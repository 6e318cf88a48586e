import pytest

from tests.factories import make_channel, make_procedure


def record(*fees):
    return make_procedure(channels=[make_channel(fee=fee) for fee in fees])


@pytest.mark.parametrize(
    ("fee", "case"),
    [
        ("Miễn phí(150.000 đồng/giấy)", "amount"),
        ("Miễn phí(Lệ phí cấp mới 200 USD/lần)", "amount"),
        ("Miễn phí (Cho một loại hình: 8.000.000/lần)", "amount"),
        ("Miễn phí(Theo quy định của Hội đồng nhân dân cấp tỉnh)", "council"),
        ("Miễn phí(do Ủy ban nhân dân cấp tỉnh quy định.)", "council"),
        ("Miễn phí(theo quy định của pháp luật về phí, lệ phí)", "by_rule"),
        ("Miễn phí(Mức thu theo Thông tư số 48/2022/TT-BTC)", "by_rule"),
    ],
)
def test_free_headline_with_a_fee(cases, fee, case):
    assert cases("A04", record(fee)) == [case]


@pytest.mark.parametrize(
    "fee",
    [
        "Miễn phí",
        "Miễn phí(Không có)",
        "Miễn phí(Chưa quy định.)",
        "Miễn phí(Miễn lệ phí. Phí cấp bản sao (nếu có yêu cầu) theo Thông tư 281/2016/TT-BTC.)",
        "Miễn phí(Không thu lệ phí đăng ký đối với tổ hợp tác.)",
        "Miễn phí(Áp dụng quy định tại Thông tư số 64/2025/TT-BTC quy định mức thu, miễn phí)",
        "Miễn phí(Chi phí khác: Văn bản giá theo Luật Giá)",
        "Miễn phí(nhập kho thu một lần, khi xuất kho không thu; mức thu là 20.000 VNĐ/tờ)",
        "50.000 VNĐ(Theo quy định của Hội đồng nhân dân cấp tỉnh)",
        None,
    ],
)
def test_no_contradiction(cases, fee):
    assert cases("A04", record(fee)) == []


def test_one_finding_for_channels_that_repeat_it(cases):
    assert cases("A04", record("Miễn phí(150.000 đồng)", "Miễn phí(90.000 đồng)")) == ["amount"]
