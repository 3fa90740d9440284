"""Which store: what ``--database`` or BOLIGDESK_DATABASE says, judged before anything is opened.

A local file on a network drive or in a synchronised folder is refused: SQLite's locks do not hold
there, and the file is lost (design study "data", 7). Standard library only: read before the window.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from boligdesk.services.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_NAME = "boligdesk.db"
#: Folder beside the database where copies go when nobody says otherwise, also the one before an upgrade.
COPIES = "sikkerhetskopier"

_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+]+):/")
_POSTGRES_SCHEMES = {"postgresql", "postgres", "postgresql+psycopg"}
_REMOVABLE, _REMOTE, _CDROM = 2, 4, 5  # GetDriveTypeW
_NETWORK_TYPES = {
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "ceph", "lustre", "glusterfs", "davfs",
    "fuse.sshfs", "fuse.rclone", "fuse.davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.ceph", "fuse.smbnetfs",
    "fuse.gvfsd-fuse", "fuse.onedriver", "fuse.google-drive-ocamlfuse",
}  # fmt: skip
_SYNCED_ANYWHERE = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "iclouddrive",
    "icloud drive",
    "nextcloud",
)
_SYNCED_AT_ROOT = ("my drive", "min disk", "shared drives", "delte disker")  # Google Drive's own letter
_SYNC_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")


@dataclass(frozen=True, slots=True)
class StoreLocation:
    """Where the store is. ``display`` may be shown and logged; ``url`` may hold a password and is hidden."""

    kind: Literal["file", "postgresql"]
    display: str
    path: Path | None = None
    url: str | None = field(default=None, repr=False)

    @property
    def file(self) -> Path:
        """The path of a local file; InvalidInput for a server."""
        if self.path is None:
            raise _refusal("Dette gjelder bare en lokal databasefil.", f"Du har valgt {self.display}.", "")
        return self.path


def parse_location(text: str) -> StoreLocation:
    """What the user gave, as a StoreLocation. InvalidInput when it cannot or must not be opened."""
    given = text.strip()
    match = _SCHEME.match(given)
    if match and match["scheme"].lower() in _POSTGRES_SCHEMES:
        return _server(given)
    if match and "://" in given:
        raise _refusal(
            "Databasen er ikke av en type Boligdesk kan åpne.",
            "En adresse må begynne med «postgresql://».",
            "Oppgi en filbane eller en PostgreSQL-adresse.",
        )
    if not given or "\0" in given:
        raise _refusal(
            "Du har ikke oppgitt noen database.", "", "Oppgi en filbane eller en PostgreSQL-adresse."
        )
    return file_location(Path(given))


def file_location(path: Path) -> StoreLocation:
    """A local file, made absolute; InvalidInput for network drives, synchronised folders and folders."""
    _refuse_unc(str(path))
    absolute = Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 - resolve() would hide a mapped drive letter
    resolved = absolute.resolve()  # and this shows where a link or a mapped drive leads
    for candidate in dict.fromkeys((absolute, resolved)):
        _refuse_unc(str(candidate))
        _refuse_synced(candidate, os.environ)
    _refuse_network(absolute, resolved)
    if resolved.is_dir():
        raise _refusal("Dette er en mappe, ikke en databasefil.", "", "Oppgi også navnet på filen.")
    return StoreLocation("file", f"filen {absolute}", path=absolute)


def default_folder(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """The folder of the person's own data on this machine (never one that roams)."""
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Boligdesk"
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "boligdesk"


def default_location() -> StoreLocation:
    """The local file that is opened when nothing else was said."""
    return file_location(default_folder() / DEFAULT_NAME)


def network_mount(path: Path, mounts: str) -> bool:
    """Whether ``path`` lies on a network file system, given the text of /proc/self/mounts."""
    best, found = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[1]))
        if len(point.parts) >= best and (path == point or point in path.parents):
            best, found = len(point.parts), fields[2]
    return found in _NETWORK_TYPES


def _server(given: str) -> StoreLocation:
    try:
        parts = urlsplit(given)
        host, port, name = parts.hostname or "", parts.port, parts.path.lstrip("/")
    except ValueError:
        host, port, name = "", None, ""
    if not name:
        raise _refusal(
            "Adressen til databasen er ikke fullstendig.",
            "Den skal se ut som «postgresql://tjener:5432/boligdesk».",
            "Rett adressen og prøv igjen.",
        )
    where = f" på {host}" if host else ""
    shown = f"PostgreSQL-databasen «{name}»{where}{f':{port}' if port else ''}"
    return StoreLocation("postgresql", shown, url=f"postgresql+psycopg://{given.split('://', 1)[1]}")


def _refuse_unc(text: str) -> None:
    plain = text.replace("/", "\\")
    if plain.upper().startswith("\\\\?\\UNC\\") or (
        plain.startswith("\\\\") and not re.match(r"\\\\\?\\[A-Za-z]:", plain)
    ):
        raise _network_refusal()


def _refuse_synced(path: Path, environ: Mapping[str, str]) -> None:
    parts = [part.casefold() for part in path.parts]
    roots = [environ[name] for name in _SYNC_VARIABLES if environ.get(name)]
    synced = any(part.startswith(_SYNCED_ANYWHERE) for part in parts[:-1])
    synced = synced or (len(parts) > 1 and parts[1] in _SYNCED_AT_ROOT)
    if synced or any(path.is_relative_to(root) for root in roots):
        raise _refusal(
            "Databasen kan ikke ligge i en mappe som synkroniseres.",
            "OneDrive, Dropbox og lignende kopierer filen mens den er i bruk. Da blir den ødelagt, og "
            "opplysningene havner hos andre.",
            f"Velg en mappe på denne maskinen, for eksempel {default_folder()}.",
        )


def _refuse_network(absolute: Path, resolved: Path) -> None:
    if sys.platform == "win32":
        for drive in dict.fromkeys((absolute.drive, resolved.drive)):
            refuse_drive_type(_drive_type(drive))
    elif Path("/proc/self/mounts").exists():
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape")
        if network_mount(resolved, mounts):
            raise _network_refusal()


def _drive_type(drive: str) -> int:
    if sys.platform == "win32":
        import ctypes

        root = str(PureWindowsPath(drive + "\\"))
        return int(ctypes.windll.kernel32.GetDriveTypeW(ctypes.c_wchar_p(root)))
    return 3


def refuse_drive_type(kind: int) -> None:
    """InvalidInput for the drive types of Windows where a database must not lie."""
    if kind == _REMOTE:
        raise _network_refusal()
    if kind in {_REMOVABLE, _CDROM}:
        raise _refusal(
            "Databasen kan ikke ligge på en minnepinne eller et annet flyttbart medium.",
            "Trekkes det ut mens Boligdesk er åpent, kan lagringer gå tapt.",
            f"Velg en mappe på denne maskinen, for eksempel {default_folder()}.",
        )


def _network_refusal() -> InvalidInput:
    return _refusal(
        "Databasen kan ikke ligge på en nettverksdisk.",
        "Låsing av filer virker ikke trygt over nettet, og filen kan bli ødelagt.",
        f"Velg en mappe på denne maskinen, for eksempel {default_folder()}. Skal flere maskiner bruke samme "
        "database, trenger dere PostgreSQL.",
    )


def _refusal(title: str, what: str, todo: str) -> InvalidInput:
    return InvalidInput("database", title, what, todo)
