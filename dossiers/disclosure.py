"""The one gate through which anybody sees a dossier.

A caller with the code alone sees status and due date; with the receipt PIN or the last four digits
of the registered phone also procedure, steps and missing papers; an officer at the counter, who has
seen the citizen's papers, sees the record (Luật 91/2025/QH15, art. 15.2; Nghị định 63/2010/NĐ-CP,
art. 18.4). An unknown code and a wrong secret get the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dossiers.agencies import Agencies
from dossiers.attempts import AttemptLimiter, Permit
from dossiers.clock import Clock, in_vietnam, system_clock
from dossiers.codes import CodeHint, DossierCode, code_hints
from dossiers.connectors.source import DossierSource
from dossiers.errors import SourceError
from dossiers.proofs import ProofHasher
from dossiers.sensitive import SensitiveProcedures
from dossiers.view import DossierView, Tier, make_view

__all__ = ["CodeFacts", "Disclosure", "LookUp", "Outcome"]


class Outcome(StrEnum):
    """How a look-up ended."""

    SHOWN = "shown"
    NOT_SHOWN = "not_shown"
    TOO_MANY_TRIES = "too_many_tries"
    SOURCE_DOWN = "source_down"


@dataclass(frozen=True)
class CodeFacts:
    """What the code itself says, to anybody, whether or not such a dossier exists."""

    code: str
    agency: str | None
    date: date
    hints: tuple[CodeHint, ...]
    is_confirmed: bool


@dataclass(frozen=True)
class LookUp:
    """The answer to one look-up; `view` is there only where `outcome` is SHOWN."""

    outcome: Outcome
    facts: CodeFacts
    view: DossierView | None = None
    retry_at: datetime | None = None


class Disclosure:
    """Looks dossiers up for citizens and officers, and shows each what they may see."""

    def __init__(
        self,
        source: DossierSource,
        limiter: AttemptLimiter,
        hasher: ProofHasher,
        sensitive: SensitiveProcedures,
        agencies: Agencies,
        *,
        clock: Clock = system_clock,
        of_address: AttemptLimiter | None = None,
    ) -> None:
        """Take where to look and what to go by.

        `of_address` counts the tries of a network address apart, so that a new conversation for
        each try gains nothing.
        """
        self._source = source
        self._of_address = of_address
        self._limiter = limiter
        self._hasher = hasher
        self._sensitive = sensitive
        self._agencies = agencies
        self._clock = clock

    def facts(self, code: DossierCode) -> CodeFacts:
        """Return what the code says by its shape; nothing is looked up."""
        return CodeFacts(
            code=code.code,
            agency=self._agencies.name_to_show(code.root),
            date=code.date,
            hints=code_hints(code, in_vietnam(self._clock()).date()),
            is_confirmed=code.exact,
        )

    def look_up(
        self, code: DossierCode, *, client: str, proof: str | None = None, address: str = ""
    ) -> LookUp:
        """Look up `code` for a citizen.

        Args:
            code: the code as it was read.
            client: what tells clients apart (a conversation); kept only as a keyed digest.
            proof: the receipt PIN or the last four digits of the registered phone.
            address: the network address where it is known; kept only as a keyed digest.
        """
        tries = [(self._limiter, client, proof is not None)]
        if self._of_address is not None and address:
            tries.append((self._of_address, f"address {address}", False))
        permits: list[tuple[AttemptLimiter, Permit]] = []
        for limiter, who, with_proof in tries:
            permit = limiter.begin(code.code, who, with_proof=with_proof)
            if not permit.is_granted:
                return self._answer(Outcome.TOO_MANY_TRIES, code, retry_at=permit.retry_at)
            permits.append((limiter, permit))
        try:
            found = self._source.find(code.code)
        except SourceError:
            for limiter, permit in permits:
                limiter.forget(permit)
            return self._answer(Outcome.SOURCE_DOWN, code)
        tier = Tier.CODE
        if proof is not None:
            # Checked also for an unknown code, so that neither answer comes sooner.
            if not self._hasher.proves(proof, found.record.proofs if found else None):
                return self._answer(Outcome.NOT_SHOWN, code)
            for limiter, permit in permits:
                limiter.proved(permit)
            tier = Tier.PROOF
        if found is None:
            return self._answer(Outcome.NOT_SHOWN, code)
        view = make_view(found, tier, self._sensitive, self._clock())
        return self._answer(Outcome.SHOWN, code, view=view)

    def look_up_proved(self, code: DossierCode) -> LookUp:
        """Look up `code` for a citizen who proved it a moment ago (`dossiers.tickets`)."""
        return self._look_up_at(code, Tier.PROOF)

    def look_up_as_officer(self, code: DossierCode) -> LookUp:
        """Look up `code` for an officer, who is signed in and has seen the citizen's papers."""
        return self._look_up_at(code, Tier.OFFICER)

    def _look_up_at(self, code: DossierCode, tier: Tier) -> LookUp:
        try:
            found = self._source.find(code.code)
        except SourceError:
            return self._answer(Outcome.SOURCE_DOWN, code)
        if found is None:
            return self._answer(Outcome.NOT_SHOWN, code)
        view = make_view(found, tier, self._sensitive, self._clock())
        return self._answer(Outcome.SHOWN, code, view=view)

    def _answer(
        self,
        outcome: Outcome,
        code: DossierCode,
        *,
        view: DossierView | None = None,
        retry_at: datetime | None = None,
    ) -> LookUp:
        return LookUp(outcome, self.facts(code), view, retry_at)
