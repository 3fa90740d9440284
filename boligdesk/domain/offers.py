"""An offer of a dwelling: who may get it, when the answer is due, what an answer leads to (model.md 2.6).

Each ``check_`` raises OfferRuleError in plain words when the act does not fit. A silence is confirmed by a
person, and the consequence of a no or a silence is a proposal by the rules: nothing happens by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from boligdesk.domain.allocation_catalog import Consequence, OfferAnswer, OfferState
from boligdesk.domain.assessment import has_words
from boligdesk.domain.calendar import long_date
from boligdesk.domain.deadlines import Computed, Length, compute

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from boligdesk.domain.deadlines import DeadlineRule
    from boligdesk.domain.rule_sets import RuleSet, Sentence

Id = TypeVar("Id")

REPLY_RULE = "svarfrist_tilbud"
#: States in which the offer holds the dwelling and the applicant. A yes holds them until the tenancy runs.
LIVE = frozenset({OfferState.PREPARED, OfferState.SENT, OfferState.ACCEPTED})


class OfferRuleError(ValueError):
    """The act does not fit the offer as it is. The message is for people."""


@dataclass(frozen=True, slots=True)
class ProposedConsequence:
    """``needs_notice``: the applicant must have prior notice first (forvaltningsloven § 16)."""

    consequence: Consequence
    sentence: Sentence
    needs_notice: bool


def state_of(*, sent_on: dt.date | None, answer: str | None, is_withdrawn: bool = False) -> OfferState:
    """The state as it follows from the columns of the offer."""
    if is_withdrawn:
        return OfferState.WITHDRAWN
    if answer is not None:
        return OfferState(answer)
    return OfferState.PREPARED if sent_on is None else OfferState.SENT


def first_in_line(order: Sequence[Id], out: Collection[Id] = ()) -> Id | None:
    """The first of the frozen list who has not already answered or been passed over with a reason."""
    return next((entry for entry in order if entry not in out), None)


def check_choice(
    chosen: Id,
    order: Sequence[Id],
    *,
    out: Collection[Id] = (),
    reason: str = "",
    dwelling_has_offer: bool = False,
    applicant_has_offer: bool = False,
    household_has_offer: bool = False,
) -> None:
    """May this applicant be offered the dwelling?

    Args:
        chosen: id of the waiting entry.
        order: ids of the eligible in the frozen shortlist, first first.
        out: those who have said no to this dwelling, not answered, or are passed over with a stored reason.
        reason: why another than the first in line is chosen.
        dwelling_has_offer: the dwelling has a live offer.
        applicant_has_offer: the applicant has one.
        household_has_offer: somebody in the household has one.
    """
    if dwelling_has_offer:
        raise OfferRuleError("Boligen er allerede tilbudt til noen. Bare ett tilbud kan gjelde om gangen.")
    if applicant_has_offer:
        raise OfferRuleError("Søkeren har allerede et tilbud om bolig.")
    if household_has_offer:
        raise OfferRuleError("Noen i husstanden har allerede et tilbud om bolig.")
    if chosen not in order:
        raise OfferRuleError("Søkeren er ikke aktuell i forslaget. Se der hva som ikke passer.")
    if chosen in out:
        raise OfferRuleError("Søkeren har allerede hatt et tilbud om denne boligen.")
    if chosen != first_in_line(order, out) and not has_words(reason):
        raise OfferRuleError("Søkeren er ikke først i forslaget. Skriv hvorfor boligen likevel går hit.")


def check_send(state: OfferState, *, is_finalised: bool) -> None:
    if state is not OfferState.PREPARED:
        raise OfferRuleError(f"Tilbudet kan ikke sendes. Det står som «{state.label.lower()}».")
    if not is_finalised:
        raise OfferRuleError("Brevet med tilbudet må ferdigstilles før det sendes.")


def reply_due(
    rule_set: RuleSet,
    sent_on: dt.date,
    *,
    rules: Sequence[DeadlineRule] | None = None,
    closed: Collection[dt.date] = (),
) -> Computed:
    """Last day to answer, with the reckoning in words. Raises DeadlineInputError for an absurd date."""
    length = Length(rule_set.offer.reply_working_days, "working_days")
    return compute(REPLY_RULE, sent_on, length=length, closed=closed, rules=rules)


def check_answer(
    state: OfferState,
    answer: str,
    *,
    answered_on: dt.date,
    today: dt.date,
    sent_on: dt.date | None,
    reply_due_on: dt.date | None,
    reason: str = "",
) -> None:
    """A late yes or no may be registered: a person decides what it is worth. A no and a silence need a reason."""
    if answer not in OfferAnswer.codes():
        raise OfferRuleError("Svaret må være ja, nei eller ikke svart.")
    if state is not OfferState.SENT or sent_on is None:
        raise OfferRuleError(f"Tilbudet kan ikke besvares. Det står som «{state.label.lower()}».")
    if answered_on > today:
        raise OfferRuleError("Svaret kan ikke ha kommet fram i tid.")
    if answered_on < sent_on:
        raise OfferRuleError(f"Svaret kan ikke ha kommet før tilbudet ble sendt {long_date(sent_on)}.")
    if answer == OfferAnswer.NONE and (reply_due_on is None or answered_on <= reply_due_on):
        due = "" if reply_due_on is None else f" Søkeren har frist til og med {long_date(reply_due_on)}."
        raise OfferRuleError(f"Svarfristen er ikke ute.{due}")
    if answer == OfferAnswer.NO and not has_words(reason):
        raise OfferRuleError("Skriv hvorfor søkeren takker nei.")
    if answer == OfferAnswer.NONE and not has_words(reason):
        raise OfferRuleError("Skriv hva du har gjort for å få tak i søkeren.")


def check_withdraw(state: OfferState, *, reason: str, letter_finalised: bool = False) -> None:
    """Before sending a reason is enough; after it, only with a letter to the applicant."""
    if state not in LIVE:
        raise OfferRuleError(f"Tilbudet gjelder ikke lenger. Det står som «{state.label.lower()}».")
    if not has_words(reason):
        raise OfferRuleError("Skriv hvorfor tilbudet trekkes.")
    if state is not OfferState.PREPARED and not letter_finalised:
        raise OfferRuleError("Tilbudet er sendt. Ferdigstill et brev til søkeren før du trekker det.")


def consequence_of(rule_set: RuleSet, answer: str, earlier: int = 0) -> ProposedConsequence | None:
    """What the rules propose; None after a yes. ``earlier``: such answers the applicant has given before."""
    if answer not in {OfferAnswer.NO, OfferAnswer.NONE}:
        return None
    rules = [
        rule
        for rule in rule_set.offer.consequences
        if rule.answer == answer and rule.from_time <= max(0, earlier) + 1
    ]
    chosen = max(rules, key=lambda rule: rule.from_time)
    return ProposedConsequence(
        chosen.consequence, chosen.sentence, chosen.consequence is not Consequence.KEEPS
    )
