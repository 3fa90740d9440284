"""The words of a match: what is wanted, what the dwelling has, and the sentence that says it. Bokmål."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.domain.allocation_catalog import MatchOutcome, NeedKey, NeedKind
from boligdesk.domain.households import join_words
from boligdesk.domain.match_checks import (
    ASK,
    CHECK,
    FAILS,
    MET,
    UNMET,
    WARN,
    Check,
    codes_in,
    fields_of,
    has_it,
    limit_of,
    number,
    shares,
    truth,
)
from boligdesk.domain.match_types import Entry, Has, Match, Share
from boligdesk.domain.money import format_kr

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.domain.match_types import Profile
    from boligdesk.domain.matching import Judge

_UNKNOWN = "Ukjent"
_OUTCOMES = {
    MET: MatchOutcome.MET,
    FAILS: MatchOutcome.NOT_MET,
    UNMET: MatchOutcome.NOT_MET,
    ASK: MatchOutcome.UNKNOWN,
    CHECK: MatchOutcome.TO_CHECK,
    WARN: MatchOutcome.TO_CHECK,
}
#: Need -> (subject of the sentence, what the dwelling has, what it lacks).
_YES_NO = {
    NeedKey.STEP_FREE: ("Trinnfri adkomst", "boligen er trinnfri", "boligen har ikke trinnfri adkomst"),
    NeedKey.WHEELCHAIR: (
        "Plass til rullestol",
        "boligen har plass til rullestol",
        "boligen har ikke plass til rullestol",
    ),
    NeedKey.STAFFED: (
        "Base eller bemanning",
        "boligen har base eller bemanning",
        "boligen har ikke base eller bemanning",
    ),
    NeedKey.SHIELDED: ("Skjermet bolig", "boligen ligger skjermet", "boligen ligger ikke skjermet"),
    NeedKey.PETS: ("Dyr", "dyr er tillatt i boligen", "dyr er ikke tillatt i boligen"),
}
_WANTED = {0: "Nei", 1: "Ja", 2: "Ønsker det"}


def matches(judge: Judge, entry: Entry) -> tuple[Match, ...]:
    return (*(_match(judge, check, entry) for check in judge.checks), _priority(judge, entry))


def failures(judge: Judge, entry: Entry) -> tuple[str, ...]:
    failing = [check for check in judge.checks if check.of(entry) == FAILS]
    return tuple(dict.fromkeys(_failure(judge, check, entry) for check in failing))


def missing_facts(judge: Judge) -> tuple[str, ...]:
    """A need is missing a fact when somebody with that need could not be answered."""
    found = []
    for check in judge.checks:
        key = check.need.key
        if key is NeedKey.HOUSEHOLD:
            continue  # the number of bedrooms is told once
        values = [getattr(judge.profile, name).value for name in fields_of(key)]
        if key is NeedKey.LIFT_OR_GROUND:
            lacks = has_it(check.need, judge.profile) is None
        elif key is NeedKey.NEIGHBOURHOOD:
            lacks = check.verdict() == CHECK
        else:
            lacks = None in values
        found += [check.need.label.nb] if lacks else []
    return tuple(found)


def _match(judge: Judge, check: Check, entry: Entry) -> Match:
    verdict = check.of(entry)
    wanted, has, says = _words(judge, check, entry, verdict)
    kind = _kind(check, entry, verdict)
    source, checked_on = _source(judge, check.need.key)
    return Match(
        check.need.key,
        kind,
        wanted,
        has,
        _OUTCOMES[verdict],
        source,
        checked_on,
        f"{says[0].upper()}{says[1:]}.",
    )


def _kind(check: Check, entry: Entry, verdict: int) -> NeedKind:
    """What this applicant has of it: an unmet absolute need may be another's wish."""
    if check.kind is NeedKind.NEIGHBOURHOOD:
        return check.kind
    if verdict == FAILS:
        return NeedKind.ABSOLUTE
    if verdict == UNMET or (check.need.key in _SIMPLE and entry[check.columns[0]] == 2):
        return NeedKind.WISH
    return check.kind


_SIMPLE = frozenset({*_YES_NO, NeedKey.LIFT_OR_GROUND})


def _words(judge: Judge, check: Check, entry: Entry, verdict: int) -> tuple[str, str, str]:
    """(wanted, has, sentence without its capital letter and full stop)."""
    key, profile = check.need.key, judge.profile
    if key is NeedKey.BEDROOMS:
        return _bedrooms(entry, profile, verdict)
    if key is NeedKey.HOUSEHOLD:
        return _household(judge, entry, verdict)
    if key is NeedKey.RENT:
        return _rent(entry, profile, verdict)
    if key is NeedKey.DISTRICT:
        return _district(entry, profile, verdict)
    if key is NeedKey.NEIGHBOURHOOD:
        return _neighbourhood(judge, verdict)
    return _yes_no(judge, check, entry, verdict)


