"""What a cell and the panel «Hvorfor er X nr. 1?» say."""

from __future__ import annotations

import pytest

from boligdesk.domain.matching import Has, Profile, rank, why
from boligdesk.domain.matching import compile as compiled
from tests.domain.allocating import CHECKED, DWELLING, HEST, RULES, SINCE, like


def rows(entry=HEST, profile=DWELLING):
    return {row.need: row for row in compiled(RULES, profile).matches(entry)}


def test_that_each_cell_tells_what_is_wanted_had_and_where_it_is_from():
    told = {key: (row.wanted, row.has, row.outcome.value, row.sentence) for key, row in rows().items()}
    assert told == {
        "soverom": ("3", "3", "oppfylt", "Soverom: trenger 3, boligen har 3."),
        "husstand": ("5 pers.", "4–6 pers.", "oppfylt", "Husstand: 5 personer, boligen er for 4–6."),
        "heis_eller_1": ("Ja", "Heis", "oppfylt", "Heis eller første etasje: boligen har heis."),
        "trinnfri": ("Nei", "Ja", "oppfylt", "Trinnfri adkomst: søkeren trenger det ikke."),
        "rullestol": ("Nei", "Nei", "oppfylt", "Plass til rullestol: søkeren trenger det ikke."),
        "bemanning": ("Nei", "Nei", "oppfylt", "Base eller bemanning: søkeren trenger det ikke."),
        "skjerming": ("Nei", "Nei", "oppfylt", "Skjermet bolig: søkeren trenger det ikke."),
        "dyr": ("Nei", "Nei", "oppfylt", "Dyr: søkeren har ikke dyr."),
        "husleie": (
            "høyst 11\u00a0000\u00a0kr",
            "9\u00a0840\u00a0kr",
            "oppfylt",
            "Husleie: søkeren kan betale høyst 11\u00a0000\u00a0kr, boligen koster 9\u00a0840\u00a0kr.",
        ),
        "omrade": ("Her", "Kroken", "oppfylt", "Område: søkeren ønsker Kroken."),
        "bomiljo": (
            "høyst 25 %",
            "2 av 12 (17 %)",
            "oppfylt",
            "Oppgangen: 2 av 12 er kommunale (17 %), innenfor grensen på 25 %.",
        ),
        "prioritet": ("", "A – barn, må ut 15. des.", "oppfylt", "Prioritet A – barn, må ut 15. des."),
    }
    lift = rows()["heis_eller_1"]
    assert (lift.source, lift.checked_on) == ("Befaring", CHECKED)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"bedrooms_min": 1, "bedrooms_max": 1, "persons": 2}, "Ikke aktuell: boligen er for stor"),
        ({"bedrooms_min": 4, "bedrooms_max": 4}, "Ikke aktuell: boligen har for få soverom"),
        ({"persons": 9}, "Ikke aktuell: boligen er for liten for husstanden"),
        ({"wheelchair": 1}, "Ikke aktuell: boligen har ikke plass til rullestol"),
        ({"pets": 1}, "Ikke aktuell: dyr er ikke tillatt i boligen"),
        ({"max_rent_ore": 1}, "Ikke aktuell: husleien er høyere enn søkeren kan betale"),
        ({"districts_no": "kro"}, "Ikke aktuell: søkeren har sagt nei til området"),
        ({}, ""),
    ],
)
def test_that_the_row_of_somebody_excluded_says_why(changes, reason):
    assert compiled(RULES, DWELLING).reason(like("x", **changes)) == reason


def test_that_a_floor_without_a_lift_is_named():
    judge = compiled(RULES, Profile(lift=Has(0), floor=Has(3)))
    assert judge.reason(HEST) == "Ikke aktuell: boligen ligger i 3. etasje uten heis"
    assert judge.matches(HEST)[2].has == "3. etasje uten heis"


def explained(entry_id, *entries):
    ranking = rank(entries, compiled(RULES, DWELLING))
    return why(next(entry for entry in entries if entry.id == entry_id), ranking)


def test_that_number_one_is_told_against_the_next():
    other = like("maane", priority_rank=2, priority_label="B – sagt opp", waiting_since=1)
    assert explained("hest", HEST, other) == (
        "Nr. 1 av 2 som er aktuelle.",
        "Prioritet A – barn, må ut 15. des.",
        "Foran nr. 2, som har lavere prioritet (B).",
        "Ventetid teller bare når alt annet er likt.",
    )
    assert explained("maane", HEST, other)[2] == "Bak nr. 1, som har høyere prioritet (A)."


def test_that_wishes_and_waiting_time_are_told_when_they_decide():
    elsewhere = like("x", districts_wish="kva", waiting_since=1)
    later = like("y", waiting_since=SINCE + 7)
    same = like("z", waiting_since=SINCE + 7)
    entries = (HEST, elsewhere, later, same)
    assert explained("hest", *entries)[2] == (
        "Foran nr. 2, som har ventet kortere (her: siden 26. oktober 2026)."
    )
    assert explained("y", *entries)[2:4] == (
        "Bak nr. 1, som har ventet lenger (her: siden 2. november 2026).",
        "Foran nr. 3, men de to står likt. Da avgjør en fast rekkefølge, ikke en vurdering.",
    )
    assert explained("x", *entries)[2] == "Bak nr. 3, som har færre ønsker som ikke er oppfylt (her: ett)."


def test_that_missing_facts_are_told_and_not_held_against_anybody():
    told = explained("x", like("x", pets=None, persons=None))
    assert told[0] == "Den eneste som er aktuell."
    assert told[-1] == "2 opplysninger mangler. Det som mangler, er ikke regnet som et nei."


def test_that_somebody_excluded_gets_every_reason_and_a_stranger_is_said_so():
    small = like("sky", bedrooms_min=1, bedrooms_max=1, persons=2, pets=1)
    assert explained("sky", HEST, small) == (
        "Ikke aktuell: boligen er for stor.",
        "I tillegg: dyr er ikke tillatt i boligen.",
        "3 absolutte krav er ikke oppfylt.",
    )
    one = like("en", pets=1)
    assert explained("en", one)[-1] == "Det er det eneste absolutte kravet som ikke er oppfylt."
    assert why(like("ukjent"), rank([HEST], compiled(RULES, DWELLING))) == (
        "Søkeren er ikke med i dette forslaget.",
    )


@pytest.mark.parametrize("label", ["B – sagt opp", "Prioritet B: sagt opp, barn", "B"])
def test_that_nothing_is_told_of_anybody_else_but_place_and_class(label):
    other = like("x", priority_rank=2, priority_label=label)
    assert explained("hest", HEST, other)[2] == "Foran nr. 2, som har lavere prioritet (B)."
    assert "hest" not in " ".join(explained("hest", HEST, other)).casefold()
