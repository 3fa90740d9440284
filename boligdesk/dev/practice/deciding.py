"""Assessments of the practice office and its letters in every state, written as the staff would have done it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from boligdesk.dev.practice import reasons
from boligdesk.dev.practice.builder import PRACTICE_LOGIN, TODAY, Act, Builder
from boligdesk.domain.allocation_catalog import ConditionOutcome
from boligdesk.domain.catalog import TrackLaw, WrittenForm
from boligdesk.domain.letters import LETTERS, Approval, LetterKind
from boligdesk.resources import resource_path
from boligdesk.services.records.assessment import ConclusionDraft, ConditionDraft, Terms
from boligdesk.services.records.letters import LetterDraft, LetterTexts

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.desk import Services
    from boligdesk.services.records.papers import LetterValue

_COLLEAGUE = {"jonas": "marit", "marit": PRACTICE_LOGIN, PRACTICE_LOGIN: "marit"}
_LOCAL, _REFUSED = TrackLaw.LOCAL_RULES.value, "avslag"
#: The condition that is not met where the answer is no; no fact can show it, so a person judges it.
_FAILS = {_LOCAL: "kan_ikke_selv", TrackLaw.BOLIGSOSIALLOVEN.value: "vanskeligstilt"}
_NEXT_WEEKS = dt.timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Letter:
    """What has become of one letter. ``case``: its number in the story; ``ago``: days since the last step."""

    case: int
    kind: str
    state: str
    ago: int


#: Both legal questions, both written forms (22 and 40 write nynorsk), every state.
LETTERS_WRITTEN = (
    Letter(15, "innvilgelse_bolig", "sendt", 18),
    Letter(16, "innvilgelse_bolig", "sendt", 11),
    Letter(17, "innvilgelse_bolig", "sendt", 7),
    Letter(19, "vedtak_bistand", "sendt", 5),
    Letter(22, "avslag_bolig", "sendt", 12),
    Letter(41, "forelopig_svar", "sendt", 6),
    Letter(37, "mangler", "sendt", 6),
    Letter(40, "mangler", "sendt", 7),
    Letter(29, "vedtak_bistand", "trukket", 4),
    Letter(18, "innvilgelse_bolig", "ferdigstilt", 0),
    Letter(35, "forelopig_svar", "ferdigstilt", 0),
    Letter(24, "avslag_bolig", "godkjent", 0),
    Letter(23, "innvilgelse_bolig", "til_godkjenning", 0),
    Letter(25, "avslag_bistand", "til_godkjenning", 0),
    Letter(27, "avslag_bolig", "sendt_tilbake", 1),
    Letter(21, "innvilgelse_bolig", "kladd", 1),
    Letter(36, "forelopig_svar", "kladd", 1),
    Letter(39, "mangler", "kladd", 1),
)
#: Judged in part; judged and concluded, with no letter yet.
_BEGUN, _CONCLUDED = (28, 30, 31), (20,)


def decide(builder: Builder) -> list[Act]:
    """The letterhead and the rules at once; what is assessed and written, as acts of the days to come."""
    builder.clock.set(dt.date(2026, 1, 2), 9)
    leader = builder.desks[PRACTICE_LOGIN]
    leader.letters.save_letterhead(dict(reasons.LETTERHEAD))
    rules = resource_path("rules", "allocation", "ovelse_2026.json")
    leader.assessment.adopt_rules(
        rules.read_text("utf-8"), "Kommunestyret vedtok reglene før nyttår, for hele 2026."
    )
    acts = [Act(letter.ago, partial(_tell, builder, letter)) for letter in LETTERS_WRITTEN]
    acts += [Act(1, partial(_conclude_only, builder, number)) for number in _CONCLUDED]
    acts += [Act(4, partial(_begin, builder, number)) for number in _BEGUN]
    return acts


def _conclude_only(builder: Builder, number: int) -> None:
    builder.clock.set(TODAY - dt.timedelta(days=1), 13)
    assess(builder.desks[builder.login_of(number)], builder.cases[number], _LOCAL, "innvilgelse", number)


def _begin(builder: Builder, number: int) -> None:
    builder.clock.set(TODAY - dt.timedelta(days=4), 13)
    _judge(builder.desks[builder.login_of(number)], builder.cases[number], _LOCAL, at_most=3)


# -- assessing ----------------------------------------------------------------------------------


def assess(desk: Services, case: UUID, law: str, outcome: str, number: int) -> UUID:
    """Judge every condition of a question and conclude it; returns the track."""
    _judge(desk, case, law, _FAILS[law] if outcome == _REFUSED else "")
    found = desk.assessment.of_case(case)
    track = next(one for one in found.tracks if one.law == law)
    form = _form(found.written_form)
    said, wishes = reasons.CONCLUSIONS[outcome, form], reasons.WISHES[form]
    draft = ConclusionDraft(
        outcome,
        said[number % len(said)],
        wishes_text=wishes[number % len(wishes)],
        other_help_text=reasons.OTHER_HELP[form] if outcome == _REFUSED else "",
        children_text=reasons.CHILDREN[form] if found.has_children else "",
        main_content=reasons.HELP[form] if law != _LOCAL and outcome != _REFUSED else (),
        terms=_sized(track.terms),
    )
    desk.assessment.conclude(case, track.id, track.version, draft)
    return track.id


def _judge(desk: Services, case: UUID, law: str, fails: str = "", at_most: int = 99) -> None:
    """What the facts show is accepted; the rest is judged by hand. ``fails``: the condition that is not met."""
    found = desk.assessment.of_case(case)
    track = next(one for one in found.tracks if one.law == law)
    form, version = _form(found.written_form), track.version
    rows = track.conditions[:at_most]
    shown = [one.key for one in rows if one.suggested == ConditionOutcome.MET and one.key != fails]
    if shown:
        version = desk.assessment.accept_suggestions(case, track.id, version, shown).version
    for key in (one.key for one in rows if one.key not in shown and at_most > len(rows)):
        outcome = "ikke_oppfylt" if key == fails else "oppfylt"
        draft = ConditionDraft(key, outcome, reasons.JUDGED[outcome, form])
        version = desk.assessment.assess(case, track.id, version, draft).version


def _sized(terms: Terms) -> Terms:
    """The suggested terms with rooms and area to go with the bedrooms."""
    bedrooms = terms.bedrooms_max or 1
    return replace(
        terms, bedrooms_min=bedrooms, bedrooms_max=bedrooms, rooms=bedrooms + 1, area_m2=30 + bedrooms * 16
    )


def _form(written: str) -> str:
    return "nn" if written == WrittenForm.NYNORSK else "nb"


# -- letters ------------------------------------------------------------------------------------


def _tell(builder: Builder, letter: Letter) -> None:
    """Assess what the letter tells of, write it, and take it as far as it has come."""
    login = builder.login_of(letter.case)
    desk, case = builder.desks[login], builder.cases[letter.case]
    last = TODAY - dt.timedelta(days=letter.ago)
    builder.clock.set(last - dt.timedelta(days=2 if last.weekday() > 1 else 4), 13)
    spec, track = LETTERS[LetterKind(letter.kind)], None
    if spec.track is not None:
        track = assess(desk, case, spec.track.value, spec.outcomes[0], letter.case)
    items = reasons.MISSING if letter.kind == LetterKind.MISSING_INFORMATION else {}
    form = _form(desk.assessment.of_case(case).written_form)
    draft = LetterDraft(case, letter.kind, track_id=track, items=items.get(form, ()))
    written = write(desk, draft)
    builder.clock.set(last, 8 if letter.ago == 0 else 10)
    bring(builder, login, written, letter.state)


def write(desk: Services, draft: LetterDraft) -> tuple[UUID, int, str]:
    """(letter, version, approval) of a draft with everything in it that its writer adds."""
    letter = desk.letters.start(draft).id
    now = desk.letters.reread(letter)
    form = now.language
    own = {
        "svar_grunn": reasons.WHY_LATE[form],
        "mangler_hvorfor": reasons.WHY_MISSING[form],
        "visning": reasons.VIEWING[form],
    }
    texts = {free.key: own[free.key] for free in now.free_texts if free.key in own}
    choices: dict[str, LetterValue] = {}
    if draft.kind == LetterKind.INTERIM_REPLY:
        choices["ventet_svar"] = TODAY + _NEXT_WEEKS
    saved = desk.letters.save(letter, now.version, LetterTexts({**now.texts, **texts}, choices))
    return letter, saved.version, now.approval


def bring(builder: Builder, login: str, written: tuple[UUID, int, str], state: str) -> None:
    """Take a written letter to its state: each step by the one who would take it."""
    desk, colleague = builder.desks[login].letters, builder.desks[_COLLEAGUE[login]].letters
    letter, version, approval = written
    if state == "kladd":
        return
    if approval != Approval.NONE:
        version = desk.submit(letter, version).version
        if state == "til_godkjenning":
            return
        if state == "sendt_tilbake":
            colleague.send_back(letter, version, "innhold", reasons.RETURNED)
            return
        version = colleague.approve(letter, version).version
        if state == "godkjent":
            return
    version = desk.finalise(letter, version).version
    if state == "trukket":
        desk.recall(letter, version, reasons.RECALLED)
    elif state == "sendt":
        desk.printed((letter,), "Skriver på kontoret")
        desk.mark_sent(letter, desk.reread(letter).version)
