"""One dwelling and one applicant it is right for, as the tests of matching use them."""

from __future__ import annotations

import datetime as dt

from boligdesk.domain.matching import Entry, Has, Profile, Share
from boligdesk.domain.rule_sets import shipped

RULES = shipped()[-1]
NEEDS = ("step_free", "wheelchair", "staffed", "shielded", "pets")
CHECKED = dt.date(2026, 11, 12)
SINCE = dt.date(2026, 10, 26).toordinal()

#: Eksempelveien 12 B: three bedrooms, second floor with a lift, Kroken.
DWELLING = Profile(
    bedrooms=Has(3, "Register", CHECKED),
    floor=Has(2, "Register", CHECKED),
    lift=Has(1, "Befaring", CHECKED),
    step_free=Has(1, "Befaring", CHECKED),
    wheelchair=Has(0, "Befaring", CHECKED),
    staffed=Has(0, "Register", CHECKED),
    shielded=Has(0, "Register", CHECKED),
    pets=Has(0, "Register", CHECKED),
    rent_ore=Has(984_000, "Register", CHECKED),
    district=Has("kro", "Register", CHECKED),
    district_name="Kroken",
    entrance=Share(2, 12),
)
NONE = dict.fromkeys((*NEEDS, "lift_or_ground"), 0)
HEST = Entry(
    "hest",
    1,
    "A – barn, må ut 15. des.",
    SINCE,
    3,
    3,
    5,
    1_100_000,
    **{**NONE, "lift_or_ground": 1},
    districts_wish="kro tro",
    districts_no="",
)


def like(entry_id, **changes):
    return HEST._replace(id=entry_id, **changes)
