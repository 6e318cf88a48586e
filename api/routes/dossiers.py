"""`/ho-so`: where a dossier stands, on a page of its own, and what can be done about it there.

Code and proof travel in the body of a request alone: they are in no address, no log, no page that
a browser keeps. What is shown, and after how many tries nothing is, `dossiers.disclosure` decides.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from api.conversation import is_sender
from api.dependencies import (
    FOLLOWING_COOKIE,
    AddressDep,
    ConversationDep,
    DeskDep,
    DossierRendererDep,
    SenderDep,
    SettingsDep,
)
from api.following_cookie import set_following_cookie
from api.rendering.dossier import DossierPage
from api.rendering.slip import slip_html, slip_pdf
from api.security import is_same_origin
from api.session import COOKIE
from api.settings import Settings
from dossiers.codes import DossierCode, NumberKind, find_codes, identify_number
from dossiers.desk import DossierDesk
from dossiers.disclosure import LookUp, Outcome
from dossiers.errors import SlipUnavailableError
from dossiers.proof_text import read_proof
from dossiers.slips import SlipKind, slips_for
from dossiers.view import Tier
from knowledge_base.errors import RenderingError

__all__ = ["PATH", "router"]

PATH = "/ho-so"

logger = logging.getLogger(__name__)
router = APIRouter()
_SESSION_SECONDS = 60 * 60
_NUMBER_REPLIES = {
    NumberKind.IDENTITY_NUMBER: "number_identity",
    NumberKind.PHONE_NUMBER: "number_phone",
    NumberKind.PAYMENT_REFERENCE: "number_payment",
}


@router.get(PATH, response_class=HTMLResponse)
def page(renderer: DossierRendererDep, sender: SenderDep, settings: SettingsDep) -> Response:
    """Show the empty form."""
    return _answer(renderer.render(DossierPage()), sender, settings)


@router.post(PATH, response_class=HTMLResponse)
def look_up(
    request: Request,
    desk: DeskDep,
    renderer: DossierRendererDep,
    conversation: ConversationDep,
    sender: SenderDep,
    address: AddressDep,
    settings: SettingsDep,
    code: Annotated[str, Form(max_length=1000)] = "",
    proof: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Look a dossier up with its code, and with a proof if one is given."""
    if not is_same_origin(request):
        return _foreign()
    codes = find_codes(code)
    number = identify_number(code)
    if not codes:
        key = _NUMBER_REPLIES.get(number) if number else None
        reply = conversation.reply(key or "dossier_ask_code")
        page = DossierPage(said=reply, wrong_code=True)
        return _answer(renderer.render(page), sender, settings, status=422)
    if not codes[0].exact:
        page = DossierPage(code=codes[0].code, confirm=True)
        return _answer(renderer.render(page), sender, settings)
    secret = (read_proof(proof) or proof.strip()) if proof.strip() else None
    # Without a cookie there is no conversation yet, and the address alone is counted.
    client = sender if request.cookies.get(COOKIE) == sender else f"no cookie {address}"
    found, explanation = desk.look_up(codes[0], client, secret, address=address)
    page = DossierPage(code=codes[0].code, shown=explanation, outcome=found.outcome)
    page = _with_what_can_be_done(page, desk, found, codes[0], sender, _follower(request, sender))
    status = 429 if found.outcome is Outcome.TOO_MANY_TRIES else 200
    return _answer(renderer.render(page), sender, settings, status=status)


@router.post(f"{PATH}/theo-doi", response_class=HTMLResponse)
def follow(
    request: Request,
    desk: DeskDep,
    renderer: DossierRendererDep,
    sender: SenderDep,
    settings: SettingsDep,
    ticket: Annotated[str, Form(max_length=300)] = "",
    consent: Annotated[bool, Form()] = False,
    stop: Annotated[bool, Form()] = False,
) -> Response:
    """Begin to follow the dossier of a ticket, if its words were agreed to; or stop."""
    if not is_same_origin(request):
        return _foreign()
    code = desk.tickets.read(ticket, sender)
    if code is None:
        return _answer(renderer.render(DossierPage(expired=True)), sender, settings, status=403)
    follower = _follower(request, sender)
    followed = False
    if stop:
        desk.followings.withdraw(code.code, follower)
    elif consent:
        desk.followings.follow(code.code, follower, "web")
        followed = True
    found = desk.disclosure.look_up_proved(code)
    page = DossierPage(
        code=code.code,
        shown=desk.explainer.explain(found),
        outcome=found.outcome,
        needs_tick=not stop and not consent,
    )
    page = _with_what_can_be_done(page, desk, found, code, sender, follower)
    response = _answer(renderer.render(page), sender, settings)
    if followed:
        set_following_cookie(response, follower, settings.secure_cookies)
    return response


@router.post(f"{PATH}/phieu")
def slip(
    request: Request,
    desk: DeskDep,
    renderer: DossierRendererDep,
    sender: SenderDep,
    settings: SettingsDep,
    kind: Annotated[SlipKind, Form()],
    ticket: Annotated[str, Form(max_length=300)] = "",
    form: Annotated[Literal["html", "pdf"], Form()] = "html",
) -> Response:
    """Print a slip of the dossier of a ticket, as a page or a PDF.

    A machine that can make no PDF shows the page, which prints as well.
    """
    if not is_same_origin(request):
        return _foreign()
    code = desk.tickets.read(ticket, sender)
    found = desk.disclosure.look_up_proved(code) if code else None
    if found is None or found.view is None:
        return _answer(renderer.render(DossierPage(expired=True)), sender, settings, status=403)
    try:
        printed = desk.slips.make(kind, found.view)
    except SlipUnavailableError:
        return _answer(renderer.render(DossierPage(expired=True)), sender, settings, status=404)
    if form == "pdf":
        try:
            return _attached(slip_pdf(printed, renderer.environment), f"{kind}.pdf")
        except RenderingError as error:
            logger.error("pdf.unavailable reason=%s", error)
    return _answer(slip_html(printed, renderer.environment), sender, settings)


def _attached(pdf: bytes, name: str) -> Response:
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return Response(pdf, media_type="application/pdf", headers=headers)


def _with_what_can_be_done(
    page: DossierPage,
    desk: DossierDesk,
    found: LookUp,
    code: DossierCode,
    sender: str,
    follower: str,
) -> DossierPage:
    """Add news, following and slips for who proved the dossier."""
    view = found.view
    if view is None or view.tier < Tier.PROOF:
        return page
    followed = any(one.code == code.code for one in desk.followings.of(follower))
    return replace(
        page,
        proved=True,
        ticket=desk.tickets.give(code.code, sender),
        followed=followed,
        consent=desk.followings.consent_for(code.code),
        may_follow=not view.status.is_terminal and not view.is_stale,
        news=tuple(desk.notices.tell_of_code(code.code, follower)),
        slips=tuple((str(kind), desk.slips.name(kind)) for kind in slips_for(view)),
    )


def _follower(request: Request, sender: str) -> str:
    """The conversation that this browser follows in: one kept from before, or this one."""
    kept = request.cookies.get(FOLLOWING_COOKIE, "")
    return kept if is_sender(kept) else sender


def _answer(content: str, sender: str, settings: Settings, *, status: int = 200) -> Response:
    response = HTMLResponse(content, status, headers={"Cache-Control": "no-store"})
    response.set_cookie(
        COOKIE,
        sender,
        max_age=_SESSION_SECONDS,
        httponly=True,
        samesite="lax",
        secure=settings.secure_cookies,
    )
    return response


def _foreign() -> Response:
    return Response("Yêu cầu không đến từ trang này.", status_code=403)
