"""What each act of assessment is called in the timeline and in the log, and its sentence. Never a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boligdesk.domain.allocation_catalog import ConditionOutcome, TrackOutcome
from boligdesk.domain.catalog import Labelled, TrackLaw

if TYPE_CHECKING:
    from collections.abc import Mapping

#: verb -> (kind for icon and filter, title).
VERBS: dict[str, tuple[str, str]] = {
    "assess_conditions": ("status", "Vilkår er vurdert"),
    "conclude_track": ("status", "Vurderingen er konkludert"),
    "reopen_track": ("status", "Vurderingen er åpnet igjen"),
    "adopt_rules": ("annet", "Regler for tildeling er vedtatt"),
}

#: Acts that are put right by a new act, never taken back by «Angre», and what to do instead.
NEVER_UNDONE: dict[str, str] = {"adopt_rules": "Vedta en ny versjon av reglene i stedet."}


def words(verb: str, params: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """(kind, title, text) of one event; None for a verb of somebody else's."""
    if verb not in VERBS:
        return None
    kind, title = VERBS[verb]
    if verb == "assess_conditions":
        return kind, title, _assessed(params)
    if verb == "adopt_rules":
        named = f"«{params.get('title', '')}», versjon {params.get('no', '')}."
        return kind, title, f"{named} {params.get('reason') or ''}".strip()
    law = _label(TrackLaw, params.get("law"))
    outcome = _label(TrackOutcome, params.get("outcome")).lower()
    said = f"{law}: {outcome}." if outcome else f"{law}."
    return kind, title, f"{said} {params.get('reason') or ''}".strip()


def _assessed(params: Mapping[str, Any]) -> str:
    judged = [
        f"{label}: {_label(ConditionOutcome, outcome).lower()}"
        for label, outcome in params.get("conditions") or ()
    ]
    said = f"{'. '.join(judged)}." if judged else ""
    return f"{said} Forslaget ble godtatt.".strip() if params.get("accepted") else said


def _label(kinds: type[Labelled], code: object) -> str:
    return next((kind.label for kind in kinds if kind.value == code), str(code or ""))