def _span(least: int | None, most: int | None) -> str:
    if least is None or most is None:
        return f"minst {least}" if least is not None else f"høyst {most}" if most is not None else _UNKNOWN
    return str(least) if least == most else f"{least}–{most}"


def _bedrooms(entry: Entry, profile: Profile, verdict: int) -> tuple[str, str, str]:
    bedrooms = number(profile.bedrooms)
    wanted = _span(entry.bedrooms_min, entry.bedrooms_max)
    has = _UNKNOWN if bedrooms is None else str(bedrooms)
    if verdict == ASK:
        return wanted, has, "soverom: vi vet ikke sikkert hvor mange husstanden trenger"
    if verdict == CHECK:
        return wanted, has, "soverom: vi vet ikke hvor mange boligen har"
    return wanted, has, f"soverom: trenger {wanted}, boligen har {has}"


def _household(judge: Judge, entry: Entry, verdict: int) -> tuple[str, str, str]:
    bedrooms = number(judge.profile.bedrooms)
    row = None if bedrooms is None else judge.rules.bedroom_norm.row(bedrooms)
    wanted = _UNKNOWN if entry.persons is None else f"{entry.persons} pers."
    if row is None:
        is_for = _UNKNOWN
    elif row.persons_max is None:
        is_for = f"{row.persons_min} eller flere"
    else:
        is_for = _span(row.persons_min, row.persons_max)
    has = is_for if row is None else f"{is_for} pers."
    if verdict == ASK:
        return wanted, has, "husstand: vi vet ikke hvor mange som skal bo i boligen"
    if verdict == CHECK:
        return wanted, has, "husstand: vi vet ikke hvor mange boligen er for"
    people = "1 person" if entry.persons == 1 else f"{entry.persons} personer"
    said = f"husstand: {people}, boligen er for {is_for}"
    if verdict == MET and row is not None and (entry.persons or 0) < row.persons_min:
        said += ". Behovet for soverom er vurdert for seg"
    return wanted, has, said


def _rent(entry: Entry, profile: Profile, verdict: int) -> tuple[str, str, str]:
    rent = number(profile.rent_ore)
    wanted = _UNKNOWN if entry.max_rent_ore is None else f"høyst {format_kr(entry.max_rent_ore)}"
    has = _UNKNOWN if rent is None else format_kr(rent)
    if verdict == ASK:
        return wanted, has, "husleie: vi vet ikke hvor mye søkeren kan betale"
    if verdict == CHECK:
        return wanted, has, "husleie: vi vet ikke hva boligen koster"
    return wanted, has, f"husleie: søkeren kan betale {wanted}, boligen koster {has}"


def _district(entry: Entry, profile: Profile, verdict: int) -> tuple[str, str, str]:
    here = profile.district.value
    has = profile.district_name or (_UNKNOWN if here is None else str(here))
    if here is not None and here in codes_in(entry.districts_no):
        return "Ikke her", has, f"område: søkeren har sagt nei til {has}"
    if verdict == ASK:
        return _UNKNOWN, has, "område: vi vet ikke hvor søkeren vil bo"
    wishes = codes_in(entry.districts_wish)
    wanted = ("Her" if here in wishes else "Et annet sted") if wishes else "Hvor som helst"
    if verdict == CHECK:
        return wanted, has, "område: vi vet ikke hvor boligen ligger"
    if verdict == MET:
        said = f"søkeren ønsker {has}" if wishes else "søkeren kan bo hvor som helst"
        return wanted, has, f"område: {said}"
    return wanted, has, f"område: boligen ligger i {has}, søkeren ønsker et annet sted"


def _neighbourhood(judge: Judge, verdict: int) -> tuple[str, str, str]:
    shown = shares(judge.rules, judge.profile)
    limit = judge.rules.neighbourhood.limit_percent
    if verdict == CHECK or not shown:
        return f"høyst {limit} %", _UNKNOWN, "bomiljø: vi vet ikke hvor mange av boligene som er kommunale"
    place, share, is_over = next((found for found in shown if found[2]), shown[0])
    limit = limit_of(judge.rules, share)
    percent = _percent(share, limit)
    has = f"{share.municipal} av {share.total} ({percent} %)"
    verdict_words = f"over grensen på {limit} %" if is_over else f"innenfor grensen på {limit} %"
    return (
        f"høyst {limit} %",
        has,
        (f"{place.lower()}: {share.municipal} av {share.total} er kommunale ({percent} %), {verdict_words}"),
    )


