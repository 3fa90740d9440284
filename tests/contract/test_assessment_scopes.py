"""All that is written in a case follows its protection; a letter that tells of a conclusion binds it. On both stores."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from boligdesk.services.errors import InvalidInput, UserError
from boligdesk.storage.reader import SYSTEM
from boligdesk.storage.tables import (
    Blob,
    CaseFile,
    ClockStop,
    Document,
    Edition,
    JournalEntry,
    LegalTrack,
    Letter,
    LetterApproval,
    LetterRecipient,
    Offer,
    Person,
    Shortlist,
    ShortlistRow,
    TrackCondition,
    Vacancy,
    Vedtak,
    WaitingEntry,
)
from boligdesk.storage.writers.scope import case_scopes, rescope_person
from tests.contract.assessment_office import HELP, LOCAL, applied, conclude, judge, judge_all, track
from tests.contract.case_office import person, protect
from tests.contract.test_undo import dwelling

CONTENT = (TrackCondition, Vedtak, ClockStop, LetterRecipient, LetterApproval, JournalEntry)
NAMED = (Letter, WaitingEntry)
SHELLS = (*NAMED, ShortlistRow, Offer)
DAY = dt.date(2026, 11, 24)
WHY = "Skal skrive vedtaket"


def write_letter(store, services, case_id, track_id=None, **more):
    """The bare row of a draft."""

    def work(unit):
        case = unit.first(select(CaseFile.__table__).where(CaseFile.id == case_id))
        read, shown, level, name, order = case_scopes(unit, case.applicant_id, case_id)
        unit.event("start_letter", "letter", case_id, scope=(read, level), case_id=case_id)
        return unit.insert(
            Letter,
            case_id=case_id,
            kind="innvilgelse_bolig",
            language="nb",
            title="Vedtak",
            approval="ingen",
            track_id=track_id,
            body={},
            body_sha256="",
            made_from_version=1,
            status="kladd",
            written_by=unit.viewer.user_id,
            read_scope_id=read,
            list_scope_id=shown,
            protection=level,
            applicant_name=name,
            applicant_sort=order,
            **more,
        )

    return store.write(services.user.id, work)


def fill(store, services, case_id):
    """A row of every kind that hangs on a case: letter, journal, queue, shortlist, offer."""
    letter = write_letter(store, services, case_id)
    home = dwelling(services).id

    def work(unit):
        case = unit.first(select(CaseFile.__table__).where(CaseFile.id == case_id))
        read, shown, level, name, order = case_scopes(unit, case.applicant_id, case_id)
        unit.event("fill", "case", case_id, scope=(read, level), case_id=case_id)
        own = {"case_id": case_id, "read_scope_id": read, "protection": level}
        shell = {"case_id": case_id, "read_scope_id": read, "list_scope_id": shown}
        unit.insert(ClockStop, **own, valid_from=DAY, reason="Venter på søker")
        unit.insert(
            LetterRecipient,
            **own,
            letter_id=letter,
            person_id=case.applicant_id,
            role="mottaker",
            route="post",
        )
        unit.insert(
            LetterApproval,
            **own,
            letter_id=letter,
            by=unit.viewer.user_id,
            outcome="godkjent",
            body_sha256="",
        )
        filed = unit.insert(Document, **own, kind="VEDTAK", title="Vedtak")
        unit.insert(
            JournalEntry,
            **own,
            year=2026,
            seq=1,
            number="1/2026",
            kind="U",
            document_id=filed,
            title="Vedtak",
            public_title="Vedtak",
            counterpart="Søker",
            document_on=DAY,
            registered_at=unit.now,
            status="ferdigstilt",
        )
        entry = unit.insert(
            WaitingEntry,
            **shell,
            protection=level,
            applicant_id=case.applicant_id,
            applicant_name=name,
            applicant_sort=order,
            priority_class="A",
            priority_rank=1,
            priority_reasons=[],
            waiting_since=DAY,
            districts_wish="",
            districts_no="",
            state="aktiv",
        )
        vacancy = unit.insert(
            Vacancy,
            list_scope_id=1,
            dwelling_id=home,
            reported_on=DAY,
            free_from=DAY,
            stage="forslag",
            demands={},
        )
        rules = unit.insert(
            Edition, kind="regelsett", key="x", no=9, title="x", body={}, sha256="x", state="i_bruk"
        )
        snapshot = unit.new_id()
        unit.put_plain(Blob, {"id": snapshot, "body": b"{}"})
        listed = unit.insert(
            Shortlist,
            list_scope_id=1,
            vacancy_id=vacancy,
            no=1,
            rule_edition_id=rules,
            computed_at=unit.now,
            as_of_on=DAY,
            engine="1",
            snapshot_id=snapshot,
            snapshot_sha256="x",
            considered=1,
            eligible=1,
        )
        unit.insert(ShortlistRow, **shell, shortlist_id=listed, waiting_entry_id=entry, rank=1)
        unit.insert(
            Offer,
            **shell,
            vacancy_id=vacancy,
            dwelling_id=home,
            waiting_entry_id=entry,
            applicant_id=case.applicant_id,
            state="forberedt",
            terms={},
        )

    store.write(services.user.id, work)


def filled_case(store, services):
    applicant = person(services)
    case = applied(services, applicant)
    judge_all(services, case)
    conclude(services, case)
    fill(store, services, case)
    return applicant, case


def standing(store, case_id):
    """Scope columns and copied names of every row on the case, by table."""

    def work(view):
        case = view.first(
            select(CaseFile.read_scope_id, CaseFile.list_scope_id).where(CaseFile.id == case_id)
        )
        found = {"case": [tuple(case)]}
        for table in CONTENT:
            rows = view.rows(select(table.read_scope_id, table.protection).where(table.case_id == case_id))
            found[table.__tablename__] = sorted({tuple(row) for row in rows})
        for table in SHELLS:
            columns = [table.read_scope_id, table.list_scope_id]
            if table in NAMED:
                columns += [table.protection, table.applicant_name, table.applicant_sort]
            rows = view.rows(select(*columns).where(table.case_id == case_id))
            found[table.__tablename__] = sorted({tuple(row) for row in rows})
        return found

    return store.read(SYSTEM, work)


def expected(store, applicant, case_id, user_id):
    def work(unit):
        read, shown, level, name, order = case_scopes(unit, applicant, case_id)
        found = {"case": [(read, shown)]}
        found |= {table.__tablename__: [(read, level)] for table in CONTENT}
        found |= {table.__tablename__: [(read, shown)] for table in SHELLS}
        return found | {table.__tablename__: [(read, shown, level, name, order)] for table in NAMED}

    return store.write(user_id, work)


def scramble(store, services, applicant, case_id):
    """Every scope and copied name is wrong, then all is computed anew."""

    def work(unit):
        unit.event("recompute", "office", unit.office_unit, scope=(0, 0))
        for table in (*CONTENT, *SHELLS):
            values = {"read_scope_id": -1}
            if table is not LetterApproval:
                values["row_version"] = table.row_version + 1
            if table in NAMED:
                values |= {"applicant_name": "x", "applicant_sort": "x", "protection": 3}
            unit.connection.execute(update(table).where(table.case_id == case_id).values(**values))
        for table, row_id in ((Person, applicant), (CaseFile, case_id)):
            wrong = {"read_scope_id": -1, "row_version": table.row_version + 1}
            unit.connection.execute(update(table).where(table.id == row_id).values(**wrong))
        rescope_person(unit, applicant)

    store.write(services.user.id, work)


@pytest.mark.parametrize(
    "levels",
    [
        ("fortrolig",),
        ("strengt_fortrolig",),
        ("fortrolig", "strengt_fortrolig", ""),
        ("strengt_fortrolig", ""),
    ],
)
def test_that_everything_on_a_case_follows_its_protection(store, services, levels):
    applicant, case = filled_case(store, services)
    for level in levels:
        if level:
            protect_as(services, applicant, level)
        else:
            detail = services.people.detail(applicant, WHY)
            services.people.end_protection(applicant, detail.version, "Melding om at den er slutt")

        stored = standing(store, case)
        assert stored == expected(store, applicant, case, services.user.id)

    scramble(store, services, applicant, case)
    assert standing(store, case) == stored


def protect_as(services, applicant, level):
    try:
        protect(services, applicant, level)
    except InvalidInput:  # a strictly protected file is opened with a reason
        detail = services.people.detail(applicant, WHY)
        services.people.protect(applicant, detail.version, level, "Folkeregisteret", "Melding")


def test_that_what_is_written_after_the_protection_lies_where_moved_rows_do(store, services):
    applicant = person(services)
    case = applied(services, applicant)
    protect(services, applicant, "fortrolig")
    judge_all(services, case)
    conclude(services, case)
    fill(store, services, case)

    assert standing(store, case) == expected(store, applicant, case, services.user.id)


def test_that_a_corrected_name_reaches_letters_and_the_queue(store, services):
    applicant, case = filled_case(store, services)
    draft = services.people.detail(applicant).draft
    services.people.change(replace(draft, names=(replace(draft.names[0], family="Storbjørk"),)))

    found = standing(store, case)

    assert {found[table.__tablename__][0][3] for table in NAMED} == {"Klok Storbjørk"}
    assert found == expected(store, applicant, case, services.user.id)


def test_that_a_masked_name_stands_in_lists_of_a_protected_case(store, services):
    applicant, case = filled_case(store, services)
    protect(services, applicant, "fortrolig")

    assert {standing(store, case)[table.__tablename__][0][3] for table in NAMED} == {"Skjermet søker"}


# -- a letter binds what it tells of --------------------------------------------------------------------------------


def test_that_a_conclusion_that_a_letter_tells_of_is_not_changed_opened_or_taken_back(store, services):
    case = applied(services)
    judge_all(services, case)
    saved = conclude(services, case)
    now = track(services, case)
    letter = write_letter(store, services, case, now.id)

    assert track(services, case).why_not == ("Det er skrevet et brev om dette.",)
    assert track(services, case).letter_id == letter
    assert not next(one for one in services.cases.timeline(case) if one.event_id == saved.event_id).can_undo
    with pytest.raises(UserError, match="skrevet et brev"):
        services.undo.undo(saved.event_id)
    with pytest.raises(UserError, match="skrevet et brev"):
        services.assessment.reopen_track(case, now.id, now.version, "Feil")
    with pytest.raises(UserError, match="skrevet et brev"):
        conclude(services, case, conclusion_text="Noe helt annet, som brevet ikke sier.")


def test_that_a_dropped_draft_lets_the_conclusion_go(store, services):
    case = applied(services)
    judge_all(services, case)
    saved = conclude(services, case)
    write_letter(
        store, services, case, track(services, case).id, ended_at=dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
    )

    services.undo.undo(saved.event_id)

    assert judge(services, case, "botid", "ikke_oppfylt").event_id


def test_that_a_decision_made_is_not_concluded_again_after_the_case_was_closed_and_opened(store, services):
    case = applied(services)
    judge_all(services, case)
    conclude(services, case)
    now = track(services, case)

    def decide(unit):
        unit.event("finalise_letter", "case", case, scope=(0, 0), case_id=case)
        unit.change(Vedtak, now.vedtak_id, None, decided_on=DAY, decided_by=unit.viewer.user_id)
        unit.change(LegalTrack, now.id, None, status="avgjort")

    store.write(services.user.id, decide)
    version = services.cases.detail(case).version
    services.cases.close(case, version, "avsluttet", "Ferdig")
    assert [track(services, case, law).status for law in (LOCAL, HELP)] == ["avgjort", "bortfalt"]
    services.cases.reopen(case, services.cases.detail(case).version, "Ny opplysning")

    assert [track(services, case, law).status for law in (LOCAL, HELP)] == ["avgjort", "utredes"]
    assert track(services, case).why_not == ("Vedtaket er fattet.",)
    with pytest.raises(UserError, match="Vedtaket er fattet"):
        conclude(services, case)


def test_that_every_table_of_a_case_is_among_those_that_follow_it():
    """A new table with a case is a new place where a protected person may be told of."""
    from boligdesk.storage.tables import Base
    from boligdesk.storage.tables.declaring import models

    followers = {table.__tablename__ for table in (*CONTENT, *SHELLS)}
    older = {"application", "legal_track", "note", "document", "deadline", "visit", "event", "task"}
    own = {
        "case_party",
        "conflict_of_interest",
        "read_entry",
        "representative",
    }  # read through case or person
    tables = {name for name, model in models(Base).items() if "case_id" in model.__table__.columns}
    assert tables == followers | older | own
