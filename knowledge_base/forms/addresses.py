"""Whether an address fits the two levels of local government that exist since 01/07/2025."""

from __future__ import annotations

import re

from knowledge_base.forms.messages import ValueRefusedError, message

__all__ = ["check_new_address"]

_DISTRICT = re.compile(
    r"(?<![\w])(?<!đường )(?<!trục )(?P<word>huyện|quận|thị xã|thị trấn)\s+(?!lộ\b)\S",
    re.IGNORECASE,
)
_SHORT_DISTRICT = re.compile(r"(?:^|,)\s*(?P<word>h|q|tx|tt)\s*\.\s*\S", re.IGNORECASE)
_CITY_IN_PROVINCE = re.compile(r"(?:thành phố|tp\b\.?)[^,]*,\s*(?:tỉnh|t\.)", re.IGNORECASE)
_COMMUNE = re.compile(r"(?<!\w)(?:xã|phường|đặc khu|[xp]\.)\s*\w", re.IGNORECASE)
_PROVINCE = re.compile(r"(?<!\w)(?:tỉnh|thành phố|tp\.?|t\.)\s*\w", re.IGNORECASE)


def check_new_address(text: str) -> None:
    """Accept an address of today: commune, then province.

    Raises:
        ValueRefusedError: it names a level that was abolished, or lacks one of the two.
    """
    old = _DISTRICT.search(text) or _SHORT_DISTRICT.search(text)
    if old:
        raise ValueRefusedError(message("address_district", word=old["word"]))
    if _CITY_IN_PROVINCE.search(text):
        raise ValueRefusedError(message("address_city"))
    commune = _COMMUNE.search(text)
    if not (commune and _PROVINCE.search(text, commune.end())):
        raise ValueRefusedError(message("address_levels"))
