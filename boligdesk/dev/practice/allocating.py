"""The waiting list of the practice office, its vacancies in every stage, and offers with every answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from boligdesk.dev.practice.builder import PRACTICE_LOGIN, TODAY, Act, Builder
from boligdesk.dev.practice.deciding import bring, write
from boligdesk.domain.letters import LetterKind
from boligdesk.domain.text import fold
from boligdesk.services.records.allocation import OfferTerms, VacancyDraft, WaitingDraft
from boligdesk.services.records.cases import ApplicationDraft
from boligdesk.services.records.letters import LetterDraft

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.desk import Services

#: The first of the people who were approved before the office took Boligdesk into use.
_FIRST_PERSON = 80
#: Protected as fortrolig: «Skjermet søker» in the lists of those without access.
_SHIELDED_CASE = 44
_SAID = {
    "ja": "",
    "nei": "Det er for langt til skolen.",
    "ikke_svart": "Ringte tre ganger og sendte melding.",
}
_BEFORE = "Godkjent før kontoret tok i bruk Boligdesk. Vedtaket ligger i sak- og arkivsystemet."


@dataclass(frozen=True, slots=True)
class Waiting:
    """One who waits. Needs as in ``WaitingDraft``; ``months``: how long ago the application came."""

    code: str
    months: int
    bedrooms: int
    persons: int
    children: int
    rent: int
    lift: int | None = 0
    step_free: int | None = 0
    wheelchair: int | None = 0
    pets: int | None = 0
    wish: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


WAITING = (
    Waiting("A", 9, 2, 3, 2, 11_000, wish=("Kroken",)),
    Waiting("A", 7, 3, 5, 3, 12_500, wish=("Tromsdalen", "Kroken")),
    Waiting("A", 5, 2, 2, 1, 10_000, lift=None),
    Waiting("A", 4, 4, 7, 5, 14_000),
    Waiting("A", 3, 1, 1, 0, 8_500, wish=("Sentrum",)),
    Waiting("B", 11, 2, 3, 1, 11_500, lift=1),
    Waiting("B", 10, 1, 1, 0, 9_000, step_free=1, wheelchair=None),
    Waiting("B", 8, 3, 4, 2, 13_000, wish=("Kvaløya",), no=("Sentrum",)),
    Waiting("B", 8, 2, 2, 0, 9_500, pets=1),
    Waiting("B", 6, 1, 2, 0, 9_000, wish=("Kroken",)),
    Waiting("B", 5, 2, 4, 2, 11_000, lift=1, step_free=None),
    Waiting("B", 4, 4, 6, 4, 13_500, wish=("Kroken",)),
    Waiting("B", 3, 1, 1, 0, 7_000, wish=("Sør-Tromsøya",)),
    Waiting("C", 11, 1, 1, 0, 8_000),
    Waiting("C", 9, 2, 3, 1, 10_500, wish=("Sentrum", "Tromsdalen")),
    Waiting("C", 6, 3, 4, 2, 12_000),
    Waiting("C", 4, 1, 1, 0, 8_800, wheelchair=1, step_free=1),
    Waiting("C", 2, 2, 2, 0, 9_900),
)
_SHIELDED = Waiting("A", 2, 2, 3, 2, 11_000, wish=("Kroken",))


def received_on(number: int) -> dt.date:
    """When the application of somebody in ``WAITING`` came."""
    return TODAY - dt.timedelta(days=WAITING[number].months * 30 + number)


def register_waiting(builder: Builder, number: int) -> None:
    """The case of one who has an approval on paper; the row in the queue is entered later, by hand."""
    desk, received = builder.desks[builder.login_of(number)], received_on(number)
    builder.clock.set(received, 9, number)
    saved = desk.cases.register_application(
        ApplicationDraft(
            person_id=builder.people[_FIRST_PERSON + number][0],
            received_on=received,
            channel="papir",
            assignee_id=desk.user.id,
            knows_applicant=False,
        ),
        builder.numbers.pop(received.year, ""),
    )
    builder.clock.set(received + dt.timedelta(days=20), 9, number)
    for task in desk.tasks.of_case(saved.id):
        desk.tasks.finish(task.id, task.version)
    desk.cases.set_phase(saved.id, desk.cases.reread(saved.id).version, "inntaksteam")
    builder.waiting.append(saved.id)


def allocate(builder: Builder) -> list[Act]:
    """The queue as it was entered; vacancies and offers as acts of the days after."""
    entries = _queue(builder)
    return [Act(8, lambda: _pauses(builder, entries)), *_vacancies(builder)]


# -- the queue ----------------------------------------------------------------------------------


def _queue(builder: Builder) -> dict[int, UUID]:
    """Number in ``WAITING`` -> entry: entered when the office began, and one later."""
    builder.clock.set(TODAY - dt.timedelta(days=50), 9)
    desk, order = builder.desks["jonas"], by_date()
    entries = {
        number: _join(desk, case, WAITING[number], received_on(number))
        for number, case in zip(order, builder.waiting, strict=True)
    }
    leader = builder.desks[PRACTICE_LOGIN]
    builder.clock.set(TODAY - dt.timedelta(days=13), 11)
    _join(leader, builder.cases[_SHIELDED_CASE], _SHIELDED, TODAY - dt.timedelta(days=20))
    return entries


def by_date() -> list[int]:
    """Numbers of ``WAITING``, the oldest application first."""
    return sorted(range(len(WAITING)), key=received_on)


def _join(desk: Services, case: UUID, one: Waiting, since: dt.date) -> UUID:
    return desk.allocation.join_waiting_by_hand(
        WaitingDraft(
            case_id=case,
            priority_class=one.code,
            waiting_since=since,
            reason=_BEFORE,
            valid_to=TODAY + dt.timedelta(days=30 * (14 - one.months)),
            bedrooms_min=one.bedrooms,
            bedrooms_max=one.bedrooms,
            persons=one.persons,
            children=one.children,
            max_rent_ore=one.rent * 100,
            step_free=one.step_free,
            lift_or_ground=one.lift,
            wheelchair=one.wheelchair,
            staffed=0,
            shielded=0,
            pets=one.pets,
            districts_wish=tuple(_code(name) for name in one.wish),
            districts_no=tuple(_code(name) for name in one.no),
        )
    ).id


def _code(district: str) -> str:
    """How the office's own list of areas is coded."""
    return fold(district).replace(" ", "-")


