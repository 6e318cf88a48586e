"""Follow a dossier from the chat: offered to who proved it, agreed to in so many words, withdrawn.

Silence or anything but a clear yes is no consent (Luật 91/2025/QH15, art. 9.4).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from actions.asker import Asker
from actions.choosing import chosen_position
from actions.memory import DossierTalk, Memory
from actions.services import Services
from dossiers.codes import find_codes
from knowledge_base.answer import Answer, Status
from knowledge_base.answer.blocks import Block, Choice, Paragraph
from knowledge_base.text import fold, normalise

__all__ = ["continue_following", "follow_choices", "read_follow_wish"]

# Zalo keeps consents and sends notices of its own (`api.zalo`); the JSON interface cannot tell.
_CHANNELS = frozenset({"web"})
# All these read a message in lower case without diacritics.
_WHAT = r"theo doi\b(?=\s+(?:ho so|ma|giup|viec nay|cai nay|nua|no|h\d)|\s*$)"
_FOLLOW = re.compile(
    rf"\b{_WHAT}|\bbao (?:cho )?(?:toi|em|minh|bac|chau) (?:biet )?khi (?:ho so|co|no)\b"
)
_STOP = re.compile(rf"\b(?:thoi|bo|dung|ngung|huy|khong|ko)\b(?:\s+\w+){{0,2}}\s+{_WHAT}")
_YES = re.compile(r"(?:(?:toi|em|minh|bac|chau|vang|da)\s+)*(?:dong y|co|ok|duoc)(?:\s+\w+){0,3}")
_NO = re.compile(r"(?:(?:toi|em|minh|thoi)\s+)*(?:khong|ko|thoi)\b.*")

Wish = Literal["follow", "stop"]


def read_follow_wish(message: str) -> Wish | None:
    """Return what `message` wants of following: to begin, to stop, or nothing."""
    text = _plain(message)
    if _STOP.search(text):
        return "stop"
    return "follow" if _FOLLOW.search(text) else None


def follow_choices(services: Services, code: str, asker: Asker) -> list[Choice]:
    """Offer to follow a dossier that was just proved, or to stop."""
    if asker.channel not in _CHANNELS:
        return []
    phrases = services.texts.phrases
    followed = any(one.code == code for one in services.dossiers.followings.of(asker.conversation))
    name = "unfollow" if followed else "follow"
    return [Choice(label=phrases[name], message=phrases[f"{name}_message"].format(code=code))]


def continue_following(
    services: Services, message: str, memory: Memory, asker: Asker
) -> tuple[Answer, Memory] | None:
    """Answer a wish to follow or to stop, and the reply to the question of consent."""
    talk = memory.dossier
    if talk is not None and talk.stage == "consent":
        decided = _decide(services, _chosen(message, memory), memory, talk, asker)
        if decided is not None:
            return decided
    wish = read_follow_wish(message)
    if wish == "stop":
        return _stop(services, message, memory, asker)
    if wish == "follow" and talk is not None and talk.stage in ("proved", "consent"):
        codes = find_codes(message)
        if not codes or codes[0].code == talk.code:
            return _ask_consent(services, memory, talk, asker)
    return None


def _ask_consent(
    services: Services, memory: Memory, talk: DossierTalk, asker: Asker
) -> tuple[Answer, Memory]:
    if asker.channel not in _CHANNELS:
        return services.composer.reply("follow_elsewhere"), memory
    phrases = services.texts.phrases
    answer = Answer(
        status=Status.CLARIFICATION_DOSSIER,
        blocks=[
            Paragraph(text=services.dossiers.followings.consent_for(talk.code)),
            Paragraph(text=phrases["consent_ask"]),
        ],
        choices=[
            Choice(label=phrases[name], message=phrases[name])
            for name in ("consent_yes", "consent_no")
        ],
    )
    kept = Memory(memory.procedure_code, memory.aspect)
    return answer, replace(kept, dossier=replace(talk, stage="consent"))


def _decide(
    services: Services, message: str, memory: Memory, talk: DossierTalk, asker: Asker
) -> tuple[Answer, Memory] | None:
    """Take a clear yes or no; None for anything else."""
    text = _plain(message)
    kept = Memory(memory.procedure_code, memory.aspect)
    kept = replace(kept, dossier=replace(talk, stage="proved"))
    if _NO.fullmatch(text):
        return services.composer.reply("follow_declined"), kept
    if not _YES.fullmatch(text):
        return None
    services.dossiers.followings.follow(talk.code, asker.conversation, asker.channel)
    return _said(services, "follow_done", talk.code, asker), kept


def _stop(
    services: Services, message: str, memory: Memory, asker: Asker
) -> tuple[Answer, Memory] | None:
    """End the following of the code that is named, or of the only one there is."""
    followings = services.dossiers.followings
    followed = [one.code for one in followings.of(asker.conversation)]
    named = [code.code for code in find_codes(message)]
    if not followed:
        return services.composer.reply("follow_none"), memory
    if not named and len(followed) > 1:
        phrases = services.texts.phrases
        choices = [
            Choice(label=code, message=phrases["unfollow_message"].format(code=code))
            for code in followed
        ]
        answer = services.composer.reply("follow_which")
        return answer.model_copy(update={"choices": choices}), memory
    code = (named or followed)[0]
    followings.withdraw(code, asker.conversation)
    return _said(services, "follow_ended", code, asker), memory


def _said(services: Services, name: str, code: str, asker: Asker) -> Answer:
    phrases = services.texts.phrases
    told = phrases.get(f"{name}_{asker.channel}", "")
    texts = [phrases[name].format(code=code), *([told] if told else [])]
    blocks: list[Block] = [Paragraph(text=text) for text in texts]
    return Answer(status=Status.ANSWERED_FOLLOWING, blocks=blocks)


def _chosen(message: str, memory: Memory) -> str:
    """The message that a number stands for, else the message itself."""
    if memory.candidate_kind != "message":
        return message
    position = chosen_position(message, len(memory.candidates))
    return message if position is None else memory.candidates[position]


def _plain(message: str) -> str:
    return fold(normalise(message)).strip(" .,;:!")
