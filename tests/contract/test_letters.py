"""Letters on both stores: begun, saved, sent to approval and approved by somebody else."""

from __future__ import annotations

import datetime as dt

import pytest

from boligdesk.domain.access import Right
from boligdesk.services.errors import ConflictError, InvalidInput, NotAllowed, NotFound, UserError
from boligdesk.services.records.common import FactDraft
from boligdesk.services.records.letters import LetterDraft, LetterTexts
from tests.contract.assessment_office import HELP, LOCAL, conclude, judge_all, track
from tests.contract.case_office import fact, person, task_of, tasks
from tests.contract.letter_office import (
    HEAD,
    applicant,
    approval,
    approved,
    begun,
    case_of,
    finished,
    interim,
    letters,
    numbers,
    office,
    rows,
    saved,
    submitted,
    unmet,
    version,
)


@pytest.fixture(autouse=True)
def letterhead(services):
    office(services)


def test_that_what_was_written_in_the_assessment_flows_into_the_letter(services):
    found = letters(services).detail(approval(services))
    assert (found.kind, found.language, found.status, found.approval) == (
        "innvilgelse_bolig",
        "nb",
        "kladd",
        "en_til",
    )
    assert found.texts["begrunnelse"].startswith("Du er uten bolig")
    assert found.texts["onsker"] == "Du ønsker å bo i sentrum."
    assert found.texts["barnets_beste"].startswith("Barnet trenger")
    assert unmet(services, found.id) == set()
    chips = {chip.key: chip.text for chip in found.chips}
    assert chips["storrelse"] == "3-roms, omtrent 65 m²"
    assert chips["soverom"] == "2"
    assert chips["leietid"] == "3 år"
    assert [(one.name, one.address) for one in found.recipients] == [
        ("Klok Hest", ("Eksempelgata 12 B", "9008 Tromsø"))
    ]


def test_that_a_letter_is_begun_once(services):
    case = case_of(services)
    assert begun(services, case) == begun(services, case)
    assert len(letters(services).of_case(case)) == 1


def test_that_the_applicants_written_form_is_chosen(services):
    case = case_of(services, applicant(services, written_form="nn"))
    found = letters(services).reread(interim(services, case))
    assert found.language == "nn"
    paper = letters(services).preview(found.id).paper
    assert paper.title == "Vi treng meir tid til søknaden din"


def test_that_the_language_can_be_changed_and_the_texts_stay(services):
    found = interim(services, case_of(services))
    saved(services, found, {"svar_grunn": "Vi ventar."}, language="nn")
    now = letters(services).reread(found)
    assert (now.language, now.title, now.texts["svar_grunn"]) == (
        "nn",
        "Vi treng meir tid til søknaden din",
        "Vi ventar.",
    )


def test_that_the_same_texts_again_change_nothing(services):
    found = interim(services, case_of(services))
    before = version(services, found)
    assert saved(services, found, {"svar_grunn": "Vi venter på legen din."}).event_id is None
    assert version(services, found) == before


def test_that_a_stale_version_loses_to_the_newer(services, other_services):
    found = interim(services, case_of(services))
    seen = version(services, found)
    saved(other_services, found, {"svar_grunn": "Noe nyere."})
    for act in (
        lambda: letters(services).save(found, seen, LetterTexts({"svar_grunn": "Noe eldre."})),
        lambda: letters(services).finalise(found, seen),
        lambda: letters(services).drop(found, seen),
    ):
        with pytest.raises(ConflictError):
            act()
    assert letters(services).reread(found).texts["svar_grunn"] == "Noe nyere."
    assert numbers(services) == []


@pytest.mark.parametrize(
    "draft",
    [
        {"kind": "ukjent"},
        {"kind": "forelopig_svar", "language": "se"},
        {"kind": "innvilgelse_bolig"},
        {"kind": "vedtak_bistand"},
        {"kind": "tilbud"},
    ],
)
def test_that_a_letter_that_does_not_fit_is_not_begun(services, draft):
    case = case_of(services)
    with pytest.raises(UserError):
        letters(services).start(LetterDraft(case, **draft))
    assert letters(services).of_case(case) == ()


def test_that_kinds_are_offered_as_the_case_goes(services):
    case = case_of(services)
    kinds = [choice.kind for choice in letters(services).choices(case)]
    assert kinds == ["forelopig_svar", "mangler"]
    judge_all(services, case, LOCAL)
    conclude(services, case, LOCAL)
    first = letters(services).choices(case)[0]
    assert (first.kind, first.track_id) == ("innvilgelse_bolig", track(services, case).id)
    assert first.why


def test_that_a_preview_shows_unsaved_words_and_stores_nothing(services):
    found = interim(services, case_of(services))
    shown = letters(services).preview(found, LetterTexts({"svar_grunn": "Helt nye ord."}))
    assert "Helt nye ord." in letters(services).plain_text(shown.paper)
    assert shown.paper.is_draft
    assert letters(services).reread(found).texts["svar_grunn"] == "Vi venter på legen din."