def _pauses(builder: Builder, entries: dict[int, UUID]) -> None:
    """One is in hospital for a while, and one has found a home."""
    desk = builder.desks["jonas"].allocation
    builder.clock.set(TODAY - dt.timedelta(days=8), 10)
    paused, left = desk.waiting_row(entries[6]), desk.waiting_row(entries[13])
    desk.pause(paused.id, paused.version, TODAY + dt.timedelta(days=38), "Er på rehabilitering til nyttår.")
    desk.leave_waiting(left.id, left.version, "trukket", "Har fått leie av en kjent.")


# -- vacancies and offers -----------------------------------------------------------------------


def _vacancies(builder: Builder) -> list[Act]:
    """One in each stage. The number is the dwelling's in the register, the days are before today."""
    leader = PRACTICE_LOGIN
    reported = ((5, 15, dt.date(2027, 1, 1)), (27, 5, dt.date(2026, 12, 1)), (31, 4, dt.date(2026, 12, 14)))
    acts = [Act(ago, partial(_report, builder, dwelling, ago, free)) for dwelling, ago, free in reported]
    acts += [Act(12, partial(_withdrawn, builder)), Act(8, partial(_proposed, builder))]
    acts += _answered(builder, "jonas", 39, 12, 6, "ja")
    acts += _answered(builder, "jonas", 29, 15, 8, "ikke_svart")
    acts += _answered(builder, leader, 26, 13, 5, "nei")
    acts.append(Act(4, lambda: _offer(builder, "jonas", _report(builder, 38, 11), 4, "sendt")))
    acts.append(Act(1, lambda: _offer(builder, "marit", _report(builder, 30, 9), 1, "kladd")))
    acts.append(Act(0, partial(_at_the_team, builder)))
    return acts


def _proposed(builder: Builder) -> None:
    vacancy = _report(builder, 28, 8)
    builder.clock.set(TODAY - dt.timedelta(days=1), 9, 30)
    desk = builder.desks[PRACTICE_LOGIN].allocation
    desk.freeze(vacancy, desk.vacancy(vacancy).row.version)


def _report(builder: Builder, dwelling: int, ago: int, free_from: dt.date | None = None) -> UUID:
    builder.clock.set(TODAY - dt.timedelta(days=ago), 8, 20)
    draft = VacancyDraft(builder.dwellings[dwelling], free_from, "Nøkler hos miljøvaktmesteren.")
    return builder.desks["per"].allocation.report_vacancy(draft).id


def _withdrawn(builder: Builder) -> None:
    vacancy = _report(builder, 33, 12)
    desk = builder.desks["per"].allocation
    desk.withdraw_vacancy(vacancy, 1, "Vannskade. Boligen må utbedres først.")


def _offer(builder: Builder, login: str, vacancy: UUID, ago: int, state: str) -> UUID:
    """To the first in the list, with the letter as far as ``state``."""
    desk = builder.desks[login]
    builder.clock.set(TODAY - dt.timedelta(days=ago), 9, 40)
    row = desk.allocation.vacancy(vacancy).row
    frozen = desk.allocation.freeze(vacancy, row.version)
    first = desk.allocation.frozen(frozen.id).candidates[0]
    rent = row.rent_ore or 0
    terms = OfferTerms(rent, rent * 3, TODAY + dt.timedelta(days=21), "", 36)
    offer = desk.allocation.choose(vacancy, frozen.version, first.entry_id, terms=terms).id
    case = desk.allocation.offer(offer).case_id
    if case is not None:
        bring(builder, login, write(desk, LetterDraft(case, LetterKind.OFFER, offer_id=offer)), state)
    return offer


def _answered(
    builder: Builder, login: str, dwelling: int, reported: int, sent: int, answer: str
) -> list[Act]:
    """An offer, and its answer this morning; a silence can be registered when the last day to answer is past."""
    desk = builder.desks[login].allocation
    made: list[UUID] = []

    def give() -> None:
        made.append(_offer(builder, login, _report(builder, dwelling, reported), sent, "sendt"))

    def answered() -> None:
        builder.clock.set(TODAY, 9, 5)
        desk.answer(made[0], desk.offer(made[0]).version, answer, TODAY, _SAID[answer])

    return [Act(sent, give), Act(0, answered)]


def _at_the_team(builder: Builder) -> None:
    """The dwelling whose offer was not answered is before the intake team with the next ones."""
    desk = builder.desks[PRACTICE_LOGIN].allocation
    builder.clock.set(TODAY, 9, 30)
    row = next(row for row in desk.vacancies().rows if row.code == f"TB-{101 + 29}")
    frozen = desk.freeze(row.id, row.version)
    chosen = tuple(one.entry_id for one in desk.frozen(frozen.id).candidates if one.rank is not None)[:3]
    if chosen:
        desk.send_to_team(row.id, frozen.version, chosen)
