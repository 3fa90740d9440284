"""What each act of allocation is called in the timeline and in the log, and the words of a queue row. Never a name."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from boligdesk.domain.allocation_catalog import Consequence, NeedKey, OfferAnswer, WaitingState
from boligdesk.domain.calendar import long_date

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

#: verb -> (kind for icon and filter, title).
VERBS: dict[str, tuple[str, str]] = {
    "report_vacancy": ("bolig", "Boligen er meldt ledig"),
    "change_vacancy": ("bolig", "Meldingen om ledig bolig er endret"),
    "withdraw_vacancy": ("bolig", "Boligen er trukket fra tildeling"),
    "set_demands": ("bolig", "Kravene til boligen er endret"),
    "freeze_shortlist": ("bolig", "Et forslag til tildeling er lagret"),
    "send_to_team": ("bolig", "Forslaget er sendt til inntaksteamet"),
    "choose_candidate": ("bolig", "Søkeren er valgt til en bolig"),
    "answer_offer": ("bolig", "Søkeren har svart på tilbudet"),
    "withdraw_offer": ("bolig", "Tilbudet er trukket"),
    "join_waiting": ("status", "Satt på ventelisten"),
    "change_priority": ("status", "Prioriteten er endret"),
    "pause_waiting": ("status", "Satt på pause i ventelisten"),
    "resume_waiting": ("status", "Tilbake på ventelisten"),
    "leave_waiting": ("status", "Ute av ventelisten"),
}

#: Acts that are put right by a new act, never taken back by «Angre», and what to do instead.
NEVER_UNDONE: dict[str, str] = {
    "withdraw_vacancy": "Meld boligen ledig på nytt.",
    "freeze_shortlist": "Forslaget blir stående. Lag et nytt forslag i stedet.",
    "withdraw_offer": "Velg søkeren på nytt i Tildeling.",
}

#: Taking these acts back can itself not be taken back: what was free may have gone to somebody else.
NO_REDO: dict[str, str] = {
    "report_vacancy": "Meld boligen ledig på nytt.",
    "choose_candidate": "Velg søkeren på nytt i Tildeling.",
    "answer_offer": "Registrer svaret på nytt.",
    "join_waiting": "Sett søkeren på ventelisten på nytt.",
    "leave_waiting": "Ta søkeren ut av ventelisten på nytt.",
}

_NEEDS = {
    "lift_or_ground": "heis / 1. et.",
    "step_free": "trinnfri",
    "wheelchair": "rullestol",
    "staffed": "bemanning",
    "shielded": "skjerming",
    "pets": "dyr",
}


def words(verb: str, params: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """(kind, title, text) of one event; None for a verb of somebody else's."""
    if verb not in VERBS:
        return None
    kind, title = VERBS[verb]
    said = [part for part in (_what(verb, params), *_days(params)) if part]
    text = ". ".join(part[:1].upper() + part[1:].removesuffix(".") for part in said)
    reason = str(params.get("reason") or "").strip()
    text = ". ".join(part for part in (text, reason) if part)
    return kind, title, f"{text.removesuffix('.')}." if text else ""


def _what(verb: str, params: Mapping[str, Any]) -> str:
    teller = _TOLD.get(verb)
    if teller is not None:
        return teller(params)
    state = params.get("state")
    return WaitingState(str(state)).label if state in WaitingState.codes() else ""


def _frozen(params: Mapping[str, Any]) -> str:
    return f"forslag {params.get('no')}: {params.get('eligible')} av {params.get('considered')} søkere er aktuelle"


def _sent(params: Mapping[str, Any]) -> str:
    count = params.get("count")
    return "1 søker" if count == 1 else f"{count} søkere"


def _answer(params: Mapping[str, Any]) -> str:
    answer, consequence = str(params.get("answer", "")), str(params.get("consequence") or "")
    said = OfferAnswer(answer).label if answer in OfferAnswer.codes() else ""
    if consequence in Consequence.codes():
        said = f"{said}. {Consequence(consequence).label}"
    return said


def _demands(params: Mapping[str, Any]) -> str:
    groups = (("require", "absolutt krav"), ("wish", "ønske"), ("ignore", "ikke med"))
    said = []
    for key, word in groups:
        labels = [NeedKey(str(code)).label.lower() for code in params.get(key, ()) if code in NeedKey.codes()]
        said += [f"{word}: {', '.join(labels)}"] if labels else []
    return "; ".join(said) or "som reglene sier"


_TOLD: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "choose_candidate": lambda params: f"nr. {params['rank']} i forslaget" if params.get("rank") else "",
    "answer_offer": _answer,
    "freeze_shortlist": _frozen,
    "send_to_team": _sent,
    "set_demands": _demands,
    "change_priority": lambda params: f"fra {params.get('old')} til {params.get('new')}",
    "join_waiting": lambda params: f"prioritet {params.get('class')}",
}


def _days(params: Mapping[str, Any]) -> list[str]:
    found = []
    for key, word in (
        ("free_from", "ledig fra"),
        ("answered_on", "svarte"),
        ("until", "til"),
        ("since", "har ventet siden"),
    ):
        try:
            found.append(f"{word} {long_date(dt.date.fromisoformat(str(params.get(key))))}")
        except ValueError:
            continue
    return found


# -- a row of the queue ---------------------------------------------------------------------------


def priority_text(code: str, reasons: Sequence[str] = ()) -> str:
    """«A – barn, må ut 15. des.»; the class alone when nothing more is to be said."""
    return f"{code} – {', '.join(reasons)}" if reasons else code


def why_here(code: str, reasons: Sequence[str] = ()) -> str:
    """«Prioritet A: barn, må ut 15. des.», as the last column of a shortlist says it."""
    return f"Prioritet {code}: {', '.join(reasons)}" if reasons else f"Prioritet {code}"


def need_text(bedrooms_min: int | None, bedrooms_max: int | None, needs: Mapping[str, int | None]) -> str:
    """«3 sov · heis / 1. et. · ønsker rullestol». ``needs``: column -> 1 absolute, 2 wish, 0 none, None unknown."""
    if bedrooms_min is None and bedrooms_max is None:
        said = []
    elif bedrooms_min == bedrooms_max:
        said = [f"{bedrooms_min} sov"]
    elif bedrooms_max is None:
        said = [f"minst {bedrooms_min} sov"]
    elif bedrooms_min is None:
        said = [f"høyst {bedrooms_max} sov"]
    else:
        said = [f"{bedrooms_min}–{bedrooms_max} sov"]
    said += [word for column, word in _NEEDS.items() if needs.get(column) == 1]
    said += [f"ønsker {word}" for column, word in _NEEDS.items() if needs.get(column) == 2]
    return " · ".join(said)
