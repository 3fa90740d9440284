"""Vacancies and offers: the dwelling's status follows, another than the first needs a reason, one offer at a time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select

from boligdesk.domain import allocation_words
from boligdesk.services.errors import ConflictError, InvalidInput, NotAllowed, UserError
from boligdesk.services.records.allocation import (
    Demands,
    OfferTerms,
    VacancyDraft,
    VacancyFilter,
    WaitingDraft,
)
from boligdesk.services.records.common import Sort
from boligdesk.services.records.people import HouseholdDraft, MemberDraft
from boligdesk.storage.tables import Dwelling, Event, Vacancy
from tests.contract.allocation_office import (
    TODAY,
    applicant,
    case_of,
    choose,
    dwelling,
    joins,
    sent,
    vacancy,
    version,
    waits,
)
from tests.contract.case_office import apply, person, protect, tasks


def status(services, vacancy_id):
    place = services.allocation.vacancy(vacancy_id).row.dwelling_id
    return services.dwellings.detail(place).status


def kinds(services):
    return [row.kind for row in tasks(services, "team").rows]


def stage(services, vacancy_id):
    return services.allocation.vacancy(vacancy_id).row.stage


# -- vacancies ------------------------------------------------------------------------------------


def test_that_a_reported_dwelling_is_free_and_counted(services):
    place = vacancy(services, status="utleid")
    row = services.allocation.vacancies().rows[0]
    assert (row.id, row.code, row.stage, row.void_days, row.version) == (place, "B1", "ledig", 0, 1)
    assert (row.bedrooms, row.address) == (2, "Eksempelveien 12 B H0201")
    assert status(services, place) == "ledig"
    assert services.allocation.counts().by_stage == {"ledig": 1}


def test_that_a_dwelling_that_is_free_later_stays_let_until_then(services):
    home = dwelling(services, status="utleid")
    vacancy(services, home, dt.date(2026, 12, 1))
    found = services.dwellings.detail(home)
    assert (found.status, found.available_on) == ("utleid", dt.date(2026, 12, 1))


def test_that_days_without_a_tenant_count_from_when_it_was_free(services, clock):
    place = vacancy(services)
    assert services.allocation.vacancy(place).row.void_days == 22
    clock.set(dt.date(2026, 11, 25))
    assert services.allocation.vacancy(place).row.void_days == 23


def test_that_works_keep_the_dwelling(services):
    home = dwelling(services, status="under_utbedring")
    vacancy(services, home)
    assert services.dwellings.detail(home).status == "under_utbedring"


def test_that_a_dwelling_is_reported_once(services):
    home = dwelling(services)
    vacancy(services, home)
    with pytest.raises(UserError, match="meldt ledig fra før"):
        vacancy(services, home)


def test_that_a_report_can_be_taken_back_until_a_list_is_made(services):
    home = dwelling(services, status="utleid")
    saved = services.allocation.report_vacancy(VacancyDraft(home))
    undone = services.undo.undo(saved.event_id)
    assert services.allocation.vacancies().total == 0
    assert services.dwellings.detail(home).status == "utleid"
    with pytest.raises(UserError, match="Meld boligen ledig på nytt"):
        services.undo.undo(undone.event_id)
    again = services.allocation.report_vacancy(VacancyDraft(home))
    services.allocation.freeze(again.id, again.version)
    with pytest.raises(UserError, match="Trekk boligen fra tildeling"):
        services.undo.undo(again.event_id)


def test_that_a_caretaker_reports_and_takes_back_but_does_not_choose(services, caretaker):
    home = dwelling(services)
    saved = caretaker.allocation.report_vacancy(VacancyDraft(home, remark="Nøkler ligger på kontoret"))
    assert services.allocation.vacancy(saved.id).remark == "Nøkler ligger på kontoret"
    with pytest.raises(NotAllowed):
        caretaker.allocation.freeze(saved.id, saved.version)
    caretaker.undo.undo(saved.event_id)
    assert services.allocation.vacancies().total == 0


def test_that_a_changed_day_moves_the_dwelling_too_and_a_stale_screen_is_told(services):
    home = dwelling(services, status="utleid")
    place = vacancy(services, home, dt.date(2026, 12, 1))
    draft = VacancyDraft(home, dt.date(2026, 12, 15), "Maling", id=place, version=1)
    saved = services.allocation.change_vacancy(draft)
    assert saved.version == 2
    assert services.dwellings.detail(home).available_on == dt.date(2026, 12, 15)
    with pytest.raises(ConflictError):
        services.allocation.change_vacancy(VacancyDraft(home, TODAY, "Annet", id=place, version=1))
    assert services.allocation.change_vacancy(draft).event_id is None


def test_that_a_vacancy_is_withdrawn_with_a_reason_unless_somebody_has_an_offer(services):
    entry, place = waits(services), vacancy(services)
    with pytest.raises(InvalidInput):
        services.allocation.withdraw_vacancy(place, 1, " ... ")
    choose(services, place, entry)
    with pytest.raises(UserError, match="Trekk tilbudet først"):
        services.allocation.withdraw_vacancy(place, version(services, place), "Skal selges")
    offer = services.allocation.offers().rows[0]
    services.allocation.withdraw_offer(offer.id, offer.version, "Feil bolig")
    services.allocation.withdraw_vacancy(place, version(services, place), "Skal selges")
    assert services.allocation.vacancies().total == 0
    ended = services.allocation.vacancies(VacancyFilter(with_ended=True)).rows[0]
    assert ended.stage == "trukket"
    services.allocation.report_vacancy(VacancyDraft(ended.dwelling_id))


@pytest.mark.parametrize("key", ["stage", "free", "address", "void", "bedrooms", "rent", "due"])
@pytest.mark.parametrize("descending", [False, True])
def test_that_vacancies_sort_by_every_column(services, key, descending):
    for number in range(3):
        vacancy(services, code=f"B{number}" * (number + 1), bedrooms=number + 1)
    page = services.allocation.vacancies(VacancyFilter(), Sort(key, descending), 1, 5)
    assert (page.total, len(page.rows)) == (3, 2)
    assert services.allocation.vacancies(VacancyFilter(stages=("forslag",))).total == 0
    assert services.allocation.vacancies(VacancyFilter(text="B0")).total == 1


# -- choosing -------------------------------------------------------------------------------------


def test_that_a_choice_reserves_the_dwelling_and_freezes_the_list(services):
    entry, place = waits(services, priority_class="A"), vacancy(services)
    terms = OfferTerms(984_000, 2_952_000, dt.date(2026, 12, 15), "fredag klokka 12", 36)
    saved = choose(services, place, entry, terms=terms)
    offer = services.allocation.offer(saved.id)
    assert (offer.state, offer.rank, offer.is_live, offer.applicant) == ("forberedt", 1, True, "Hest, Klok")
    assert status(services, place) == "reservert"
    row = services.allocation.waiting_row(entry)
    assert (row.state, row.offers_made) == ("tilbud", 1)
    detail = services.allocation.vacancy(place)
    assert (detail.row.offer_to, len(detail.shortlists), len(detail.offers)) == ("Hest, Klok", 1, 1)
    assert services.allocation.counts().offers_out == 1
    assert services.allocation.shortlist(place).considered == 0
    case = services.cases.timeline(case_of(services, entry))
    assert case[0].title == "Søkeren er valgt til en bolig"


def test_that_the_letter_knows_the_terms(services, store):
    entry, place = waits(services), vacancy(services)
    terms = OfferTerms(984_000, None, dt.date(2026, 12, 15), "fredag", 36)
    saved = choose(services, place, entry, terms=terms)
    case_id = case_of(services, entry)
    known = store.read(services.user.id, lambda view: view.letters.known(case_id, saved.id))
    assert known.offer.terms == OfferTerms(984_000, None, dt.date(2026, 12, 15), "fredag", 36)


def test_that_another_than_the_first_needs_a_written_reason(services):
    waits(services, "Klok", "Hest", priority_class="A")
    second, place = waits(services, "Blid", "Nepe"), vacancy(services)
    for reason in ("", "...", "  "):
        with pytest.raises(InvalidInput) as error:
            choose(services, place, second, reason)
        assert error.value.field == "reason"
    assert status(services, place) == "ledig"
    assert services.allocation.vacancy(place).shortlists == ()
    saved = choose(services, place, second, "Bor i nabohuset til moren som trenger hjelp")
    offer = services.allocation.offer(saved.id)
    assert (offer.rank, offer.chosen_reason) == (2, "Bor i nabohuset til moren som trenger hjelp")


def test_that_somebody_who_is_not_eligible_cannot_be_chosen(services):
    out = waits(services, "Rask", "Sky", persons=1, children=0, bedrooms_min=1, bedrooms_max=1)
    place = vacancy(services)
    with pytest.raises(UserError, match="ikke aktuell i forslaget"):
        choose(services, place, out, "Vil ha den")


def test_that_somebody_on_pause_stands_in_nobodys_way_and_gets_nothing(services):
    first = waits(services, "Klok", "Hest", priority_class="A")
    second, place = waits(services, "Blid", "Nepe"), vacancy(services)
    services.allocation.freeze(place, 1)
    row = services.allocation.waiting_row(first)
    services.allocation.pause(first, row.version, dt.date(2026, 12, 24), "På sykehus")
    with pytest.raises(UserError, match="kan ikke få tilbud nå"):
        choose(services, place, first)
    assert services.allocation.offer(choose(services, place, second).id).rank == 1


def test_that_changed_demands_make_a_new_list(services):
    waits(services, "Klok", "Hest", priority_class="A", pets=2)
    second = waits(services, "Blid", "Nepe", pets=0)
    place = vacancy(services, facts={"step_free": 1, "lift": 1, "wheelchair": 1, "shielded": 1, "pets": 0})
    services.allocation.freeze(place, 1)
    services.allocation.set_demands(place, version(services, place), Demands(require=("dyr",)))
    saved = choose(services, place, second)
    assert services.allocation.offer(saved.id).rank == 1
    assert len(services.allocation.vacancy(place).shortlists) == 2


def test_that_nobody_who_came_after_the_kept_list_is_passed_over_without_a_reason(services, clock):
    first, place = waits(services, "Blid", "Nepe"), vacancy(services)
    services.allocation.freeze(place, 1)
    waits(services, "Klok", "Hest", priority_class="A")
    with pytest.raises(InvalidInput, match="ikke først i forslaget"):
        choose(services, place, first)
    clock.set(TODAY + dt.timedelta(days=20))
    with pytest.raises(InvalidInput, match="ikke først i forslaget"):
        choose(services, place, first)
    offer = services.allocation.offer(choose(services, place, first, "Hest flytter til en annen by.").id)
    assert offer.rank == 2
    kept = services.allocation.vacancy(place).shortlists
    assert len(kept) == 2
    newest = max(kept, key=lambda one: one.as_of_on)
    assert [one.applicant for one in services.allocation.frozen(newest.id).candidates] == [
        "Hest, Klok",
        "Nepe, Blid",
    ]


def test_that_a_kept_list_that_still_holds_is_used_again(services):
    first, place = waits(services), vacancy(services)
    services.allocation.freeze(place, 1)
    choose(services, place, first)
    assert len(services.allocation.vacancy(place).shortlists) == 1


def test_that_somebody_who_knows_the_applicant_neither_chooses_nor_ranks_them(services, other_services):
    case = apply(services, person(services), knows_applicant=True).id
    draft = WaitingDraft(case, "B", dt.date(2026, 10, 26), "Vedtak i arkivet", persons=2, bedrooms_min=2, bedrooms_max=2)  # fmt: skip
    with pytest.raises(NotAllowed, match="inhabil"):
        services.allocation.join_waiting_by_hand(draft)
    entry, place = other_services.allocation.join_waiting_by_hand(draft).id, vacancy(services)
    for act in (
        lambda: services.allocation.change_priority(entry, 1, "A", "Jeg kjenner familien."),
        lambda: services.allocation.pause(entry, 1, None, "Reist bort"),
        lambda: services.allocation.leave_waiting(entry, 1, "trukket", "Ringte og sa det"),
        lambda: choose(services, place, entry, "Jeg kjenner familien."),
    ):
        with pytest.raises(NotAllowed, match="inhabil"):
            act()
    offer = choose(other_services, place, entry)
    with pytest.raises(NotAllowed, match="inhabil"):
        services.allocation.withdraw_offer(offer.id, 1, "Et annet hus passer bedre.")


def test_that_a_dwelling_goes_to_one_and_an_applicant_gets_one(services):
    first, second = waits(services, "Klok", "Hest"), waits(services, "Blid", "Nepe")
    here, there = vacancy(services), vacancy(services, code="B22")
    choose(services, here, first)
    with pytest.raises(UserError, match="allerede tilbudt til noen"):
        choose(services, here, second, "Også")
    with pytest.raises(UserError, match="Søkeren har allerede et tilbud"):
        choose(services, there, first, "To er bedre")


def test_that_a_household_gets_one(services):
    one, two = person(services, "Klok", "Hest"), person(services, "Blid", "Hest")
    members = (MemberDraft("hovedperson", person_id=one), MemberDraft("partner", person_id=two))
    home = services.households.save(HouseholdDraft(members)).id
    first, second = joins(services, one, home), joins(services, two, home)
    here, there = vacancy(services), vacancy(services, code="B22")
    choose(services, here, first)
    assert services.allocation.shortlist(there).candidates[0].has_live_offer
    with pytest.raises(UserError, match="Noen i husstanden"):
        choose(services, there, second)


def test_that_a_choice_can_be_taken_back_until_a_letter_is_begun(services):
    entry, place = waits(services), vacancy(services)
    saved = choose(services, place, entry)
    undone = services.undo.undo(saved.event_id)
    assert status(services, place) == "ledig"
    assert (stage(services, place), services.allocation.waiting_row(entry).state) == ("forslag", "aktiv")
    assert services.allocation.offer(saved.id).state == "trukket"
    with pytest.raises(UserError, match="Velg søkeren på nytt"):
        services.undo.undo(undone.event_id)
    again = choose(services, place, entry)
    assert services.allocation.offer(again.id).is_live


def test_that_stale_terms_and_odd_amounts_are_refused(services):
    entry, place = waits(services), vacancy(services)
    for wrong in (
        OfferTerms(rent_ore=-1),
        OfferTerms(term_months=0),
        OfferTerms(move_in_on=dt.date(2026, 1, 1)),
    ):
        with pytest.raises(InvalidInput):
            choose(services, place, entry, terms=wrong)
    services.allocation.freeze(place, 1)
    with pytest.raises(ConflictError):
        services.allocation.choose(place, 1, entry)


# -- answers --------------------------------------------------------------------------------------


@pytest.fixture
def offered(services, store):
    """(vacancy, entry, offer) of an offer sent today with a week to answer."""
    entry, place = waits(services), vacancy(services)
    offer = choose(services, place, entry).id
    sent(store, services, offer)
    return place, entry, offer


def answer(services, offer_id, code, reason="", on=TODAY, **more):
    found = services.allocation.offer(offer_id)
    return services.allocation.answer(offer_id, found.version, code, on, reason, **more)


def test_that_a_sent_offer_runs(services, offered):
    place, _entry, offer_id = offered
    offer = services.allocation.offer(offer_id)
    assert (offer.state, offer.sent_on, offer.reply_due_on) == ("sendt", TODAY, dt.date(2026, 12, 1))
    row = services.allocation.vacancy(place).row
    assert (row.stage, row.reply_due_on) == ("tilbud_sendt", dt.date(2026, 12, 1))
    assert "folg_opp_tilbud" in kinds(services)


def test_that_a_yes_keeps_both_bound_and_asks_for_a_contract(services, offered):
    place, entry, offer_id = offered
    answer(services, offer_id, "ja")
    assert (stage(services, place), status(services, place)) == ("takket_ja", "reservert")
    offer = services.allocation.offer(offer_id)
    assert (offer.state, offer.is_live, services.allocation.waiting_row(entry).state) == (
        "ja",
        True,
        "tilbud",
    )
    assert "lag_kontrakt" in kinds(services)
    assert "folg_opp_tilbud" not in kinds(services)


def test_that_a_no_asks_why_and_lets_both_go(services, offered):
    place, entry, offer_id = offered
    with pytest.raises(InvalidInput) as error:
        answer(services, offer_id, "nei")
    assert error.value.field == "reason"
    proposed = services.allocation.proposed(offer_id, "nei")
    saved = answer(services, offer_id, "nei", "For langt fra skolen")
    offer = services.allocation.offer(offer_id)
    assert (offer.state, offer.is_live, offer.consequence) == ("nei", False, proposed.consequence)
    assert status(services, place) == "ledig"
    assert services.allocation.waiting_row(entry).state == "aktiv"
    assert "neste_kandidat" in kinds(services)
    with pytest.raises(UserError, match="allerede hatt et tilbud om denne boligen"):
        choose(services, place, entry, "Igjen")
    services.undo.undo(saved.event_id)
    assert (stage(services, place), status(services, place)) == ("tilbud_sendt", "reservert")
    assert "neste_kandidat" not in kinds(services)
    assert "folg_opp_tilbud" in kinds(services)


def test_that_an_answer_stands_when_the_dwelling_is_no_longer_let_out(services, offered):
    place, _entry, offer_id = offered
    saved = answer(services, offer_id, "nei", "For lite")
    services.allocation.withdraw_vacancy(place, version(services, place), "Skal selges")
    with pytest.raises(UserError, match="Svaret kan ikke angres lenger"):
        services.undo.undo(saved.event_id)


def test_that_the_next_candidate_is_first_after_a_no_and_the_task_is_done(services, store, offered):
    place, _entry, offer_id = offered
    answer(services, offer_id, "nei", "For lite")
    second = waits(services, "Blid", "Nepe")
    services.allocation.freeze(place, version(services, place))
    choose(services, place, second)
    assert "neste_kandidat" not in kinds(services)


def test_that_silence_is_confirmed_after_the_day_and_says_what_was_tried(services, clock, offered):
    place, _entry, offer_id = offered
    with pytest.raises(UserError, match="Svarfristen er ikke ute"):
        answer(services, offer_id, "ikke_svart", "Ringt to ganger")
    clock.set(dt.date(2026, 12, 3))
    with pytest.raises(InvalidInput):
        answer(services, offer_id, "ikke_svart", on=dt.date(2026, 12, 3))
    answer(services, offer_id, "ikke_svart", "Ringt to ganger", on=dt.date(2026, 12, 3))
    assert services.allocation.offer(offer_id).state == "ikke_svart"
    assert status(services, place) == "ledig"


def test_that_a_person_may_choose_another_consequence(services, offered):
    _place, _entry, offer_id = offered
    answer(services, offer_id, "nei", "Vil ikke", consequence="vurder_bortfall")
    assert services.allocation.offer(offer_id).consequence == "vurder_bortfall"
    assert "folg_opp" in " ".join(kinds(services))


def test_that_an_offer_that_is_sent_is_withdrawn_only_with_a_letter(services, offered):
    _place, _entry, offer_id = offered
    found = services.allocation.offer(offer_id)
    with pytest.raises(UserError, match="Ferdigstill et brev"):
        services.allocation.withdraw_offer(offer_id, found.version, "Vannskade")


def test_that_a_prepared_offer_is_withdrawn_with_a_reason_and_stays_so(services):
    entry, place = waits(services), vacancy(services)
    offer = services.allocation.offer(choose(services, place, entry).id)
    saved = services.allocation.withdraw_offer(offer.id, offer.version, "Vannskade")
    assert status(services, place) == "ledig"
    with pytest.raises(UserError, match="kan ikke angres"):
        services.undo.undo(saved.event_id)
    assert choose(services, place, entry).event_id is not None
    assert len(services.allocation.offers_of_case(case_of(services, entry))) == 2
    assert services.allocation.offers(("trukket",)).total == 1


def test_that_a_masked_offer_tells_nothing(services, other_services, offered):
    place, entry, _offer_id = offered
    protect(services, applicant(services, entry), "fortrolig")
    row = other_services.allocation.offers().rows[0]
    assert (row.applicant, row.is_masked, row.case_id, row.letter_id) == ("Skjermet søker", True, None, None)
    assert other_services.allocation.vacancy(place).row.offer_to == "Skjermet søker"


def test_that_an_offer_to_somebody_strictly_confidential_is_not_told_of(services, other_services, offered):
    place, entry, _offer_id = offered
    protect(services, applicant(services, entry), "strengt_fortrolig")
    assert other_services.allocation.offers().total == 0
    found = other_services.allocation.vacancy(place)
    assert (found.row.offer_to, found.row.offer_id, found.offers) == ("", None, ())
    assert services.allocation.offers().total == 1


def test_that_a_vacancy_and_its_log_follow_the_dwelling_to_another_area(services, store):
    waits(services)
    home = dwelling(services)
    saved = services.allocation.report_vacancy(VacancyDraft(home))
    services.allocation.freeze(saved.id, saved.version)
    before = services.allocation.vacancy(saved.id).row
    draft = services.dwellings.detail(home).draft
    kroken = next(key for key, name in services.office.districts() if name == "Kroken")
    services.dwellings.change(replace(draft, district_id=kroken))
    after = services.allocation.vacancy(saved.id)
    assert (before.district, after.row.district) == ("Sentrum", "Kroken")
    assert services.allocation.frozen(after.shortlists[0].id).eligible == 1

    def scopes(view):
        place = select(Dwelling.list_scope_id).where(Dwelling.id == home)
        own = select(Vacancy.list_scope_id).where(Vacancy.id == saved.id)
        events = select(Event.read_scope_id).where(Event.subject_id == saved.id)
        return view.scalar(place), view.scalar(own), {row[0] for row in view.rows(events)}

    scope, own, events = store.read(services.user.id, scopes)
    assert (own, events) == (scope, {scope})


def test_that_terms_and_log_tell_no_name_and_every_verb_has_words(services, store, offered):
    _place, _entry, offer_id = offered
    answer(services, offer_id, "nei", "Vil bo nærmere broren")
    rows = store.read(
        services.user.id,
        lambda view: [(row.verb, row.params) for row in view.rows(select(Event.verb, Event.params))],
    )
    ours = [(verb, params) for verb, params in rows if verb in allocation_words.VERBS]
    assert {verb for verb, _params in ours} >= {
        "report_vacancy",
        "freeze_shortlist",
        "choose_candidate",
        "answer_offer",
    }
    for verb, params in ours:
        kind, title, text = allocation_words.words(verb, params)
        assert kind
        assert title
        assert "Hest" not in f"{title}{text}{params}"
        assert "broren" not in str(params)