def test_that_what_a_letter_would_be_is_shown_with_its_gaps_before_it_is_begun(services):
    case = case_of(services)
    for kind in ("forelopig_svar", "avslag_bolig", "vedtak_bistand", "tilbud"):
        shown = letters(services).proposal(case, kind, "nn")
        assert shown.paper.is_draft
        assert any(one.blocks for one in shown.findings)
        assert "[manglar:" in letters(services).plain_text(shown.paper).casefold().replace(
            "mangler", "manglar"
        )
    assert letters(services).of_case(case) == ()
    with pytest.raises(NotFound):
        letters(services).proposal(case, "ukjent", "nb")


def test_that_a_draft_is_thrown_away_and_comes_back_with_undo(services):
    case = case_of(services)
    found = interim(services, case)
    dropped = letters(services).drop(found, version(services, found), "Trengs ikke")
    assert rows(services) == ()
    with pytest.raises(NotFound):
        letters(services).reread(found)
    services.undo.undo(dropped.event_id)
    assert [row.id for row in rows(services)] == [found]


def test_that_a_saved_text_is_taken_back(services):
    found = interim(services, case_of(services))
    changed = saved(services, found, {"svar_grunn": "Feil grunn."})
    services.undo.undo(changed.event_id)
    assert letters(services).reread(found).texts["svar_grunn"] == "Vi venter på legen din."


# -- approved -------------------------------------------------------------------------------------


def test_that_somebody_else_approves_and_then_it_can_be_finished(services, cleared_services):
    found = approval(services)
    with pytest.raises(UserError, match="godkjennes"):
        finished(services, found)
    submitted(services, found)
    assert task_of(services, "godkjenn").subject_id == found
    with pytest.raises(NotAllowed, match="ditt eget"):
        letters(services).approve(found, version(services, found))
    letters(cleared_services).approve(found, version(services, found))
    assert task_of(services, "ferdigstill", "mine").subject_id == found

    done = finished(services, found)

    assert (done.status, done.journal_number) == ("ferdigstilt", "1/2026")
    assert [one.outcome for one in done.approvals] == ["godkjent"]
    decided = next(one for one in services.assessment.of_case(done.case_id).tracks if one.law == LOCAL)
    assert decided.status == "avgjort"
    assert [row.kind for row in tasks(services).rows if row.subject_id == found] == ["skriv_ut"]


def test_that_it_takes_the_right_to_decide(services, other_services, home_guide):
    found = submitted(services, approval(services))
    for other in (other_services, home_guide):
        with pytest.raises(NotAllowed):
            letters(other).approve(found, version(services, found))
    assert letters(other_services).reread(found).may_approve is False


def test_that_a_text_changed_after_approval_loses_it(services, cleared_services):
    found = approved(services, cleared_services, approval(services))
    assert letters(services).reread(found).status == "godkjent"
    saved(services, found, {"begrunnelse": "Noe helt annet."})
    now = letters(services).reread(found)
    assert now.status == "kladd"
    assert [one.holds for one in now.approvals] == [False]
    assert "Begrunnelse" in now.changed_since
    with pytest.raises(UserError, match="godkjennes"):
        finished(services, found)
    assert tasks(services, "team").rows == tuple(
        row for row in tasks(services, "team").rows if row.kind != "ferdigstill"
    )
    assert numbers(services) == []


def test_that_facts_changed_after_approval_lose_it_too(services, cleared_services):
    found = approved(services, cleared_services, approval(services))
    case = letters(services).reread(found).case_id
    detail = services.cases.detail(case)
    income = FactDraft("income_month", "kjent", 1_900_000, supersedes_id=fact(detail, "income_month").id)
    services.cases.save_application(case, detail.application.version, "", "", (income,))
    with pytest.raises(UserError, match="godkjennes først"):
        finished(services, found)
    assert numbers(services) == []


def test_that_the_new_act_is_named_from_the_day_the_office_sets(services, clock):
    found = approval(services)
    letters(services).set_new_act(dt.date(2026, 12, 1))

    def named():
        return letters(services).plain_text(letters(services).preview(found).paper).replace("\u00a0", " ")

    assert "forvaltningsloven §§ 28 til 32" in named()
    clock.set(dt.date(2026, 12, 1))
    assert "forvaltningsloven §§ 61 til 66" in named()
    assert "§§ 28 til 32" not in named()
    assert unmet(services, found) == set()


def test_that_the_calendar_alone_does_not_take_an_approval_away(services, cleared_services, clock):
    found = approved(services, cleared_services, approval(services))
    clock.set(dt.date(2026, 11, 27))
    assert finished(services, found).journal_number == "1/2026"


