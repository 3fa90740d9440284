"""Notes on cases and on people, on both engines."""

from __future__ import annotations

import datetime as dt

import pytest

from boligdesk.services.errors import InvalidInput, NotAllowed, NotFound, UserError
from boligdesk.services.records.cases import NoteDraft
from tests.contract.case_office import apply, person, protect


def test_that_facts_and_assessment_are_kept_apart(services):
    case = apply(services)
    when = dt.datetime(2026, 11, 23, 8, 12, tzinfo=dt.UTC)
    services.cases.write_note(
        NoteDraft(
            "Ringte skolen. Plass fra januar.",
            "Flytting før jul er ikke bra for barna.",
            kind="samtale",
            occurred_at=when,
            with_whom="Skolen",
            case_id=case.id,
        )
    )
    (note,) = services.cases.detail(case.id).notes
    assert note.facts_text == "Ringte skolen. Plass fra januar."
    assert note.assessment_text == "Flytting før jul er ikke bra for barna."
    assert (note.kind, note.occurred_at, note.with_whom, note.by) == ("samtale", when, "Skolen", "Ingrid B.")


def test_that_a_note_stands_and_is_put_right_by_another(services):
    case = apply(services)
    first = services.cases.write_note(NoteDraft("Tre rom", case_id=case.id))
    entry = services.cases.timeline(case.id)[0]
    assert not entry.can_undo
    with pytest.raises(UserError):
        services.undo.undo(first.event_id)
    second = services.cases.write_note(NoteDraft("Fire rom", case_id=case.id, corrects_id=first.id))
    notes = {note.id: note for note in services.cases.detail(case.id).notes}
    assert notes[first.id].corrected_by_id == second.id
    assert notes[first.id].facts_text == "Tre rom"
    with pytest.raises(UserError):
        services.cases.write_note(NoteDraft("Fem rom", case_id=case.id, corrects_id=first.id))
    other = apply(services)
    with pytest.raises(NotFound):
        services.cases.write_note(NoteDraft("Fem rom", case_id=other.id, corrects_id=second.id))


def test_that_a_person_without_a_case_can_have_notes(services):
    klok = person(services)
    saved = services.cases.write_note(NoteDraft("Ringte og spurte om bolig.", person_id=klok))
    services.cases.write_note(NoteDraft("Rettet", person_id=klok, corrects_id=saved.id))
    entries = services.log.entries(0, 10, person_id=klok).rows
    assert len([entry for entry in entries if entry.kind == "skrevet"]) == 3


def test_that_a_hundred_thousand_characters_are_kept_and_one_more_is_refused(services):
    case = apply(services)
    services.cases.write_note(NoteDraft("å" * 100_000, case_id=case.id))
    assert len(services.cases.detail(case.id).notes[0].facts_text) == 100_000
    for draft in (NoteDraft("å" * 100_001, case_id=case.id), NoteDraft("", "å" * 100_001, case_id=case.id)):
        with pytest.raises(InvalidInput):
            services.cases.write_note(draft)
    assert len(services.cases.detail(case.id).notes) == 1
    assert len(services.cases.timeline(case.id)[0].text) < 500


def test_that_text_is_cleaned_and_kept_as_text(services):
    case = apply(services)
    services.cases.write_note(NoteDraft("  Første\r\nandre\x00 \u202elinje\n<b>ikke</b>  ", case_id=case.id))
    assert services.cases.detail(case.id).notes[0].facts_text == "Første\nandre linje\n<b>ikke</b>"


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("facts_text", {"facts_text": " \n\x00 "}),
        ("kind", {"kind": "dagbok"}),
        ("occurred_at", {"occurred_at": dt.datetime(2027, 1, 1, tzinfo=dt.UTC)}),
    ],
)
def test_that_an_impossible_note_is_refused(services, field, fields):
    case = apply(services)
    with pytest.raises(InvalidInput) as refused:
        services.cases.write_note(NoteDraft(**{"facts_text": "Ringte", "case_id": case.id, **fields}))
    assert refused.value.field == field


def test_that_a_note_belongs_somewhere(services):
    with pytest.raises(InvalidInput):
        services.cases.write_note(NoteDraft("Ringte"))
    with pytest.raises(NotFound):
        services.cases.write_note(NoteDraft("Ringte", case_id=services.user.id))
    with pytest.raises(NotFound):
        services.cases.write_note(NoteDraft("Ringte", person_id=services.user.id))


def test_that_a_clock_on_the_wall_is_norwegian(services):
    case = apply(services)
    services.cases.write_note(NoteDraft("Møte", occurred_at=dt.datetime(2026, 11, 24, 8, 0), case_id=case.id))
    assert services.cases.detail(case.id).notes[0].occurred_at == dt.datetime(
        2026, 11, 24, 7, 0, tzinfo=dt.UTC
    )


def test_that_a_closed_case_still_takes_notes(services):
    case = apply(services)
    services.cases.close(case.id, case.version, "trukket", "Fant bolig selv.")
    services.cases.write_note(NoteDraft("Takket for hjelpen.", case_id=case.id))
    assert len(services.cases.detail(case.id).notes) == 1


def test_that_only_those_who_may_read_the_person_write_about_him(
    services, other_services, home_guide, administrator
):
    klok = person(services)
    case = apply(services, klok)
    home_guide.cases.write_note(NoteDraft("Så ut til å trives.", case_id=case.id))
    with pytest.raises(NotAllowed):
        administrator.cases.write_note(NoteDraft("Leste", case_id=case.id))
    protect(services, klok, "fortrolig")
    for place in ({"case_id": case.id}, {"person_id": klok}):
        with pytest.raises(NotFound):
            other_services.cases.write_note(NoteDraft("Ringte", **place))
    assert services.cases.detail(case.id).notes[0].by == "Guro S."
