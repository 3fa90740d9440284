"""What each logged verb is called when a person reads the log or the timeline. Never holds names."""

from __future__ import annotations

#: verb -> (kind for icon and filter, words). Kinds: notat, besok, dokument, soknad, frist, status, person,
#: husstand, bolig, annet.
VERBS: dict[str, tuple[str, str]] = {
    "found_office": ("annet", "Kontoret ble opprettet"),
    "register_user": ("annet", "Bruker lagt til"),
    "change_user": ("annet", "Bruker endret"),
    "add_district": ("annet", "Område lagt til"),
    "save_view": ("annet", "Visning lagret"),
    "drop_view": ("annet", "Visning fjernet"),
    "save_birthday_rules": ("annet", "Fordeling etter fødselsdag endret"),
    "register_dwelling": ("bolig", "Bolig registrert"),
    "change_dwelling": ("bolig", "Opplysninger om boligen er endret"),
    "set_dwelling_status": ("bolig", "Status på boligen er endret"),
    "record_facts": ("bolig", "Fakta om boligen er registrert"),
    "register_building": ("bolig", "Bygg registrert"),
    "change_building": ("bolig", "Opplysninger om bygget er endret"),
    "save_mapping": ("annet", "Kolonneoppsett for liste lagret"),
    "import_run": ("annet", "Liste hentet inn"),
    "undo": ("annet", "Angret"),
}


def title(verb: str) -> str:
    """The words for a verb; an unknown one is shown as it is stored."""
    return VERBS.get(verb, ("annet", verb))[1]


def kind(verb: str) -> str:
    return VERBS.get(verb, ("annet", verb))[0]
