"""Small procedures made up for tests: give only the parts that the test speaks of."""

from datetime import date

from knowledge_base.procedure import (
    Channel,
    Detail,
    Guidance,
    Procedure,
    Requirement,
    Source,
    SourceKind,
)

PORTAL = "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/bia-dat"
CODE = "1.999001"


def make_source(kind=SourceKind.NATIONAL, **parts):
    defaults = {"decision": "12/QĐ-BTP", "url": PORTAL, "checked_on": date(2026, 11, 23)}
    return Source(kind=kind, **{**defaults, **parts})


def make_channel(channel="counter", quantity=None, unit=None, time_note=None, **parts):
    time = {"quantity": quantity, "unit": unit, "note": time_note}
    return Channel(channel=channel, time=time, **parts)


def make_requirement(name="Đơn đề nghị", **parts):
    return Requirement(name=name, **parts)


def make_procedure(code=CODE, **parts):
    """A procedure as a national record gives it; `kind` is the kind of its only source."""
    kind = SourceKind(parts.pop("kind", SourceKind.NATIONAL))
    name = parts.pop("name", "Cấp giấy phép nuôi rồng")
    defaults = {
        "official_name": f"Thủ tục {name[:1].lower()}{name[1:]}",
        "field": "Chăn nuôi",
        "sources": [make_source(kind)],
    }
    return Procedure(code=code, name=name, **{**defaults, **parts})


def make_bare(code=CODE, kind=SourceKind.INDEX, **parts):
    """A procedure of which little more than the name is known."""
    source = Source(kind=kind, note=parts.pop("note", None))
    return make_procedure(code, **{"detail": Detail.BARE, "sources": [source], **parts})


def guidance_data(**parts):
    """The content of a sound guidance file, as YAML would give it."""
    defaults = {
        "code": CODE,
        "name": "Cấp giấy phép nuôi rồng",
        "official_name": "Thủ tục cấp giấy phép nuôi rồng",
        "field": "Chăn nuôi",
        "levels": ["commune"],
        "summary": "Xin phép nuôi một con rồng trong vườn.",
        "needed_when": ["Bạn muốn nuôi rồng."],
        "requirements": [
            {"id": "application", "name": "Đơn đề nghị nuôi rồng", "originals": 1},
            {"id": "consent", "name": "Ý kiến của hàng xóm", "copies": 1},
        ],
        "steps": [{"who": "Bạn", "text": "Nộp đơn."}, {"text": "Nhận giấy phép."}],
        "offices": [{"level": "commune", "name": "Bộ phận một cửa cấp xã"}],
        "channels": [
            {
                "channel": "counter",
                "time": {"quantity": 5, "unit": "working_day"},
                "fee": "Miễn phí",
            }
        ],
        "results": [{"name": "Giấy phép nuôi rồng", "code": "KQ.G99.000001"}],
        "legal_basis": [{"number": "1/2026/NĐ-CP", "title": "Về nuôi rồng"}],
        "mistakes": ["Quên ký.", "Quên ảnh.", "Nộp nhầm nơi."],
        "sources": [
            {
                "kind": "guidance",
                "decision": "12/QĐ-BTP",
                "url": PORTAL,
                "checked_on": "2026-11-23",
            }
        ],
    }
    return {**defaults, **parts}


def make_guidance(**parts):
    return Guidance.model_validate(guidance_data(**parts))
