"""Where a vacancy stands, reckoned from what has happened: nobody sets the stage (model.md 2.5)."""

from __future__ import annotations

from dataclasses import dataclass

from boligdesk.domain.allocation_catalog import OfferState, VacancyStage
from boligdesk.domain.assessment import has_words


class VacancyRuleError(ValueError):
    """The act does not fit the vacancy as it is. The message is for people."""


@dataclass(frozen=True, slots=True)
class VacancyState:
    """What has happened. ``offer``: state of the live offer, None = there is none.

    ``has_contract``: a lease is written for the accepted offer; ``moved_in``: the tenancy runs.
    """

    has_shortlist: bool = False
    at_intake_team: bool = False
    offer: OfferState | None = None
    has_contract: bool = False
    moved_in: bool = False
    is_withdrawn: bool = False


def stage_of(state: VacancyState) -> VacancyStage:
    """A no, silence or a withdrawn offer leads back to where the candidate was chosen from."""
    if state.is_withdrawn:
        return VacancyStage.WITHDRAWN
    if state.moved_in:
        return VacancyStage.MOVED_IN
    if state.offer is OfferState.ACCEPTED:
        return VacancyStage.CONTRACT if state.has_contract else VacancyStage.ACCEPTED
    if state.offer is OfferState.SENT:
        return VacancyStage.OFFER_SENT
    if state.at_intake_team:
        return VacancyStage.INTAKE_TEAM
    return VacancyStage.PROPOSED if state.has_shortlist else VacancyStage.VACANT


def is_ended(stage: VacancyStage) -> bool:
    return stage in {VacancyStage.MOVED_IN, VacancyStage.WITHDRAWN}


def check_withdraw(state: VacancyState, reason: str) -> None:
    """Raises VacancyRuleError while somebody has an offer, when it is over, or without a reason."""
    if is_ended(stage_of(state)):
        raise VacancyRuleError("Boligen er ikke lenger til tildeling.")
    if state.offer in {OfferState.PREPARED, OfferState.SENT, OfferState.ACCEPTED}:
        raise VacancyRuleError("Noen har tilbud om boligen. Trekk tilbudet først.")
    if not has_words(reason):
        raise VacancyRuleError("Skriv hvorfor boligen ikke skal tildeles nå.")


def check_move_in(state: VacancyState, *, is_signed: bool) -> None:
    """Raises VacancyRuleError unless somebody said yes and both have signed the contract (ui.md 5)."""
    if state.offer is not OfferState.ACCEPTED or state.is_withdrawn or state.moved_in:
        raise VacancyRuleError("Ingen har takket ja til boligen.")
    if not state.has_contract or not is_signed:
        raise VacancyRuleError("Kontrakten må være signert av begge før innflytting.")
