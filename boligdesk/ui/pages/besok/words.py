"""One visit in words: its head, the facts beside the texts, what a correction changed, and what goes on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boligdesk.domain.calendar import long_date
from boligdesk.domain.catalog import VisitState
from boligdesk.ui.visit_words import area_list, local, place_words, when_words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from boligdesk.services.records.work import VisitDetail, VisitDraft

#: The three texts that are kept apart.
TEXTS = (("observed", "Observert"), ("said", "Sagt"), ("assessment", "Vurdering"))
_NO_STEP = "Ikke avtalt"


def headline(draft: VisitDraft) -> str:
    """«tirsdag 24. november 2026 klokka 10:00 · Hjemme hos personen · 45 minutter»."""
    minutes = f"{draft.minutes} minutter" if draft.minutes else ""
    parts = (when_words(draft.starts_at) if draft.starts_at else "", place_words(draft.place), minutes)
    return " · ".join(part for part in parts if part)


def next_words(draft: VisitDraft) -> str:
    parts = (draft.next_step, long_date(draft.next_on) if draft.next_on else "")
    return " · ".join(part for part in parts if part)


def side_facts(draft: VisitDraft, by: str, written_at: dt.datetime) -> list[tuple[str, str]]:
    """Everything but the three texts; what was not filled in is left out, but never the next step."""
    at = local(written_at)
    reported = draft.report_child_welfare_on
    facts = [
        ("Neste steg", next_words(draft) or _NO_STEP),
        ("Tema", area_list(draft.areas)),
        ("Avtalt på forhånd", "Ja" if draft.is_planned else "Nei"),
        ("Til stede", draft.present),
        ("Tolk", draft.interpreter),
        ("Bekymringsmelding sendt", long_date(reported) if reported else ""),
        ("Skrevet av", f"{by}, {long_date(at.date())} klokka {at:%H:%M}"),
    ]
    return [(name, words) for name, words in facts if words]


_COMPARED: tuple[tuple[str, Callable[[VisitDraft], Any]], ...] = (
    ("Når", lambda d: when_words(d.starts_at) if d.starts_at else ""),
    ("Sted", lambda d: place_words(d.place)),
    ("Utfall", lambda d: VisitState(d.outcome).label),
    ("Minutter", lambda d: "" if d.minutes is None else str(d.minutes)),
    ("Avtalt på forhånd", lambda d: "Ja" if d.is_planned else "Nei"),
    ("Tema", lambda d: area_list(d.areas)),
    ("Observert", lambda d: d.observed),
    ("Sagt", lambda d: d.said),
    ("Vurdering", lambda d: d.assessment),
    ("Neste steg", next_words),
    ("Til stede", lambda d: d.present),
    ("Tolk", lambda d: d.interpreter),
    (
        "Bekymringsmelding sendt",
        lambda d: long_date(d.report_child_welfare_on) if d.report_child_welfare_on else "",
    ),
)


def changed_lines(newer: VisitDraft, earlier: VisitDraft) -> list[tuple[str, str]]:
    """What stood there before, where it was something else."""
    return [(name, words(earlier) or "Tomt") for name, words in _COMPARED if words(newer) != words(earlier)]


def printed_lines(found: VisitDetail, *, with_assessment: bool) -> list[tuple[str, str]]:
    """The visit on paper. The assessment is left out unless it is asked for."""
    draft = found.draft
    lines = [
        ("Når og hvor", headline(draft)),
        ("Utfall", VisitState(draft.outcome).label),
        ("Observert", draft.observed),
        ("Sagt", draft.said),
    ]
    if with_assessment:
        lines.append(("Vurdering", draft.assessment))
    lines += side_facts(draft, found.by, found.written_at)
    return [(name, words) for name, words in lines if words]
