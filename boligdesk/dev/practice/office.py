"""Tells the story of the practice office through the services, day by day, so that everything agrees."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING

from boligdesk.dev.practice import words
from boligdesk.dev.practice.allocating import allocate, by_date, received_on, register_waiting
from boligdesk.dev.practice.answers import application_facts
from boligdesk.dev.practice.builder import PRACTICE_LOGIN, TODAY, Builder
from boligdesk.dev.practice.clock import OPENING
from boligdesk.dev.practice.deciding import decide
from boligdesk.dev.practice.dwellings import make_dwellings
from boligdesk.dev.practice.papers import paper
from boligdesk.dev.practice.people import DISTRICTS, LANGUAGES, Fictional, people
from boligdesk.documents.room import PaperRoom
from boligdesk.domain.catalog import Role
from boligdesk.services.desk import Services
from boligdesk.services.records.cases import ApplicationDraft, DocumentDraft, NoteDraft
from boligdesk.services.records.office import BirthdayRule
from boligdesk.services.records.people import (
    AddressDraft,
    ContactDraft,
    HouseholdDraft,
    IdentifierDraft,
    MemberDraft,
    NameDraft,
    PersonDraft,
    RepresentativeDraft,
)
from boligdesk.services.records.work import TaskDraft, VisitDraft
from boligdesk.storage.reader import SYSTEM

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.dev.practice.clock import SteppingClock
    from boligdesk.dev.practice.one_transaction import OneTransaction
    from boligdesk.storage.work import Work

STAFF = (
    (PRACTICE_LOGIN, "Ingrid B.", (Role.LEADER, Role.CASEWORKER, Role.ADMINISTRATOR), 2),
    ("jonas", "Jonas H.", (Role.CASEWORKER,), 0),
    ("marit", "Marit L.", (Role.LEADER, Role.CASEWORKER), 1),
    ("guro", "Guro S.", (Role.HOME_GUIDE,), 0),
    ("per", "Per M.", (Role.CARETAKER,), 0),
)
#: (kind, what happens after registration) over the cases, oldest first.
_STORIES = (
    *(("bolig", "avsluttet", "innvilget"),) * 6,
    *(("bolig", "avsluttet", "avslag"),) * 3,
    ("bolig", "avsluttet", "avvist"),
    ("bolig", "avsluttet", "trukket"),
    ("bolig", "avsluttet", "oversendt"),
    *(("forlenget_botid", "avsluttet", "innvilget"),) * 3,
    *(("bolig", "inntaksteam", ""),) * 6,
    *(("bolig", "utredning", ""),) * 9,
    *(("forlenget_botid", "utredning", ""),) * 3,
    *(("bytte", "utredning", ""),) * 3,
    *(("bolig", "venter_soker", ""),) * 6,
    *(("bistand", "venter_andre", ""),) * 3,
    *(("bolig", "kontroll", ""),) * 6,
    *(("bistand", "kontroll", ""),) * 2,
    *(("bolig", "mottatt", ""),) * 7,
)


def build(store: OneTransaction, clock: SteppingClock) -> None:
    """Fill a store that has its schema and nothing else."""
    clock.set(dt.date(2024, 1, 8))
    desks, districts = _staff(store)
    builder = Builder(store, clock, random.Random(24), desks, districts, [], [], [], [], dict(_FIRST_NUMBERS))
    make_dwellings(builder)
    _people(builder)
    _households(builder)
    _protected(builder)
    _cases(builder)
    _visits(builder)
    for act in sorted([*decide(builder), *allocate(builder)], key=lambda one: -one.ago):
        act.do()
    clock.set(TODAY, 8, 1)


def _staff(store: OneTransaction) -> tuple[dict[str, Services], dict[str, UUID]]:
    def found(work: Work) -> dict[str, UUID]:
        work.write_office.found_office("Boligkontoret")
        for person in STAFF:
            work.write_office.register_user(*person)
        return {name: work.write_office.add_district(name) for name in DISTRICTS}

    districts = store.write(SYSTEM, found)
    store.forget_viewers()
    users = store.read(SYSTEM, lambda view: view.office.users())
    papers = PaperRoom()
    desks = {user.login: Services(store, user, papers) for user in users}
    by_login = {user.login: user.id for user in users}
    desks[PRACTICE_LOGIN].office.save_birthday_rules(
        (
            BirthdayRule(1, 10, by_login[PRACTICE_LOGIN]),
            BirthdayRule(11, 20, by_login["jonas"]),
            BirthdayRule(21, 31, by_login["marit"]),
        )
    )
    return desks, districts


# -- people -------------------------------------------------------------------------------------


def _people(builder: Builder) -> None:
    desk = builder.desks[PRACTICE_LOGIN]
    for index, person in enumerate(people(120)):
        builder.clock.set(dt.date(2024, 3, 1) + dt.timedelta(days=index * 7), 9, index % 60)
        identifiers = () if index % 17 == 16 else (IdentifierDraft("fnr", person.number),)
        saved = desk.people.register(
            PersonDraft(
                names=(NameDraft(person.given, person.family),),
                birth_on=person.birth_on,
                written_form="nn" if index % 9 == 4 else "bm",
                interpreter_language=LANGUAGES[index % 5] if index % 6 == 0 else None,
                identifiers=identifiers,
                contacts=_contacts(index, person),
                addresses=(
                    AddressDraft(
                        street=person.street,
                        house_no=person.house_no,
                        postcode=person.postcode,
                        city="Tromsø",
                        district_id=builder.districts[person.district],
                    ),
                ),
                representatives=(RepresentativeDraft("verge", "Trygg Kopp", phone="68059001"),)
                if index % 31 == 30
                else (),
            )
        )
        builder.people.append((saved.id, person))
    twin = builder.people[2][1]
    desk.people.register(  # the same person once more, to be merged
        PersonDraft(
            (NameDraft(twin.given, twin.family),),
            twin.birth_on,
            contacts=(ContactDraft("telefon", "68059100"),),
        )
    )


def _contacts(index: int, person: Fictional) -> tuple[ContactDraft, ...]:
    phone = ContactDraft("telefon", person.phone, must_not_call=index % 40 == 39)
    if index % 3:
        return (phone,)
    return (phone, ContactDraft("epost", f"person{index}@eksempel.invalid"))


def _households(builder: Builder) -> None:
    """Families among the people: a partner, children at home, a child in two homes, one expected."""
    desk = builder.desks[PRACTICE_LOGIN]
    for number in range(20):
        head, second = builder.people[number][0], builder.people[60 + number][0]
        since = dt.date(2025, 1, 6) + dt.timedelta(days=number * 11)
        builder.clock.set(since, 11)
        members = [MemberDraft("hovedperson", head, valid_from=since)]
        if number % 2:
            members.append(MemberDraft("partner", second, valid_from=since))
        members += [
            MemberDraft(
                "barn",
                _child(builder, number, child),
                care_share=50 if child == 2 else 100,
                valid_from=since,
            )
            for child in range(number % 4)
        ]
        if number in {3, 11}:
            members.append(MemberDraft("barn", expected_on=dt.date(2027, 1, 20), valid_from=since))
        desk.households.save(HouseholdDraft(tuple(members), formed_on=since))


def _child(builder: Builder, number: int, child: int) -> UUID:
    head = builder.people[number][1]
    given = ("Liten", "Kvikk", "Munter")[child]
    born = dt.date(2010 + (number * 3 + child * 4) % 14, 1 + number % 12, 5 + child)
    saved = builder.desks[PRACTICE_LOGIN].people.register(
        PersonDraft(names=(NameDraft(f"{given} {number + 1}".split()[0], head.family),), birth_on=born)
    )
    return saved.id


def _protected(builder: Builder) -> None:
    """Two files that show how masking works: one fortrolig, one strengt fortrolig."""
    desk = builder.desks[PRACTICE_LOGIN]
    builder.clock.set(dt.date(2026, 2, 3), 14)
    for index, level in ((44, "fortrolig"), (45, "strengt_fortrolig")):
        person = builder.people[index][0]
        version = desk.people.detail(person).version
        desk.people.protect(person, version, level, "politi", "Melding fra politiet 2. februar 2026")
    builder.store.forget_viewers()


# -- cases --------------------------------------------------------------------------------------


#: The first number of each year; the office's other matters have the ones before. The series goes on from there.
_FIRST_NUMBERS = {2024: "2024/1862", 2025: "2025/114", 2026: "2026/1129"}
#: An interim reply is due a month after the application; all but the newest have had theirs, and two are late.
_REPLIED_AFTER_DAYS, _LATE_REPLIES = 30, frozenset({34, 35, 36})


def _cases(builder: Builder) -> None:
    last, coming = len(_STORIES) - 1, by_date()
    for number, (kind, state, outcome) in enumerate(_STORIES):
        days = 720 - number * 24 if state == "avsluttet" else max(1, 58 - (number - 15) * 58 // (last - 15))
        received = TODAY - dt.timedelta(days=days)
        while coming and received_on(coming[0]) <= received:
            register_waiting(builder, coming.pop(0))
        builder.clock.set(received, 10, number % 60)
        owner = builder.desks[builder.login_of(number)]
        person = builder.people[number][0]
        households = owner.households.of_person(person) if number != 45 else ()
        desk = builder.desks[PRACTICE_LOGIN] if number in {44, 45} else owner
        saved = desk.cases.register_application(
            ApplicationDraft(
                person_id=person,
                kind=kind,
                asks=(_ASKS[kind],),
                received_on=received,
                channel=("papir", "digital", "telefon", "oppmote")[number % 4],
                household_id=households[0].id if households else None,
                assignee_id=None if state == "mottatt" and number % 3 == 0 else desk.user.id,
                what_it_takes=words.WHAT_IT_TAKES[number % 5],
                own_attempts=words.ATTEMPTS[number % 4],
                facts=application_facts(number, received),
                knows_applicant=False,
            ),
            builder.numbers.pop(received.year, ""),
        )
        builder.cases.append(saved.id)
        _go_on(builder, desk, saved.id, number, received, state, outcome)


_ASKS = {"bolig": "leie", "bytte": "bytte", "forlenget_botid": "forlenget_botid", "bistand": "bistand"}


def _go_on(
    builder: Builder, desk: Services, case: UUID, number: int, received: dt.date, state: str, outcome: str
) -> None:
    """Notes, documents and steps in the days after registration."""
    kind, facts, assessment = words.NOTES[number % len(words.NOTES)]
    later = min(received + dt.timedelta(days=5 + number % 9), TODAY - dt.timedelta(days=1))
    builder.clock.set(max(later, received), 11, 12)
    if state != "mottatt":
        desk.cases.write_note(NoteDraft(facts, assessment, kind, case_id=case))
        _document(desk, case, number, received)
        finish(desk, case, "kontroller_vilkar")
    if state in {"venter_soker", "venter_andre"}:
        version = desk.cases.set_phase(case, desk.cases.reread(case).version, "kontroll").version
        desk.cases.set_waiting(case, version, state.removeprefix("venter_"))
        desk.tasks.add(
            TaskDraft(
                "ring_tilbake",
                case_id=case,
                due_on=_workday(TODAY + dt.timedelta(days=number % 9)),
                assignee_id=desk.user.id,
            )
        )
    version = desk.cases.reread(case).version if state in _PHASES else 0
    for phase in _PHASES.get(state, ()):
        version = desk.cases.set_phase(case, version, phase).version
    if state == "avsluttet":
        builder.clock.set(received + dt.timedelta(days=29), 14)
        finish(desk, case, "send_forelopig_svar")
        desk.cases.close(case, desk.cases.reread(case).version, outcome, words.CLOSED[outcome])
    elif number not in _LATE_REPLIES and received < TODAY - dt.timedelta(days=_REPLIED_AFTER_DAYS):
        builder.clock.set(received + dt.timedelta(days=17 + number % 9), 10, 20)
        finish(desk, case, "send_forelopig_svar")
    if state in {"inntaksteam", "utredning"} and number % 3:
        desk.tasks.add(
            TaskDraft(
                "folg_opp",
                case_id=case,
                due_on=_workday(TODAY + dt.timedelta(days=1 + number % 12)),
                assignee_id=desk.user.id,
            )
        )


_PHASES = {
    "kontroll": ("kontroll",),
    "utredning": ("kontroll", "utredning"),
    "inntaksteam": ("kontroll", "utredning", "inntaksteam"),
}


def _workday(day: dt.date) -> dt.date:
    """The day itself, or the Monday after it."""
    return day + dt.timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day


def finish(desk: Services, case: UUID, kind: str) -> None:
    """Mark the case's open task of the kind as done."""
    for task in desk.tasks.of_case(case):
        if task.kind == kind:
            desk.tasks.finish(task.id, task.version)


