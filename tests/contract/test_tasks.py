"""Min dag on both engines."""

from __future__ import annotations

import datetime as dt

import pytest

from boligdesk.services.errors import ConflictError, InvalidInput, NotAllowed, NotFound, UserError
from boligdesk.services.records.common import MASKED_NAME, Sort
from boligdesk.services.records.work import TaskDraft, TaskFilter, VisitDraft
from tests.contract.case_office import TODAY, apply, person, protect, task_of, tasks

TOMORROW = TODAY + dt.timedelta(days=1)


def add(services, case, **fields):
    return services.tasks.add(TaskDraft("ring_tilbake", case_id=case.id, **fields))


def test_that_a_row_says_what_for_whom_and_when(services):
    apply(services, received_on=dt.date(2026, 10, 25))
    row = task_of(services, "send_forelopig_svar", "mine")
    assert (row.title, row.second) == ("Send foreløpig svar", "Søknaden blir 1 måned gammel i morgen")
    assert (row.concerns, row.case_number, row.case_kind) == ("Hest, Klok", "2026/1", "bolig")
    assert (row.due_on, row.is_legal, row.assignee) == (TOMORROW, True, "Ingrid B.")
    assert task_of(services, "kontroller_vilkar").second == "Søknaden kom 25. okt."


def test_that_the_detail_says_why_and_the_one_next_step(services):
    case = apply(services, received_on=dt.date(2026, 10, 25))
    services.cases.set_waiting(case.id, case.version, "soker")
    detail = services.tasks.detail(task_of(services, "send_forelopig_svar").id)
    assert detail.why == (
        "Søknaden kom 25. oktober 2026. Tar svaret mer enn én måned, skal søkeren få vite hvorfor og når svaret "
        "kommer. Fristen er onsdag 25. november 2026, i morgen. Saken venter på søkeren."
    )
    assert (detail.next_step, detail.next_action) == ("Skriv foreløpig svar", "write_interim")
    assert detail.deadline_why.startswith("Én måned fra")
    assert detail.basis[0].startswith("forvaltningsloven (1967) § 11a")
    assert [entry.title for entry in detail.latest] == ["Venter på søker", "Søknad registrert"]


def test_that_a_task_comes_up_when_its_time_has_come(services, clock):
    apply(services, received_on=TODAY)
    assert {row.kind for row in tasks(services).rows} == {"kontroller_vilkar"}
    clock.set(dt.date(2026, 12, 16))
    assert {row.kind for row in tasks(services).rows} == {"kontroller_vilkar"}
    clock.set(dt.date(2026, 12, 17))
    row = task_of(services, "send_forelopig_svar")
    assert row.due_on == dt.date(2026, 12, 24)


def test_that_finishing_the_reply_meets_the_deadline_and_angre_reopens_both(services):
    case = apply(services, received_on=dt.date(2026, 10, 26))
    row = task_of(services, "send_forelopig_svar")
    done = services.tasks.finish(row.id, row.version)
    assert [deadline.state for deadline in services.cases.detail(case.id).deadlines] == ["oppfylt"]
    assert tasks(services).total == 1
    with pytest.raises(UserError):
        services.tasks.finish(row.id, done.version)
    services.undo.undo(done.event_id)
    assert [deadline.state for deadline in services.cases.detail(case.id).deadlines] == ["lopende"]
    assert task_of(services, "send_forelopig_svar").state == "apen"


def test_that_what_the_law_sets_is_not_moved(services):
    apply(services, received_on=dt.date(2026, 10, 26))
    row = task_of(services, "send_forelopig_svar")
    with pytest.raises(UserError) as refused:
        services.tasks.postpone(row.id, row.version, dt.date(2026, 12, 1), "Har ikke tid")
    assert refused.value.title == "Fristen kan ikke flyttes."
    assert task_of(services, "send_forelopig_svar").due_on == dt.date(2026, 11, 26)


def test_that_a_postponed_task_comes_back_on_its_day_and_with_angre(services, clock):
    case = apply(services)
    added = add(services, case, due_on=TOMORROW)
    moved = services.tasks.postpone(added.id, added.version, dt.date(2026, 12, 1), "Skolen har fri")
    assert "ring_tilbake" not in {row.kind for row in tasks(services).rows}
    services.undo.undo(moved.event_id)
    row = task_of(services, "ring_tilbake")
    assert (row.state, row.due_on) == ("apen", TOMORROW)
    services.tasks.postpone(row.id, row.version, dt.date(2026, 12, 1), "Skolen har fri")
    clock.set(dt.date(2026, 12, 1))
    row = task_of(services, "ring_tilbake")
    assert (row.state, row.second) == ("utsatt", "Utsatt: Skolen har fri")


