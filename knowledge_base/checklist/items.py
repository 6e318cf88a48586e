"""Items of the list, made from the requirements of a procedure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from hashlib import blake2s

from knowledge_base.checklist.personal_list import Item
from knowledge_base.checklist.texts import ChecklistTexts
from knowledge_base.procedure import Procedure, Requirement, RequirementGroup

__all__ = ["FindProcedure", "depending_case", "make_items"]

FindProcedure = Callable[[str], Procedure | None]

_IF_ANY = re.compile(r"\(nếu có\)\W*$", re.I)
_CONDITIONAL = re.compile(
    r"\W*(?:(?:\d+|[a-zđ]\d?|[ivx]+)[.)/]\s*)*(?:(?:trong |các )?trường hợp|đối với|nếu|khi)\b",
    re.I,
)
_GROUP_HEADING = re.compile(
    r"\W*(?:(?:\d+|[a-zđ]|[ivx]+)[.)/]\s*)?(?:bao gồm|lưu ý|(?:các )?thành phần hồ sơ"
    r"|(?:các )?(?:giấy tờ|chứng từ) (?:phải )?(?:nộp|xuất trình)(?: \(bản chính\))?"
    r"(?:,? mỗi loại 01 bản)?)(?:,? (?:bao )?gồm(?: có)?)?\W*",
    re.I,
)
_BULLET = "-+•* \t"


def make_items(procedure: Procedure, find: FindProcedure) -> list[Item]:
    """One item a requirement, in the same order, each with an id of its own."""
    identifiers = _identifiers(procedure.requirements)
    pairs = zip(identifiers, procedure.requirements, strict=True)
    return [_item(identifier, requirement, find) for identifier, requirement in pairs]


def _item(identifier: str, requirement: Requirement, find: FindProcedure) -> Item:
    code = requirement.get_from_code
    source = find(code) if code else None
    return Item(
        id=identifier,
        name=requirement.name.lstrip(_BULLET) or requirement.name,
        group=requirement.group,
        originals=requirement.originals,
        copies=requirement.copies,
        case=requirement.case,
        form=requirement.form,
        why=requirement.why,
        get_from=requirement.get_from,
        get_from_code=code,
        get_from_name=source.name if source else None,
        may_be_waived=requirement.may_be_waived,
    )


def _identifiers(requirements: Sequence[Requirement]) -> list[str]:
    """Given ids, or ids that depend on the words alone and so outlive a new import."""
    seen: Counter[str] = Counter()
    identifiers = []
    for requirement in requirements:
        words = f"{requirement.case or ''}\n{requirement.name}".casefold()
        identifier = requirement.id or f"r_{blake2s(words.encode(), digest_size=5).hexdigest()}"
        seen[identifier] += 1
        repeated = seen[identifier] > 1
        identifiers.append(f"{identifier}_{seen[identifier]}" if repeated else identifier)
    return identifiers


def depending_case(
    requirement: Requirement, procedure: Procedure, texts: ChecklistTexts
) -> str | None:
    """Why this paper may not concern everybody, though no question decides it.

    Records of the national data put papers under the headings of cases that nobody asks about;
    a heading that all papers share, and that names no case, says nothing.
    """
    if _is_optional(requirement):
        return texts.if_any
    case = requirement.case
    if case is None or _GROUP_HEADING.fullmatch(case):
        return None
    shared = {r.case for r in procedure.requirements if r.group != RequirementGroup.NOTE} == {case}
    if shared and not _CONDITIONAL.match(case):
        return None
    return texts.case.format(case=case.strip(_BULLET))


def _is_optional(requirement: Requirement) -> bool:
    """Tell whether «(nếu có)» is said of this paper, and not only of the last of several."""
    name = requirement.name
    several = ";" in name or " và " in name
    note = requirement.group == RequirementGroup.NOTE
    return not note and not several and bool(_IF_ANY.search(name))