def test_that_a_letter_goes_back_with_a_reason_and_a_comment(services, cleared_services):
    found = submitted(services, approval(services))
    for reason, comment in (("", "Skriv mer"), ("Begrunnelsen", " ")):
        with pytest.raises(InvalidInput):
            letters(cleared_services).send_back(found, version(services, found), reason, comment)
    letters(cleared_services).send_back(
        found, version(services, found), "Begrunnelsen", "Skriv mer om barna."
    )
    now = letters(services).reread(found)
    assert (now.status, now.approvals[0].comment) == ("kladd", "Skriv mer om barna.")
    assert task_of(services, "rett_brev", "mine").subject_id == found
    saved(services, found, {"barnets_beste": "Barnet trenger ro og en fast plass å bo."})
    assert letters(services).reread(found).changed_since == ("Hensynet til barna",)
    submitted(services, found)
    assert [row.kind for row in tasks(services, "team").rows if row.subject_id == found] == ["godkjenn"]


def test_that_something_mandatory_that_is_missing_stops_the_letter(services):
    found = approval(services)
    saved(services, found, {"begrunnelse": " ", "barnets_beste": ""})
    assert unmet(services, found) == {"begrunnelse", "barn"}
    with pytest.raises(UserError, match="ikke komplett") as told:
        letters(services).submit(found, version(services, found))
    assert "Begrunnelsen mangler" in told.value.what
    interim_letter = begun(services, letters(services).reread(found).case_id)
    with pytest.raises(UserError, match="ikke komplett"):
        finished(services, interim_letter)
    assert numbers(services) == []


def test_that_an_office_without_a_letterhead_finishes_nothing(services):
    found = interim(services, case_of(services))
    services.session.write(
        Right.MANAGE_USERS, lambda unit: unit.write_letters.save_office_setting("brevhode", {})
    )
    assert unmet(services, found) == {"avsender"}
    with pytest.raises(UserError, match="ikke komplett"):
        finished(services, found)


def test_that_an_office_without_e_mail_writes_letters_all_the_same(services):
    letters(services).save_letterhead({**HEAD, "epost": ""})
    found = interim(services, case_of(services))
    assert unmet(services, found) == set()
    assert finished(services, found).journal_number == "1/2026"
    assert "e-post" not in letters(services).plain_text(letters(services).preview(found).paper)


def test_that_somebody_without_an_address_is_told_and_stopped(services):
    found = interim(services, case_of(services, person(services)))
    stops = [one for one in letters(services).reread(found).findings if one.blocks]
    assert [(one.key, one.text, one.target) for one in stops] == [
        ("mottaker", "Klok Hest mangler adresse.", "mottakere")
    ]
    with pytest.raises(UserError, match="ikke komplett"):
        finished(services, found)


def test_that_nobody_decides_or_finishes_for_somebody_they_know(services, other_services, cleared_services):
    case = case_of(services, knows_applicant=True)
    found = interim(other_services, case)
    with pytest.raises(NotAllowed, match="inhabil"):
        finished(services, found)
    assert numbers(services) == []
    assert finished(other_services, found).journal_number == "1/2026"
    judge_all(cleared_services, case, HELP)
    conclude(cleared_services, case, HELP)
    decision = begun(other_services, case, "vedtak_bistand")
    submitted(other_services, decision)
    assert letters(services).reread(decision).why_not_approve == "Du er inhabil i denne saken."
    with pytest.raises(NotAllowed, match="inhabil"):
        letters(services).approve(decision, version(services, decision))


def test_that_whoever_changes_a_letter_does_not_approve_it(services, cleared_services):
    found = submitted(services, approval(services))
    saved(cleared_services, found, {"begrunnelse": "Vi har lagt mest vekt på at barnet må ha et hjem."})
    assert letters(services).reread(found).status == "kladd"
    submitted(cleared_services, found)
    assert "skrevet i brevet" in letters(cleared_services).reread(found).why_not_approve
    with pytest.raises(NotAllowed, match="skrevet i brevet"):
        letters(cleared_services).approve(found, version(services, found))
    with pytest.raises(NotAllowed, match="ditt eget"):
        letters(services).approve(found, version(services, found))
    assert letters(services).reread(found).status == "til_godkjenning"


def test_that_an_approver_who_changes_nothing_may_still_approve(services, cleared_services):
    found = submitted(services, approval(services))
    saved(cleared_services, found, dict(letters(services).reread(found).texts))
    letters(cleared_services).approve(found, version(services, found))
    assert letters(services).reread(found).status == "godkjent"


def test_that_somebody_who_knows_the_applicant_neither_writes_nor_sends_on(services, other_services):
    case = case_of(services, knows_applicant=True)
    with pytest.raises(NotAllowed, match="inhabil"):
        begun(services, case)
    found = begun(other_services, case)
    with pytest.raises(NotAllowed, match="inhabil"):
        saved(services, found, {"svar_grunn": "Vi venter på legen din."})
    assert letters(services).reread(found).texts == {"svar_grunn": ""}