@pytest.mark.parametrize(
    ("due_on", "reason", "field"),
    [
        (TODAY, "Har ikke tid", "due_on"),
        (dt.date(9999, 1, 1), "Har ikke tid", "due_on"),
        (TOMORROW, "  ", "reason"),
        (TOMORROW, "x" * 301, "reason"),
    ],
)
def test_that_postponing_needs_a_day_and_a_reason(services, due_on, reason, field):
    added = add(services, apply(services))
    with pytest.raises(InvalidInput) as refused:
        services.tasks.postpone(added.id, added.version, due_on, reason)
    assert refused.value.field == field


def test_that_a_task_given_away_is_on_the_other_list(services, other_services):
    added = add(services, apply(services))
    given = services.tasks.give_to(added.id, added.version, other_services.user.id)
    assert [row.kind for row in tasks(other_services).rows] == ["ring_tilbake"]
    with pytest.raises(ConflictError):
        services.tasks.give_to(added.id, added.version, services.user.id)
    services.undo.undo(given.event_id)
    assert tasks(other_services).total == 0
    with pytest.raises(InvalidInput):
        services.tasks.give_to(added.id, added.version, added.id)


def test_that_a_person_without_a_case_can_be_on_the_list(services):
    klok = person(services)
    added = services.tasks.add(TaskDraft("folg_opp", person_id=klok, due_on=TOMORROW))
    row = task_of(services, "folg_opp")
    assert (row.concerns, row.case_id, row.person_id) == ("Hest, Klok", None, klok)
    assert row.second == "Lagt inn 24. nov. av Ingrid B."
    detail = services.tasks.detail(added.id)
    assert detail.next_action == "write_note"
    assert [entry.title for entry in detail.latest][:1] == ["Ny oppgave"]
    undone = services.undo.undo(added.event_id)
    assert undone.event_id is not None
    assert tasks(services).total == 0


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        ({"kind": "send_forelopig_svar"}, "kind"),
        ({"kind": "tull"}, "kind"),
        ({"kind": "annet", "due_on": dt.date(2026, 11, 23)}, "due_on"),
    ],
)
def test_that_only_sensible_tasks_are_made_by_hand(services, draft, field):
    with pytest.raises(InvalidInput) as refused:
        services.tasks.add(TaskDraft(case_id=apply(services).id, **draft))
    assert refused.value.field == field
    with pytest.raises(InvalidInput):
        services.tasks.add(TaskDraft("annet"))


def test_that_each_number_is_the_length_of_the_list_it_opens(services, other_services, clock):
    first = apply(services, received_on=dt.date(2026, 10, 20))
    apply(services, person(services, "Blid", "Nepe"), received_on=dt.date(2026, 10, 25))
    apply(services, person(services, "Sprek", "Bie"), knows_applicant=True)
    apply(services, person(services, "Treg", "Fjell"), assignee_id=other_services.user.id)
    for days in (1, 2, 3, 7, 8, 30):
        add(services, first, due_on=TODAY + dt.timedelta(days=days))
    for day in (TODAY, TODAY + dt.timedelta(days=4), TODAY + dt.timedelta(days=60)):
        clock.set(day)
        counts = services.tasks.counts()
        assert counts.mine == tasks(services).total
        assert counts.team == tasks(services, "team").total
        assert counts.unowned == tasks(services, "unowned").total
        assert counts.overdue == tasks(services, due="forfalt").total
        assert counts.within_two_days == tasks(services, due="to_dager").total
        assert counts.within_seven_days == tasks(services, due="sju_dager").total
        listed = [row for due in ("mine", "team", "unowned") for row in tasks(services, due).rows]
        assert all(len(page.rows) == page.total for page in (tasks(services), tasks(services, "team")))
        assert listed
    clock.set(TODAY)
    counts = services.tasks.counts()
    assert (counts.overdue, counts.within_two_days, counts.within_seven_days) == (1, 3, 5)
    assert counts.next_due_on == TOMORROW


def test_that_the_next_deadline_is_known_when_nothing_is_left_to_do(services):
    apply(services, received_on=TODAY)
    row = task_of(services, "kontroller_vilkar")
    services.tasks.finish(row.id, row.version)
    counts = services.tasks.counts()
    assert (counts.mine, counts.next_due_on) == (0, dt.date(2026, 12, 24))


@pytest.mark.parametrize("key", ["due", "kind", "concerns", "case", "made"])
@pytest.mark.parametrize("descending", [False, True])
def test_that_windows_fit_together_in_every_order(services, key, descending):
    first = apply(services, received_on=dt.date(2026, 10, 20))
    apply(services, person(services, "Blid", "Nepe"), received_on=dt.date(2026, 10, 25))
    services.tasks.add(TaskDraft("annet", person_id=person(services, "Sprek", "Bie")))
    add(services, first, due_on=TOMORROW)
    sort = Sort(key, descending)
    whole = services.tasks.page(TaskFilter("team"), sort, 0, 50)
    parts = [services.tasks.page(TaskFilter("team"), sort, offset, 2) for offset in range(0, 7, 2)]
    assert [row.id for part in parts for row in part.rows] == [row.id for row in whole.rows]
    assert whole.total == len(whole.rows) == 6


