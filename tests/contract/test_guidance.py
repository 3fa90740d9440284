"""The home-guidance log on both stores."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from boligdesk.services.errors import InvalidInput, NotAllowed, NotFound, UserError
from boligdesk.services.records.cases import ApplicationDraft
from boligdesk.services.records.common import Sort
from boligdesk.services.records.people import NameDraft, PersonDraft
from boligdesk.services.records.work import VisitDraft, VisitFilter
from boligdesk.storage.tables import ReadEntry, Task, Visit, VisitNote

if TYPE_CHECKING:
    from typing import Any

    from boligdesk.services.desk import Services
    from boligdesk.storage.store import SqlStore

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
TEAM = VisitFilter(owner="team")


def person(services: Services, given: str = "Blid", family: str = "Nepe") -> UUID:
    return services.people.register(PersonDraft((NameDraft(given, family),))).id


def listed(services: Services, wanted: VisitFilter = TEAM, sort: Sort | None = None) -> list[str]:
    page = services.guidance.page(wanted, sort or Sort("when", descending=True), 0, 50)
    assert page.total == len(page.rows)
    return [row.person for row in page.rows]


def stored(store: SqlStore, *columns: Any) -> list[Any]:
    with store.engine.connect() as connection:
        return list(connection.execute(select(*columns)).all())


def test_that_one_tap_is_enough(services: Services, store: SqlStore) -> None:
    saved = services.guidance.log_visit(VisitDraft(person(services)))
    row = services.guidance.page(VisitFilter()).rows[0]
    assert (row.id, row.place, row.outcome, row.by) == (saved.id, "hjemme", "gjennomfort", "Ingrid B.")
    assert NOW <= row.starts_at < NOW + HOUR
    assert (row.areas, row.observed, row.next_step, row.is_corrected) == ((), "", "", False)
    assert stored(store, VisitNote.id) == []
    assert stored(store, Task.id) == []


def test_that_one_tap_can_be_undone(services: Services) -> None:
    saved = services.guidance.log_visit(VisitDraft(person(services), next_on=TODAY + DAY))
    assert saved.event_id is not None
    services.undo.undo(saved.event_id)
    assert listed(services) == []
    with pytest.raises(NotFound):
        services.guidance.detail(saved.id)


def test_that_seen_said_and_thought_are_kept_apart(services: Services) -> None:
    draft = VisitDraft(
        person(services),
        starts_at=NOW - HOUR,
        minutes=45,
        areas=("okonomi", "botrening"),
        observed="Regninger ligger åpnet på bordet.\r\nKjøkkenet er ryddig.",
        said="Vil ha fast trekk.",
        assessment="Trenger hjelp med strømavtale.",
        next_step="Ringe banken sammen.",
        present="Blid og boveileder",
        interpreter="Tigrinja, telefon",
        report_child_welfare_on=TODAY,
    )
    saved = services.guidance.log_visit(draft)
    detail = services.guidance.detail(saved.id)
    assert detail.draft == replace(
        draft,
        areas=("botrening", "okonomi"),
        observed="Regninger ligger åpnet på bordet.\nKjøkkenet er ryddig.",
    )
    assert (detail.by, detail.corrections) == ("Ingrid B.", ())
    assert "Nepe" in detail.person


def test_that_what_is_written_down_is_not_undone(services: Services) -> None:
    saved = services.guidance.log_visit(VisitDraft(person(services), observed="Ryddig."))
    assert saved.event_id is not None
    with pytest.raises(UserError, match="ikke angres"):
        services.undo.undo(saved.event_id)


def test_that_a_correction_keeps_what_stood(services: Services, home_guide: Services) -> None:
    who = person(services)
    first = VisitDraft(who, starts_at=NOW - HOUR, observed="Først.", next_on=TODAY + DAY)
    saved = services.guidance.log_visit(first)
    second = replace(first, observed="Så.", outcome="ikke_hjemme", corrects_visit_id=saved.id)
    home_guide.guidance.log_visit(second)
    third = replace(second, observed="Til slutt.", place="kontor", starts_at=NOW - 2 * HOUR, next_on=None)
    again = home_guide.guidance.log_visit(third)
    assert again.id == saved.id
    assert again.version > saved.version
    detail = services.guidance.detail(saved.id)
    bare = [replace(draft, corrects_visit_id=None) for draft in (third, second, first)]
    assert [detail.draft, *detail.corrections] == bare
    assert detail.by == "Guro S."
    row = services.guidance.page(TEAM).rows[0]
    assert (row.observed, row.place, row.is_corrected, row.by) == ("Til slutt.", "kontor", True, "Ingrid B.")


def test_that_a_visit_without_words_can_be_corrected(services: Services) -> None:
    who = person(services)
    saved = services.guidance.log_visit(VisitDraft(who, starts_at=NOW - HOUR))
    services.guidance.log_visit(
        VisitDraft(who, starts_at=NOW - HOUR, said="Alt er bra.", corrects_visit_id=saved.id)
    )
    detail = services.guidance.detail(saved.id)
    assert detail.draft.said == "Alt er bra."
    assert [draft.said for draft in detail.corrections] == [""]
    assert services.guidance.page(TEAM).rows[0].is_corrected


def test_that_a_visit_cannot_be_moved_to_somebody_else(services: Services) -> None:
    saved = services.guidance.log_visit(VisitDraft(person(services)))
    other = person(services, "Sprek", "Bie")
    with pytest.raises(InvalidInput) as refused:
        services.guidance.log_visit(VisitDraft(other, corrects_visit_id=saved.id))
    assert refused.value.field == "person_id"
    with pytest.raises(NotFound):
        services.guidance.log_visit(VisitDraft(other, corrects_visit_id=uuid4()))


def test_that_the_next_step_is_a_task_for_the_guide(
    services: Services, home_guide: Services, store: SqlStore
) -> None:
    who = person(services)
    draft = VisitDraft(who, next_step="Ring banken", next_on=TODAY + DAY)
    saved = home_guide.guidance.log_visit(draft)
    columns = (Task.kind, Task.due_on, Task.assignee_id, Task.person_id, Task.subject_id, Task.state)
    task = ("boveiledning_neste", TODAY + DAY, home_guide.user.id, who, saved.id)
    assert stored(store, *columns) == [(*task, "apen")]
    services.guidance.log_visit(replace(draft, next_on=TODAY + 2 * DAY, corrects_visit_id=saved.id))
    assert [row.due_on for row in stored(store, Task.due_on)] == [TODAY + 2 * DAY]
    services.guidance.log_visit(replace(draft, next_on=None, corrects_visit_id=saved.id))
    assert [row.state for row in stored(store, Task.state)] == ["bortfalt"]


@pytest.mark.parametrize(
    ("field", "draft"),
    [
        ("starts_at", {"starts_at": NOW + HOUR}),
        ("starts_at", {"starts_at": dt.datetime(1900, 1, 1, tzinfo=dt.UTC)}),
        ("place", {"place": "skogen"}),
        ("outcome", {"outcome": "hyggelig"}),
        ("minutes", {"minutes": 1441}),
        ("areas", {"areas": ("hagearbeid",)}),
        ("next_on", {"next_on": TODAY - DAY}),
        ("report_child_welfare_on", {"report_child_welfare_on": TODAY + DAY}),
        ("observed", {"observed": "x" * 20_001}),
        ("present", {"present": "x" * 301}),
        ("second_id", {"second_id": UUID(int=7)}),
    ],
)
def test_that_what_cannot_be_right_is_refused_by_field(
    services: Services, field: str, draft: dict[str, Any]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        services.guidance.log_visit(VisitDraft(person(services), **draft))
    assert refused.value.field == field
    assert listed(services) == []


def test_that_only_a_planned_visit_lies_ahead(services: Services) -> None:
    who = person(services)
    saved = services.guidance.log_visit(VisitDraft(who, starts_at=NOW + 5 * DAY, outcome="planlagt"))
    row = services.guidance.page(VisitFilter(outcome="planlagt")).rows[0]
    assert (row.id, row.starts_at) == (saved.id, NOW + 5 * DAY)


def test_that_the_second_is_somebody_else(services: Services, home_guide: Services) -> None:
    who = person(services)
    with pytest.raises(InvalidInput):
        home_guide.guidance.log_visit(VisitDraft(who, second_id=home_guide.user.id))
    home_guide.guidance.log_visit(VisitDraft(who, second_id=services.user.id))
    assert len(listed(services, VisitFilter())) == 1


def test_that_the_list_is_filtered_and_sorted(
    services: Services, other_services: Services, home_guide: Services
) -> None:
    nepe, bie = person(services), person(services, "Sprek", "Bie")
    home_guide.guidance.log_visit(VisitDraft(nepe, starts_at=NOW - 3 * DAY))
    home_guide.guidance.log_visit(VisitDraft(bie, starts_at=NOW - 2 * DAY, outcome="ikke_hjemme"))
    services.guidance.log_visit(VisitDraft(nepe, starts_at=NOW - DAY, outcome="avlyst"))

    def names(wanted: VisitFilter, sort: Sort | None = None) -> list[str]:
        return [name.split()[-1] for name in listed(home_guide, wanted, sort)]

    assert names(TEAM) == ["Nepe", "Bie", "Nepe"]
    assert names(VisitFilter()) == ["Bie", "Nepe"]
    assert names(replace(TEAM, person_id=nepe)) == ["Nepe", "Nepe"]
    assert names(replace(TEAM, outcome="ikke_hjemme")) == ["Bie"]
    assert names(replace(TEAM, from_on=TODAY - 2 * DAY, to_on=TODAY - 2 * DAY)) == ["Bie"]
    assert names(TEAM, Sort("person")) == ["Bie", "Nepe", "Nepe"]
    by_outcome = home_guide.guidance.page(TEAM, Sort("outcome")).rows
    assert [row.outcome for row in by_outcome] == ["gjennomfort", "ikke_hjemme", "avlyst"]
    assert len(listed(other_services)) == 3
    assert listed(other_services, VisitFilter()) == []
    window = services.guidance.page(TEAM, Sort("when"), 1, 1)
    assert (window.total, window.offset, len(window.rows)) == (3, 1, 1)


def test_that_days_are_norwegian(services: Services) -> None:
    late = dt.datetime(2026, 11, 22, 23, 30, tzinfo=dt.UTC)
    services.guidance.log_visit(VisitDraft(person(services), starts_at=late))
    services.guidance.log_visit(VisitDraft(person(services), starts_at=dt.datetime(2026, 11, 23, 10, 0)))
    day = dt.date(2026, 11, 23)
    assert len(listed(services, replace(TEAM, from_on=day, to_on=day))) == 2
    assert listed(services, replace(TEAM, to_on=day - DAY)) == []
    rows = services.guidance.page(TEAM).rows
    assert rows[0].starts_at == dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


def test_that_a_restricted_person_is_absent_for_those_without_clearance(
    services: Services, other_services: Services, cleared_services: Services, home_guide: Services
) -> None:
    who = person(services)
    saved = services.guidance.log_visit(VisitDraft(who, observed="Hemmelig", next_on=TODAY + DAY))
    assert len(listed(home_guide)) == 1
    services.people.protect(who, services.people.detail(who).version, "fortrolig", "politi", "brev")
    assert len(listed(services)) == len(listed(cleared_services)) == 1
    for blind in (other_services, home_guide):
        assert listed(blind) == []
        assert listed(blind, replace(TEAM, person_id=who)) == []
        with pytest.raises(NotFound):
            blind.guidance.detail(saved.id)
        with pytest.raises(NotFound):
            blind.guidance.log_visit(VisitDraft(who))
        with pytest.raises(NotFound):
            blind.guidance.log_visit(VisitDraft(who, corrects_visit_id=saved.id))


def test_that_a_new_visit_with_a_restricted_person_is_restricted(
    services: Services, other_services: Services, store: SqlStore
) -> None:
    who = person(services)
    services.people.protect(who, services.people.detail(who).version, "strengt_fortrolig", "politi", "brev")
    saved = services.guidance.log_visit(VisitDraft(who, next_on=TODAY + DAY))
    assert services.guidance.detail(saved.id).person == "Blid Nepe"
    assert len(listed(services)) == 1
    assert "Nepe" not in listed(services)[0]
    assert listed(other_services) == []
    (visit,) = stored(store, Visit.protection, Visit.read_scope_id)
    (task,) = stored(store, Task.read_scope_id, Task.list_scope_id)
    assert visit.protection == 2
    assert (task.read_scope_id, task.list_scope_id) == (visit.read_scope_id, visit.read_scope_id)


def test_that_a_visit_may_belong_to_a_case_of_the_person(services: Services, store: SqlStore) -> None:
    nepe, bie = person(services), person(services, "Sprek", "Bie")
    case = services.cases.register_application(ApplicationDraft(nepe)).id
    with pytest.raises(InvalidInput) as refused:
        services.guidance.log_visit(VisitDraft(bie, case_id=case))
    assert refused.value.field == "case_id"
    saved = services.guidance.log_visit(VisitDraft(nepe, case_id=case, said="Hei.", next_on=TODAY + DAY))
    entry = next(entry for entry in services.cases.timeline(case) if entry.kind == "besok")
    assert entry.text == "Hjemme hos personen · Gjennomført"
    assert services.guidance.detail(saved.id).draft.case_id == case
    tasks = stored(store, Task.case_id, Task.subject_id, Task.due_on)
    assert (case, saved.id, TODAY + DAY) in tasks


def test_that_opening_a_visit_is_logged(services: Services, store: SqlStore) -> None:
    who = person(services)
    saved = services.guidance.log_visit(VisitDraft(who))
    services.guidance.detail(saved.id)
    entries = stored(store, ReadEntry.op, ReadEntry.person_id, ReadEntry.actor_id)
    assert entries[-1] == ("apnet", who, services.user.id)


def test_that_only_those_who_guide_write_and_only_those_who_read_people_read(
    services: Services, caretaker: Services, administrator: Services, home_guide: Services
) -> None:
    who = person(services)
    home_guide.guidance.log_visit(VisitDraft(who))
    for stranger in (caretaker, administrator):
        for act in (
            lambda him: him.guidance.page(TEAM),
            lambda him: him.guidance.detail(uuid4()),
            lambda him: him.guidance.log_visit(VisitDraft(who)),
        ):
            with pytest.raises(NotAllowed):
                act(stranger)


def test_that_a_visit_with_nobody_we_know_is_refused(services: Services) -> None:
    with pytest.raises(NotFound):
        services.guidance.log_visit(VisitDraft(uuid4()))
    with pytest.raises(NotFound):
        services.guidance.log_visit(VisitDraft(person(services), case_id=uuid4()))
