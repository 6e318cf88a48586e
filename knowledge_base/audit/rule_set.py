"""The set of rules, made for one audit from what it is about and what it may compare with."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge_base.audit.finding import RuleId
from knowledge_base.audit.language import Language
from knowledge_base.audit.postings import Posting
from knowledge_base.audit.registers import (
    load_legal_register,
    load_place_register,
    load_state_held_register,
    load_unit_register,
)
from knowledge_base.audit.rule import Rule
from knowledge_base.audit.rules.abolished_units import AbolishedUnits
from knowledge_base.audit.rules.completeness import MissingParts
from knowledge_base.audit.rules.dossier import ZeroCopies
from knowledge_base.audit.rules.fees import FreeWithFee
from knowledge_base.audit.rules.forms import MisnumberedForm, MissingForm, NoWorkedExample
from knowledge_base.audit.rules.integrity import TextIntegrity
from knowledge_base.audit.rules.legal_texts import DeadLaw
from knowledge_base.audit.rules.places import OldPlaceNames
from knowledge_base.audit.rules.publication import Addresses, OtherLocalName, Postings
from knowledge_base.audit.rules.state_held_papers import StateHeldPapers
from knowledge_base.audit.rules.time_limits import UnclearTimeLimit
from knowledge_base.audit.rules.validity import Validity
from knowledge_base.audit.settings import load_settings
from knowledge_base.audit.worked_examples import WorkedExample
from knowledge_base.procedure import Detail, Procedure

__all__ = ["AuditInputs", "build_rules"]


@dataclass(frozen=True)
class AuditInputs:
    """What is audited, and what the rules may compare it with.

    `local` are the records of imported official lists; `worked_examples` the forms
    that have one; `postings` what the operator says hangs at the office, or None.
    """

    records: Sequence[Procedure]
    today: date
    local: Sequence[Procedure] = ()
    worked_examples: Sequence[WorkedExample] = ()
    postings: Mapping[str, Posting] | None = None

    def detailed(self) -> list[Procedure]:
        """The records of which more than the name is known."""
        return [record for record in self.records if record.detail is Detail.FULL]


def build_rules(inputs: AuditInputs, only: Collection[RuleId] = ()) -> list[Rule]:
    """Make the rules, all or those of `only`, in their order.

    Raises:
        AuditDataError: a register or the settings are wrong.
    """
    wanted = frozenset(only) or frozenset(RuleId)
    settings, legal = load_settings(), load_legal_register()
    rules: list[Rule] = [
        MissingParts(),
        MissingForm(),
        UnclearTimeLimit(settings.no_answer_notes),
        FreeWithFee(),
        DeadLaw(legal, inputs.today),
        AbolishedUnits(load_unit_register(), inputs.today),
        StateHeldPapers(load_state_held_register()),
        ZeroCopies(),
        MisnumberedForm(),
        Validity(legal, inputs.today, settings.expiry_notice_days),
        OtherLocalName(inputs.local),
        NoWorkedExample(inputs.worked_examples),
        Addresses(),
        Postings(inputs.postings),
        OldPlaceNames(load_place_register(), inputs.today),
    ]
    if RuleId.A10 in wanted:
        # Learning the language of all records takes most of the time of an audit.
        language = Language(inputs.detailed(), settings.interleaving)
        rules.append(TextIntegrity(language, settings))
    return sorted((r for r in rules if r.id in wanted), key=lambda rule: rule.id)
