import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.life_events import load_life_events
from knowledge_base.text import fold

EVENTS = load_life_events()
ASKED = {
    "childbirth": [
        "vợ em mới sinh em bé, cần làm những giấy tờ gì",
        "nhà tôi sắp sinh con thì chuẩn bị thủ tục gì",
        "mới đẻ xong phải làm giấy tờ gì cho bé",
        "vừa sinh cháu gái thì ra xã làm những gì",
        "vo em vua sinh em be can lam gi",
        "moi sinh con thi phai lam nhung gi",
        "Sinh con",
        "có em bé rồi phải làm những việc gì hả bác",
    ],
    "bereavement": [
        "nhà có người mất thì phải làm những thủ tục gì",
        "bố tôi vừa mất, giờ cần làm gì",
        "ông nội mất thì ra xã khai báo gì",
        "người thân qua đời cần làm giấy tờ gì",
        "nha co nguoi mat thi phai lam gi",
        "me em moi mat gio can lam giay to gi",
        "Bố em mới mất sáng nay",
    ],
    "wedding": [
        "sắp cưới cần chuẩn bị giấy tờ gì",
        "em sắp lấy chồng thì phải làm thủ tục gì",
        "con trai tôi sắp cưới vợ, cần lo giấy tờ gì",
        "chuẩn bị cưới thì cần làm những gì",
        "sap cuoi can giay to gi",
        "em sap lay chong thi can lam nhung gi",
        "mới cưới xong cần làm giấy tờ gì",
    ],
    "property_transfer": [
        "mua nhà thì phải làm những thủ tục gì",
        "tôi muốn bán mảnh đất ở quê thì bắt đầu từ đâu",
        "bố mẹ cho con miếng đất thì làm giấy tờ thế nào",
        "mua đất cần làm những bước nào, phải đi đâu",
        "mua nha thi can lam thu tuc gi",
        "muon ban dat thi phai lam sao",
        "mua căn hộ chung cư cần giấy tờ gì",
    ],
    "opening_shop": [
        "em muốn mở quán phở thì cần giấy tờ gì",
        "mở tiệm tạp hóa phải làm thủ tục gì",
        "định mở cửa hàng quần áo thì bắt đầu từ đâu",
        "muốn bán trà sữa thì cần làm những gì",
        "mo quan an can giay to gi",
        "muon mo cua hang thi phai lam gi",
        "mở shop bán quần áo cần những gì",
    ],
    "moving_house": [
        "chuyển nhà sang phường khác thì cần làm thủ tục gì",
        "gia đình tôi dọn về nhà mới, phải khai báo gì",
        "chuyển chỗ ở thì phải làm những gì",
        "em chuyển lên thành phố ở thì cần làm giấy tờ gì",
        "chuyen nha thi phai lam thu tuc gi",
        "don ve nha moi can khai bao gi",
        "đổi chỗ ở cần làm giấy tờ gì",
    ],
    "lost_papers": [
        "tôi bị mất hết giấy tờ thì phải làm sao",
        "mất ví có đủ loại giấy tờ, giờ làm gì",
        "bị móc túi mất sạch giấy, làm lại thế nào",
        "rơi ví trên xe khách thì làm lại giấy tờ thế nào",
        "mat giay to tuy than thi phai lam gi",
        "bi roi vi mat het giay to phai lam sao",
        "Mất giấy tờ",
    ],
    "retirement": [
        "sắp nghỉ hưu cần làm những giấy tờ gì",
        "mẹ em đến tuổi nghỉ hưu rồi, cần chuẩn bị gì",
        "tôi đủ tuổi hưu thì làm thủ tục gì",
        "về hưu phải làm hồ sơ thế nào",
        "sap nghi huu can lam thu tuc gi",
        "me em du tuoi nghi huu thi lam the nao",
        "muốn hưởng lương hưu thì phải làm gì",
    ],
    "building_house": [
        "tôi muốn xây nhà thì phải làm thủ tục gì",
        "sắp xây nhà cần chuẩn bị giấy tờ gì",
        "xây lại nhà cũ thì cần làm gì",
        "làm nhà ở quê phải xin giấy gì",
        "muon xay nha thi can thu tuc gi",
        "sua nha co phai lam giay to gi khong",
        "chuẩn bị xây nhà thì bắt đầu từ đâu",
    ],
    "buying_vehicle": [
        "mới mua xe máy thì phải làm giấy tờ gì",
        "mua ô tô mới cần làm những thủ tục gì",
        "tôi mua xe cũ của người quen thì làm thế nào",
        "vừa mua xe thì phải đi đâu làm giấy",
        "moi mua xe may can lam gi",
        "mua o to can thu tuc gi",
        "con em vừa tậu xe, cần làm những gì",
    ],
    "adoption": [
        "vợ chồng tôi muốn nhận con nuôi thì làm thế nào",
        "muốn xin con nuôi cần giấy tờ gì",
        "nhận nuôi một bé mồ côi thì phải làm gì",
        "muốn nhận nuôi cháu ruột thì thủ tục ra sao",
        "muon nhan con nuoi thi can gi",
        "xin con nuoi can giay to gi",
    ],
    "divorce": [
        "muốn ly hôn thì làm thủ tục gì",
        "vợ chồng tôi ly dị thì cần giấy tờ gì",
        "ly hôn phải làm ở đâu, bắt đầu thế nào",
        "em muốn bỏ chồng thì phải làm sao",
        "muon ly hon thi phai lam gi",
        "ly di can giay to gi",
    ],
    "starting_school": [
        "con vào lớp một cần chuẩn bị giấy tờ gì",
        "cháu lên lớp 1 thì làm hồ sơ gì",
        "con tôi đi học đại học cần làm giấy tờ gì",
        "cho con đi học mẫu giáo cần giấy gì",
        "con vao lop mot can giay to gi",
        "con em do dai hoc can lam nhung giay to gi",
    ],
}