def test_that_the_list_is_narrowed_by_kind_of_case(services):
    apply(services)
    apply(services, person(services, "Blid", "Nepe"), kind="bytte", asks=("bytte",))
    assert [row.concerns for row in tasks(services, case_kind="bytte").rows] == ["Nepe, Blid"]


def test_that_a_masked_task_says_nothing_about_the_person(services, other_services):
    klok = person(services)
    case = apply(services, klok, received_on=dt.date(2026, 10, 25))
    protect(services, klok, "fortrolig")
    for row in tasks(other_services, "team").rows:
        assert (row.concerns, row.second, row.person_id, row.is_masked) == (MASKED_NAME, "", None, True)
        detail = other_services.tasks.detail(row.id)
        assert (detail.latest, detail.basis, detail.deadline_why) == ((), (), "")
        with pytest.raises(NotFound):
            other_services.tasks.finish(row.id, row.version)
    with pytest.raises(NotFound):
        add(other_services, case)
    assert task_of(services, "send_forelopig_svar").concerns == "Hest, Klok"


def test_that_a_home_guide_finishes_tasks_and_an_administrator_sees_none(services, home_guide, administrator):
    added = services.tasks.add(
        TaskDraft("folg_opp", case_id=apply(services).id, assignee_id=home_guide.user.id)
    )
    home_guide.tasks.finish(added.id, added.version)
    for look in (lambda: tasks(administrator), administrator.tasks.counts):
        with pytest.raises(NotAllowed):
            look()


def visit(services, who, words="Øve på betaling av husleie\nTa med regningene", **fields):
    return services.guidance.log_visit(VisitDraft(who, next_step=words, next_on=TODAY, **fields))


def test_that_the_task_after_a_visit_says_what_was_agreed(services):
    klok = person(services)
    first = visit(services, klok)
    row = task_of(services, "boveiledning_neste")
    assert row.second == "Neste: Øve på betaling av husleie"
    assert services.tasks.detail(row.id).why.startswith(
        "Neste steg ble avtalt 24. november 2026. Neste: Øve på betaling av husleie Ta med regningene. "
    )
    visit(services, klok, "Ringe NAV sammen", corrects_visit_id=first.id)
    assert task_of(services, "boveiledning_neste").second == "Neste: Ringe NAV sammen"


def test_that_a_visit_without_words_says_when_the_task_was_made(services):
    visit(services, person(services), words="")
    assert task_of(services, "boveiledning_neste").second == "Lagt inn 24. nov. av Ingrid B."


def test_that_what_was_agreed_is_not_said_to_those_who_may_not_read_the_visit(services, other_services):
    klok = person(services)
    visit(services, klok)
    protect(services, klok, "fortrolig")
    rows = tasks(other_services, "team").rows
    assert [(row.second, row.is_masked) for row in rows] == [("", True)]
    assert "husleie" not in other_services.tasks.detail(rows[0].id).why


def test_that_the_load_is_the_team_s_list_by_colleague(services, other_services):
    case = apply(services, received_on=dt.date(2026, 10, 20))
    apply(services, person(services, "Blid", "Nepe"), assignee_id=None, received_on=TODAY)
    jonas = other_services.user.id
    for days in (1, 30):
        add(services, case, due_on=TODAY + dt.timedelta(days=days), assignee_id=jonas)
    load = services.tasks.load()
    assert [part.name for part in load] == ["", "Ingrid B.", "Jonas H."]
    assert sum(part.open for part in load) == services.tasks.counts().team
    for part in load:
        wanted = {"owner": "team", "assignee_id": part.assignee_id}
        if part.assignee_id is None:
            wanted = {"owner": "unowned"}
        assert part.open == tasks(services, **wanted).total
        assert part.overdue == tasks(services, due="forfalt", **wanted).total
        assert part.within_two_days == tasks(services, due="to_dager", **wanted).total
        days = [row.due_on for row in tasks(services, **wanted).rows if row.due_on]
        assert part.oldest_due_on == min(days, default=None)
    assert (load[1].overdue, load[2].within_two_days, load[2].oldest_due_on) == (1, 1, TOMORROW)


def test_that_an_empty_office_has_no_load(services):
    assert services.tasks.load() == ()


def test_that_letters_that_wait_for_approval_are_a_list_of_their_own(services, store):
    case = apply(services)
    draft = TaskDraft("godkjenn", case_id=case.id)
    store.write(services.user.id, lambda unit: unit.write_tasks.add(draft))
    assert services.tasks.counts().approval == tasks(services, "approval").total == 1
    assert [row.title for row in tasks(services, "approval").rows] == ["Godkjenn brevet"]


def test_that_only_those_who_read_people_see_the_load(administrator):
    with pytest.raises(NotAllowed):
        administrator.tasks.load()
