"""A12, A14, A15: the local list, the addresses, the posting at the office.

A12 compares only where an official list was imported. A14 opens no address: it looks at its form.
A15 speaks only where the operator gives a record of postings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from knowledge_base.audit.finding import Fault, RuleId
from knowledge_base.audit.postings import Posting
from knowledge_base.audit.record_text import excerpt
from knowledge_base.procedure import Procedure, SourceKind

__all__ = ["Addresses", "OtherLocalName", "Postings"]

_HOST = re.compile(r"^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$", re.I)
_DOCUMENT = re.compile(r"\.(?:docx?|pdf|xlsx?|rar|zip|jpe?g|png|rtf|odt)$", re.I)
_PREFIX = re.compile(r"^\W*thủ tục(?: hành chính)?\W+")
# A list marks where a procedure is done: «(cấp xã)», «thực hiện tại cấp tỉnh».
_LEVEL = re.compile(r"[\s\W]*\(?(?:thực hiện )?(?:tại |ở )?cấp (?:tỉnh|xã|huyện|trung ương)\)?\W*$")


class OtherLocalName:
    """Compares names with those of imported lists (articles 13.2 and 24)."""

    id = RuleId.A12

    def __init__(self, local: Iterable[Procedure]) -> None:
        """Take the records of the lists."""
        self._local: dict[str, list[Procedure]] = {}
        for record in local:
            self._local.setdefault(record.code, []).append(record)

    def check(self, record: Procedure) -> Iterator[Fault]:
        """Yield a fault for each list that calls the procedure otherwise."""
        if record.source.kind is not SourceKind.NATIONAL:
            return
        for local in self._local.get(record.code, ()):
            if _same_name(local.official_name) != _same_name(record.official_name):
                listed = ", ".join(local.provinces) or local.source.note or "Danh sách"
                values = {"list": listed, "local": local.official_name}
                yield Fault("other_name", "name", record.official_name, values)


def _same_name(name: str) -> str:
    """What must agree: not the word «Thủ tục», capitals, marks, or the level in brackets."""
    bare = _LEVEL.sub("", _PREFIX.sub("", name.lower()))
    return " ".join(re.findall(r"\w+", bare.replace("uỷ", "ủy")))


class Addresses:
    """Looks at the form of the address of the page and of the names of form files (article 16)."""

    id = RuleId.A14

    def check(self, record: Procedure) -> Iterator[Fault]:
        """Yield a fault for a missing or odd address and for files that cannot be documents."""
        addresses = [a for a in (record.source.url, record.online_url) if a]
        if not addresses:
            yield Fault("no_address", "address", "")
        for address in dict.fromkeys(addresses):
            if not _well_formed(address):
                yield Fault("odd_address", "address", address)
        forms = [*record.forms, *(row.form for row in record.requirements if row.form)]
        for file in dict.fromkeys(form.file for form in forms if form.file):
            if not _DOCUMENT.search(file):
                yield Fault("odd_file", "forms", excerpt(file, 0, 0, around=160))


def _well_formed(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme == "https" and bool(_HOST.match(host)) and not re.search(r"\s", address)


class Postings:
    """Reports what the operator's record of postings does not have, or has by an older decision."""

    id = RuleId.A15

    def __init__(self, postings: Mapping[str, Posting] | None) -> None:
        """Take the record; without one the rule says nothing."""
        self._postings = postings

    def check(self, record: Procedure) -> Iterator[Fault]:
        """Yield a fault for a procedure that is not posted as it is published now."""
        if self._postings is None:
            return
        posting = self._postings.get(record.code)
        decision = record.source.decision
        if posting is None:
            yield Fault("not_posted", "posting", record.code)
        elif posting.decision and decision and posting.decision != decision:
            text = f"{record.code}, niêm yết {posting.posted_on:%d/%m/%Y}"
            values = {"posted": posting.decision, "decision": decision}
            yield Fault("older_decision", "posting", text, values)
