"""Small helpers of the contract tests of letters: an office with a letterhead, people with addresses, and letters."""

from __future__ import annotations

import datetime as dt

from boligdesk.documents.room import PaperRoom
from boligdesk.services.letters import Letters
from boligdesk.services.records.common import Sort
from boligdesk.services.records.letters import LetterDraft, LetterFilter, LetterTexts
from boligdesk.services.records.people import AddressDraft
from tests.contract.assessment_office import HELP, LOCAL, applied, concluded, track
from tests.contract.case_office import person

#: Compiled once for all tests: it holds nothing else.
PAPERS = PaperRoom()
HEAD = {
    "kommune": "Øvelse kommune",
    "kontor": "Boligkontoret",
    "adresse": ["Øvelsesgata 1", "9000 Tromsø"],
    "telefon": "68 05 00 00",
    "epost": "boligkontoret@ovelse.example",
}
HOME = AddressDraft(street="Eksempelgata", house_no="12", letter="B", postcode="9008", city="Tromsø")
SOON = dt.date(2026, 12, 18)
BY_CHANGE = Sort("changed", descending=True)


class Broken(PaperRoom):
    """A paper room whose pen breaks: ``render`` fails the first ``times``."""

    def __init__(self, times=1, error=None):
        super().__init__()
        self.left, self.error = times, error or RuntimeError("pennen knakk")

    def render(self, paper):
        if self.left > 0:
            self.left -= 1
            raise self.error
        return super().render(paper)


def letters(services, papers=PAPERS):
    return Letters(services.session, papers)


def office(services):
    letters(services).save_letterhead(HEAD)


def applicant(services, given="Klok", family="Hest", **fields):
    return person(services, given, family, **{"addresses": (HOME,), **fields})


def case_of(services, person_id=None, **fields):
    """The id of a case of somebody who has an address."""
    return applied(services, person_id or applicant(services), **fields)


def begun(services, case_id, kind="forelopig_svar", **fields):
    """The id of a new draft."""
    return letters(services).start(LetterDraft(case_id, kind, **fields)).id


def saved(services, letter_id, texts=None, choices=None, language=None):
    desk = letters(services)
    return desk.save(letter_id, desk.reread(letter_id).version, LetterTexts(texts or {}, choices, language))


def interim(services, case_id, **fields):
    """A preliminary answer that lacks nothing."""
    found = begun(services, case_id, **fields)
    saved(services, found, {"svar_grunn": "Vi venter på legen din."}, {"ventet_svar": SOON})
    return found


def missing(services, case_id, due=dt.date(2026, 12, 9)):
    """A request for papers that lacks nothing."""
    found = begun(services, case_id, "mangler", items=("De tre siste lønnsslippene",))
    saved(services, found, {"mangler_hvorfor": "Vi må vite hva du kan betale."}, {"mangler_frist": due})
    return found


def approval(services, case_id=None, law=LOCAL):
    """A draft of the answer to a concluded question, its texts taken from the assessment."""
    case = case_id or case_of(services)
    concluded(services, case, law)
    kind = "innvilgelse_bolig" if law == LOCAL else "vedtak_bistand"
    return begun(services, case, kind, track_id=track(services, case, law).id)


def help_too(services, case_id):
    return approval(services, case_id, HELP)


def version(services, letter_id):
    return letters(services).reread(letter_id).version


def submitted(services, letter_id):
    letters(services).submit(letter_id, version(services, letter_id))
    return letter_id


def approved(services, other, letter_id):
    submitted(services, letter_id)
    letters(other).approve(letter_id, version(services, letter_id))
    return letter_id


def finished(services, letter_id, papers=PAPERS):
    letters(services, papers).finalise(letter_id, version(services, letter_id))
    return letters(services).reread(letter_id)


def sent(services, letter_id, on=None):
    letters(services).mark_sent(letter_id, version(services, letter_id), on)
    return letters(services).reread(letter_id)


def numbers(services):
    """Journal numbers, oldest first."""
    return [row.number for row in reversed(letters(services).journal().rows)]


def rows(services, **wanted):
    return letters(services).page(LetterFilter(**wanted), BY_CHANGE).rows


def unmet(services, letter_id):
    return {one.key for one in letters(services).reread(letter_id).findings if one.blocks}
