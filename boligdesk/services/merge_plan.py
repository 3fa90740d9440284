"""What the two files of one person say, line by line: what is equal, what is kept, what somebody must choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from boligdesk.domain.access import Right
from boligdesk.domain.catalog import AddressKind, IdentifierKind, NameKind, Protection
from boligdesk.services.errors import InvalidInput
from boligdesk.services.person_input import LONG_MAX
from boligdesk.services.person_words import FIELD_WORDS, field_words
from boligdesk.services.records.merging import (
    KEPT,
    MERGED,
    FieldState,
    MergeCount,
    MergeField,
    MergePlan,
    MergeSide,
    NameField,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boligdesk.services.records.merging import MergePerson, NumberMark
    from boligdesk.services.records.people import AddressDraft, IdentifierDraft, PersonDraft

#: A number further up replaces one further down when a person has both (a D-number ends with a fødselsnummer).
_RANKS = {
    IdentifierKind.FODSELSNUMMER: 0,
    IdentifierKind.SYNTHETIC: 0,
    IdentifierKind.D_NUMBER: 1,
    IdentifierKind.H_NUMBER: 2,
}
#: From here on a person may well have been given several.
_SEVERAL = 2
#: Fields that hold one value, copied or chosen; the precision follows its date.
_SCALARS = ("birth_on", "dead_on", "written_form", "interpreter_language", "wants_paper")
_COUNTED = {
    "names": "Navn",
    "identifiers": "Numre",
    "contacts": "Telefon og e-post",
    "addresses": "Adresser",
    "representatives": "Representanter",
    "households": "Husstander",
    "cases": "Saker",
    "notes": "Notater",
    "documents": "Dokumenter",
    "visits": "Besøk",
    "tasks": "Oppgaver",
}
_BOTH = "Begge beholdes."
_TWO_NUMBERS = "Mappene har hvert sitt gyldige {kind}. Da er det to forskjellige personer."
_NO_RIGHT = "Mappene har ulik adressesperre. Bare en som kan registrere adressesperre, kan slå dem sammen."
_RELATED = (
    "Den ene er representant for den andre, eller part i den andres sak. Da kan de ikke være samme person."
)
_TWO_OFFERS = "Begge har et tilbud om bolig som ikke er avklart. Avklar det ene tilbudet først."
SAME = "Du har valgt den samme mappen to ganger."
ALREADY = "De to mappene er allerede slått sammen."


@dataclass(frozen=True, slots=True)
class _Numbers:
    """How two sets of national numbers go together: ``winner`` is a side, "" = somebody chooses."""

    winner: str = KEPT
    note: str = ""
    refusal: str = ""
    clash: bool = False


def side(person: MergePerson) -> MergeSide:
    detail = person.detail
    return MergeSide(
        detail.id, detail.version, detail.name, detail.protection, detail.created_on, detail.changed_on
    )


def compare(
    kept: MergePerson, merged: MergePerson, rights: frozenset[Right], *, was_split: bool = False
) -> MergePlan:
    """The whole comparison. ``was_split``: the two were merged before, and taken apart again."""
    numbers = _numbers(kept.numbers, merged.numbers)
    here, there = kept.detail.draft, merged.detail.draft
    fields = [
        _name(here, there),
        *(_scalar(key, here, there) for key in ("birth_on", "dead_on")),
        _identifiers(here, there, numbers),
        _several("contacts", here, there),
        _addresses(here, there),
        _several("representatives", here, there),
        *(_scalar(key, here, there) for key in ("written_form", "interpreter_language", "wants_paper")),
        _unidentified(here, there),
        _remark(here, there),
        _protection(kept, merged),
    ]
    refusals = [numbers.refusal] if numbers.refusal else []
    if kept.level != merged.level and Right.PROTECT_PEOPLE not in rights:
        refusals.append(_NO_RIGHT)
    if kept.detail.id in merged.related or merged.detail.id in kept.related:
        refusals.append(_RELATED)
    if kept.has_offer and merged.has_offer:
        refusals.append(_TWO_OFFERS)
    return MergePlan(
        side(kept),
        side(merged),
        tuple(line for line in fields if line.kept or line.merged),
        tuple(
            MergeCount(key, label, kept.counts.get(key, 0), merged.counts.get(key, 0))
            for key, label in _COUNTED.items()
        ),
        tuple(refusals),
        tuple(_warnings(kept, merged, was_split=was_split)),
    )


def winners(
    plan: MergePlan, kept: MergePerson, merged: MergePerson, choices: Mapping[str, str]
) -> dict[str, str]:
    """Which side each single thing comes from. Raises InvalidInput for a choice that is missing or unknown."""
    for line in plan.to_choose:
        if choices.get(line.key) not in {KEPT, MERGED}:
            raise InvalidInput(
                line.key,
                f"Velg hva som skal gjelde for «{line.label.lower()}».",
                "Mappene sier ikke det samme.",
            )
    chosen = {line.key: choices[line.key] for line in plan.to_choose}
    numbers = _numbers(kept.numbers, merged.numbers)
    return {
        "names": KEPT,
        "addresses": KEPT,
        "identifiers": numbers.winner or KEPT,
        **chosen,
    }


def scalars(kept: PersonDraft, merged: PersonDraft, chosen: Mapping[str, str]) -> dict[str, Any]:
    """Columns of the kept person that get another value."""
    found: dict[str, Any] = {}
    for key in _SCALARS:
        here, there = getattr(kept, key), getattr(merged, key)
        if there is not None and (here is None or chosen.get(key) == MERGED):
            found[key] = int(there) if isinstance(there, bool) else there
            if key == "birth_on":
                found["birth_precision"] = merged.birth_precision
    if kept.is_unidentified and not merged.is_unidentified:
        found["is_unidentified"] = False
    remark = _joined_remark(kept, merged) if "remark" not in chosen else getattr(merged, "remark", "")
    if chosen.get("remark") != KEPT and remark != kept.remark:
        found["remark"] = remark
    return found


# -- lines ------------------------------------------------------------------------------------------


def _line(
    key: str, here: PersonDraft, there: PersonDraft, state: FieldState, note: str = "", kind: Any = MergeField
) -> MergeField:
    made: MergeField = kind(
        key, FIELD_WORDS[key], field_words(here, key), field_words(there, key), state, note
    )
    return made


def _scalar(key: str, here: PersonDraft, there: PersonDraft) -> MergeField:
    ours, theirs = getattr(here, key), getattr(there, key)
    if ours == theirs:
        return _line(key, here, there, FieldState.SAME)
    if ours is None or theirs is None:
        return _line(key, here, there, FieldState.KEEPS)
    return _line(key, here, there, FieldState.CHOOSE)


def _name(here: PersonDraft, there: PersonDraft) -> MergeField:
    official = [
        {
            (name.given.casefold(), name.middle.casefold(), name.family.casefold())
            for name in draft.names
            if name.valid_to is None and name.kind == NameKind.OFFICIAL
        }
        for draft in (here, there)
    ]
    if all(official) and official[0] != official[1]:
        note = "Det andre navnet blir stående som «kalles også»."
        return _line("names", here, there, FieldState.CHOOSE, note, NameField)
    return _lists("names", here, there, NameField)


def _several(key: str, here: PersonDraft, there: PersonDraft) -> MergeField:
    return _lists(key, here, there, NameField if key == "representatives" else MergeField)


def _lists(key: str, here: PersonDraft, there: PersonDraft, kind: Any = MergeField) -> MergeField:
    ours, theirs = field_words(here, key), field_words(there, key)
    if ours == theirs:
        return _line(key, here, there, FieldState.SAME, kind=kind)
    note = _BOTH if ours and theirs else ""
    return _line(key, here, there, FieldState.KEEPS, note, kind)


def _addresses(here: PersonDraft, there: PersonDraft) -> MergeField:
    homes = [
        {
            (home.street.casefold(), home.house_no, home.letter.casefold(), home.unit_no, home.postcode)
            for home in draft.addresses
            if home.valid_to is None and home.kind == AddressKind.HOME
        }
        for draft in (here, there)
    ]
    if all(homes) and any(_is_hidden(home) for draft in (here, there) for home in draft.addresses):
        note = "Adressen i mappen som beholdes, gjelder. Den andre blir stående med sluttdato."
        return _line("addresses", here, there, FieldState.KEEPS, note)
    if all(homes) and homes[0] != homes[1]:
        note = "Den andre adressen blir stående med sluttdato."
        return _line("addresses", here, there, FieldState.CHOOSE, note)
    return _lists("addresses", here, there)


def _is_hidden(home: AddressDraft) -> bool:
    """The address of somebody protected is not shown, so nobody can choose between the two."""
    return bool(getattr(home, "is_hidden", False))


def _identifiers(here: PersonDraft, there: PersonDraft, numbers: _Numbers) -> MergeField:
    ours, theirs = _number_words(here), _number_words(there)
    if numbers.clash and not numbers.winner and not numbers.refusal:
        state, note = FieldState.CHOOSE, "Det andre nummeret blir stående med sluttdato."
    elif not numbers.clash and ours == theirs:
        state, note = FieldState.SAME, ""
    else:
        state, note = FieldState.KEEPS, numbers.note or (_BOTH if ours and theirs else "")
    return MergeField(
        "identifiers", FIELD_WORDS["identifiers"], ours, theirs, state, "" if numbers.refusal else note
    )


def _number_words(draft: PersonDraft) -> str:
    live = [number for number in draft.identifiers if number.valid_to is None]
    return "; ".join(_number_word(number) for number in live)


def _number_word(number: IdentifierDraft) -> str:
    return f"{IdentifierKind(number.kind).label} {number.value}"


def _numbers(ours: tuple[NumberMark, ...], theirs: tuple[NumberMark, ...]) -> _Numbers:
    """Two valid numbers of the kind a person has one of are two people; otherwise the better kind holds."""
    if not ours or not theirs or {mark.mark for mark in ours} & {mark.mark for mark in theirs}:
        return _Numbers()
    here, there = min(ours, key=_rank), min(theirs, key=_rank)
    if _rank(here)[0] == _rank(there)[0] < _SEVERAL and here.is_valid and there.is_valid:
        word = IdentifierKind(here.kind).label
        kind = word if word.startswith("D-") else word.lower()
        return _Numbers(refusal=_TWO_NUMBERS.format(kind=kind), clash=True)
    if _rank(here)[0] == _rank(there)[0] or not (here.is_valid and there.is_valid):
        return _Numbers(winner="", clash=True)
    winner = KEPT if _rank(here) < _rank(there) else MERGED
    best = IdentifierKind((here if winner == KEPT else there).kind).label
    return _Numbers(winner, f"{best} gjelder. Det andre nummeret blir stående med sluttdato.", clash=True)


def _rank(number: NumberMark) -> tuple[int, int]:
    return _RANKS[IdentifierKind(number.kind)], int(not number.is_valid)


def _unidentified(here: PersonDraft, there: PersonDraft) -> MergeField:
    key = "is_unidentified"
    if not (here.is_unidentified or there.is_unidentified):
        return MergeField(key, FIELD_WORDS[key], "", "", FieldState.SAME)
    if here.is_unidentified == there.is_unidentified:
        return _line(key, here, there, FieldState.SAME)
    return _line(
        key, here, there, FieldState.KEEPS, "Identiteten er avklart i den ene mappen, og det gjelder."
    )


def _remark(here: PersonDraft, there: PersonDraft) -> MergeField:
    if here.remark == there.remark:
        return _line("remark", here, there, FieldState.SAME)
    if len(_joined_remark(here, there)) > LONG_MAX:
        return _line("remark", here, there, FieldState.CHOOSE)
    note = _BOTH if here.remark and there.remark else ""
    return _line("remark", here, there, FieldState.KEEPS, note, NameField)


def _joined_remark(here: PersonDraft, there: PersonDraft) -> str:
    if not there.remark or there.remark == here.remark:
        return here.remark
    return f"{here.remark}\n{there.remark}" if here.remark else there.remark


def _protection(kept: MergePerson, merged: MergePerson) -> MergeField:
    ours, theirs = (Protection.of_level(level).label if level else "" for level in (kept.level, merged.level))
    state = FieldState.SAME if kept.level == merged.level else FieldState.KEEPS
    note = "" if state is FieldState.SAME else "Den strengeste gjelder."
    return MergeField("protection", "Adressesperre", ours, theirs, state, note)


# -- what to think over -----------------------------------------------------------------------------


def _warnings(kept: MergePerson, merged: MergePerson, *, was_split: bool) -> list[str]:
    found = []
    here, there = kept.detail, merged.detail
    if was_split:
        found.append("De to mappene har vært slått sammen før, og noen skilte dem igjen.")
    if here.draft.birth_on and there.draft.birth_on and here.draft.birth_on != there.draft.birth_on:
        found.append("Fødselsdatoene er ulike. Se nøye etter at det er samme person.")
    homes = [
        {
            home.id
            for home in detail.households
            for member in home.members
            if member.person_id == detail.id and member.valid_to is None
        }
        for detail in (here, there)
    ]
    if homes[0] & homes[1]:
        found.append("Begge står i den samme husstanden nå. Se etter at det ikke er to som bor sammen.")
    open_cases = [sum(case.is_open for case in detail.cases) for detail in (here, there)]
    if all(open_cases):
        found.append(f"Begge har åpne saker. Personen får {sum(open_cases)} åpne saker etterpå.")
    return found