def _document(desk: Services, case: UUID, number: int, received: dt.date) -> None:
    title, kind = (
        ("Søknad på papir, skannet", "SØKNAD"),
        ("Lønnsslipp", "VEDLEGG"),
        ("Leieavtale", "AVTALE"),
    )[number % 3]
    desk.cases.add_document(
        DocumentDraft(
            file_name=f"dokument-{number + 1}.pdf",
            body=paper(title, received),
            title=title,
            kind=kind,
            dated_on=received,
            from_to="Søkeren",
            case_id=case,
        )
    )


# -- home guidance ------------------------------------------------------------------------------


def _visits(builder: Builder) -> None:
    guide = builder.desks["guro"]
    for number in range(24):
        observed, said, assessment, next_step = words.VISITS[number % 5]
        day = TODAY - dt.timedelta(days=48 - number * 2)
        if day.weekday() > 4:
            day -= dt.timedelta(days=2)
        builder.clock.set(day, 15)
        outcome = "ikke_hjemme" if number % 7 == 6 else "gjennomfort"
        is_done = outcome == "gjennomfort"
        guide.guidance.log_visit(
            VisitDraft(
                person_id=builder.people[1 + number % 8][0],
                starts_at=dt.datetime.combine(day, dt.time(13, 0), tzinfo=OPENING.tzinfo),
                minutes=45 if is_done else 10,
                place="hjemme",
                outcome=outcome,
                areas=words.AREAS[number % 5] if is_done else (),
                observed=observed if is_done else "Ingen åpnet. La igjen lapp med nytt tidspunkt.",
                said=said if is_done else "",
                assessment=assessment if is_done else "",
                next_step=next_step,
                next_on=_workday(TODAY + dt.timedelta(days=number - 18)) if number >= 18 else None,
            )
        )
