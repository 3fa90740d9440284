"""What the applicants of the practice office have answered. Somebody has not said everything, as in life."""

from __future__ import annotations

import datetime as dt

from boligdesk.services.records.common import FactDraft

#: Cases where nobody has asked about income or the ground for residence yet.
_SILENT = frozenset({26, 28, 33, 37, 39, 40, 46, 49, 52})
#: Cases of people who live well and earn enough: the answer will be no.
_HOUSED = frozenset({22, 24, 25, 27})


def application_facts(number: int, received: dt.date) -> tuple[FactDraft, ...]:
    """The answers in the application of the case with this number in the story."""
    facts = [
        FactDraft("bedrooms", "kjent", (1, 2, 3, 2)[number % 4], "soknad", received),
        FactDraft(
            "housing_now",
            "kjent",
            "leier_privat"
            if number in _HOUSED
            else ("leier_privat", "hos_familie", "midlertidig", "leier_kommunalt")[number % 4],
            "soknad",
            received,
        ),
        FactDraft(
            "income_kind",
            "kjent",
            ("arbeid", "aap", "introduksjonsstonad", "uforetrygd")[number % 4],
            "soknad",
            received,
        ),
        FactDraft("botid_since", "kjent", dt.date(2019 + number % 6, 2, 12), "register", received),
    ]
    if number % 5 == 0:
        facts.append(FactDraft("lift_or_ground", "ukjent", None, "soknad", received))
    else:
        facts.append(FactDraft("lift_or_ground", "kjent", number % 2, "soknad", received))
    if number % 3 == 0 and number not in _HOUSED:
        facts.append(FactDraft("must_leave_by", "kjent", dt.date(2026, 12, 15), "dokument", received))
    if number % 4 == 1:
        facts.append(
            FactDraft("areas_wanted", "kjent", "Kroken og Tromsdalen, nær skolen", "soknad", received)
        )
    if number not in _SILENT:
        facts += _economy(number, received)
    return tuple(facts)


def _economy(number: int, received: dt.date) -> list[FactDraft]:
    income = 3_980_000 if number in _HOUSED else 1_840_000 + number % 7 * 135_000
    ground = ("norsk", "norsk", "permanent", "eos", "kollektiv")[number % 5]
    facts = [
        FactDraft("income_month", "kjent", income, "dokument", received),
        FactDraft("max_rent", "kjent", 780_000 + number % 5 * 90_000, "soknad", received),
        FactDraft("residence_basis", "kjent", ground, "register", received),
        FactDraft("step_free", "kjent", int(number % 7 == 2), "soknad", received),
        FactDraft("pets", "kjent", "katt" if number % 8 == 5 else "nei", "soknad", received),
    ]
    if number % 4 in {0, 3}:
        facts.append(FactDraft("notice_given", "kjent", int(number not in _HOUSED), "dokument", received))
    if number >= 20:  # those before have a household of their own in the register
        facts.append(FactDraft("adults", "kjent", 1 + number % 2, "soknad", received))
        facts.append(FactDraft("children", "kjent", number // 2 % 3, "soknad", received))
    return facts