def _percent(share: Share, limit: int) -> str:
    """Whole per cent; with a decimal when rounding would hide which side of the limit it is on."""
    part, whole = share.municipal or 0, share.total or 1
    rounded = (part * 200 + whole) // (2 * whole)
    if rounded != limit or part * 100 == limit * whole:
        return str(rounded)
    tenths = -(-part * 1000 // whole) if part * 100 > limit * whole else part * 1000 // whole
    return f"{tenths // 10},{tenths % 10}"


def _yes_no(judge: Judge, check: Check, entry: Entry, verdict: int) -> tuple[str, str, str]:
    key = check.need.key
    has = has_it(check.need, judge.profile)
    if key is NeedKey.LIFT_OR_GROUND:
        subject, has_words, lacks_words, shown = _lift(judge.profile, check)
    else:
        subject, has_words, lacks_words = _YES_NO[key]
        shown = _UNKNOWN if has is None else "Ja" if has else "Nei"
    need = entry[check.columns[0]]
    wanted = _WANTED.get(need, _UNKNOWN) if isinstance(need, int) else _UNKNOWN
    is_pets = key is NeedKey.PETS
    if verdict == ASK:
        said = "vi vet ikke om søkeren har dyr" if is_pets else "vi vet ikke om søkeren trenger det"
    elif need == 0:
        said = "søkeren har ikke dyr" if is_pets else "søkeren trenger det ikke"
    elif verdict == CHECK:
        said = "vi vet ikke om dyr er tillatt" if is_pets else "vi vet ikke om boligen har det"
    else:
        said = has_words if has else lacks_words
    return wanted, shown, f"{subject[0].lower()}{subject[1:]}: {said}"


def _lift(profile: Profile, check: Check) -> tuple[str, str, str, str]:
    lift, floor = truth(profile.lift), number(profile.floor)
    is_ground = floor is not None and floor in check.need.ground_floors
    if is_ground:
        has, shown = f"boligen ligger i {floor}. etasje", f"{floor}. etasje"
    elif lift:
        has, shown = "boligen har heis", "Heis"
    else:
        has = ""
        known = lift is False and floor is not None
        shown = f"{floor}. etasje uten heis" if known and (floor or 0) > 0 else _UNKNOWN
    return "Heis eller første etasje", has, f"boligen ligger i {floor}. etasje uten heis", shown


def _failure(judge: Judge, check: Check, entry: Entry) -> str:
    """What is wrong with the dwelling for this applicant: «boligen er for stor»."""
    key, profile = check.need.key, judge.profile
    bedrooms = number(profile.bedrooms)
    if key is NeedKey.BEDROOMS:
        is_small = bedrooms is not None and entry.bedrooms_min is not None and bedrooms < entry.bedrooms_min
        return "boligen har for få soverom" if is_small else "boligen er for stor"
    if key is NeedKey.HOUSEHOLD:
        row = None if bedrooms is None else judge.rules.bedroom_norm.row(bedrooms)
        is_large = row is not None and (entry.persons or 0) < row.persons_min
        return "boligen er for stor" if is_large else "boligen er for liten for husstanden"
    if key is NeedKey.RENT:
        return "husleien er høyere enn søkeren kan betale"
    if key is NeedKey.DISTRICT:
        refused = profile.district.value in codes_in(entry.districts_no)
        return "søkeren har sagt nei til området" if refused else "søkeren ønsker et annet område"
    return _lift(profile, check)[2] if key is NeedKey.LIFT_OR_GROUND else _YES_NO[key][2]


def _source(judge: Judge, key: NeedKey) -> tuple[str, dt.date | None]:
    """The dwelling's source: of several facts, the one that is known and was checked first."""
    known: list[Has] = [getattr(judge.profile, name) for name in fields_of(key)]
    found = [has for has in known if has.value is not None]
    if key is NeedKey.LIFT_OR_GROUND and truth(judge.profile.lift):
        found = [judge.profile.lift]
    if not found:
        return "", None
    dated = [has.checked_on for has in found if has.checked_on is not None]
    sources = dict.fromkeys(has.source for has in found if has.source)
    return join_words(list(sources)), min(dated) if dated else None


def _priority(judge: Judge, entry: Entry) -> Match:
    label = entry.priority_label or ("" if entry.priority_rank is None else str(entry.priority_rank))
    is_known = entry.priority_rank is not None
    words = label if label.startswith("Prioritet") else f"Prioritet {label}"
    said = f"{words.removesuffix('.')}." if label else ""
    return Match(
        NeedKind.PRIORITY.value,
        NeedKind.PRIORITY,
        "",
        label or _UNKNOWN,
        MatchOutcome.MET if is_known else MatchOutcome.UNKNOWN,
        judge.rules.name,
        None,
        said or "Prioriteten er ikke satt.",
    )
