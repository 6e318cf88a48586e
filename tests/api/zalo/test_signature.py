"""The vectors of the protocol reference, §11.1."""

import json

import pytest

from api.zalo.signature import build_mac, is_signed

APP, SECRET, MOMENT = "1234567890123456789", "k3y-of-the-OA", "1780000000000"
_HEAD = (
    '{"app_id":"1234567890123456789","user_id_by_app":"5521772797175877",'
    '"event_name":"user_send_text","timestamp":"1780000000000","sender":{"id":"2468458835291979"},'
    '"recipient":{"id":"3886132808788086"},"message":{"msg_id":"96d3cdf3af1504","text":'
)
UTF8 = (_HEAD + '"Thủ tục khai sinh? 👶"}}').encode()
ASCII = (_HEAD + r'"Th\u1ee7 t\u1ee5c khai sinh? \ud83d\udc76"}}').encode()
UTF8_MAC = "662f60bca9312e8760ce62c313d045c348852366254f78721ab339023be21033"
ASCII_MAC = "ea18a02c8ea4c2cd1492aac7c79395627fc005f7857a459967fbba6f7ae21255"
HMAC = "571fd873d4a189f051f6591bc5e24a5bd57314edac4931a57b022629544a8901"


@pytest.mark.parametrize(("body", "mac"), [(UTF8, UTF8_MAC), (ASCII, ASCII_MAC)])
def test_both_vectors_pass(body, mac):
    assert len(body) in (274, 288)
    assert build_mac(APP, body, MOMENT, SECRET) == mac
    assert is_signed(body, f"mac={mac}", APP, MOMENT, SECRET)


@pytest.mark.parametrize("header", [UTF8_MAC, f"MAC={UTF8_MAC.upper()}", f" mac= {UTF8_MAC} "])
def test_the_prefix_and_the_case_do_not_matter(header):
    assert is_signed(UTF8, header, APP, MOMENT, SECRET)


@pytest.mark.parametrize("header", [None, "", "mac=", f"mac={HMAC}", "mac=ă", f"mac={ASCII_MAC}"])
def test_any_other_header_is_refused(header):
    assert not is_signed(UTF8, header, APP, MOMENT, SECRET)


def test_one_byte_more_is_refused():
    assert not is_signed(UTF8 + b"\n", f"mac={UTF8_MAC}", APP, MOMENT, SECRET)


def test_the_same_json_written_anew_is_refused():
    again = json.dumps(json.loads(ASCII)).encode()
    assert not is_signed(again, f"mac={ASCII_MAC}", APP, MOMENT, SECRET)