@pytest.mark.parametrize(
    ("event", "message"), [(event, message) for event, said in ASKED.items() for message in said]
)
def test_an_event_is_found(event, message):
    found = EVENTS.find(message)
    assert found is not None
    assert found.id == event


def test_every_event_is_asked_in_six_ways_and_without_diacritics():
    assert set(ASKED) == {event.id for event in EVENTS}
    for messages in ASKED.values():
        assert len(messages) >= 6
        assert sum(fold(message) == message for message in messages) >= 2


@pytest.mark.parametrize(
    "message",
    [
        "",
        "xin chào",
        "cảm ơn bạn",
        "lệ phí bao nhiêu",
        "làm giấy khai sinh cho con mới sinh cần gì",
        "lam giay khai sinh can gi",
        "đăng ký kết hôn ở đâu",
        "vợ tôi mất căn cước thì làm sao",
        "mất bao lâu thì có giấy",
        "mất sổ đỏ thì làm lại thế nào",
        "sang tên xe máy cũ cần giấy tờ gì",
        "đăng ký hộ kinh doanh cần gì",
        "xin giấy phép xây dựng nhà ở",
        "đổi bằng lái xe ở đâu",
        "ủy quyền lĩnh lương hưu cho con",
        "thời tiết hôm nay thế nào",
        "giá vàng hôm nay bao nhiêu",
        "bao giờ có kết quả hồ sơ H05.12-261123-0007",
        "cuối năm tôi cần làm gì",
        "cuoi nam toi can lam gi",
        "học sinh được nghỉ mấy ngày",
        "tôi muốn khiếu nại quyết định của xã",
    ],
)
def test_other_messages_find_nothing(message):
    assert EVENTS.find(message) is None


@given(st.text(max_size=200))
def test_any_text_is_read_without_fault(message):
    found = EVENTS.find(message)
    assert found is None or found in list(EVENTS)
