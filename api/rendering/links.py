"""What leads to a page from elsewhere: its QR code, and what search engines and Zalo read of it."""

from __future__ import annotations

from typing import Any

import segno
from markupsafe import Markup

from knowledge_base.procedure import ChannelKind, Procedure

__all__ = ["linked_data", "qr_code"]


def qr_code(address: str, title: str) -> Markup:
    """The QR code of `address` as inline SVG, quiet zone included; `title` is read aloud.

    Error correction M: a folded or stained sheet is still read.
    """
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        title=title, omitsize=True, svgclass="qr-code", lineclass=None
    )
    # A picture to a screen reader; without a role it is a group of nameless paths.
    return Markup(drawn.replace("<svg ", '<svg role="img" ', 1))


def linked_data(procedure: Procedure, address: str) -> dict[str, Any]:
    """The procedure as schema.org GovernmentService, for an `application/ld+json` block."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": procedure.name,
        "alternateName": procedure.official_name,
        "identifier": procedure.code,
        "url": address,
        "serviceType": procedure.field,
        "areaServed": {"@type": "Country", "name": "Việt Nam"},
    }
    if procedure.summary:
        data["description"] = procedure.summary
    agencies = [office.name for office in procedure.offices] or list(procedure.agencies)
    if agencies:
        data["provider"] = [{"@type": "GovernmentOrganization", "name": name} for name in agencies]
    if procedure.audience:
        data["audience"] = [
            {"@type": "Audience", "audienceType": kind} for kind in procedure.audience
        ]
    if procedure.results:
        data["serviceOutput"] = [
            {"@type": "Thing", "name": result.name} for result in procedure.results
        ]
    if procedure.online_url and _files_online(procedure):
        channel = {"@type": "ServiceChannel", "availableLanguage": "vi"}
        data["availableChannel"] = {**channel, "serviceUrl": procedure.online_url}
    if procedure.source.url:
        data["sameAs"] = procedure.source.url
    return data


def _files_online(procedure: Procedure) -> bool:
    return any(way.channel == ChannelKind.ONLINE for way in procedure.channels)
