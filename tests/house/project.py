"""What the house tests look at: the files of the project, not what lies about in the folder."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = {".git", ".venv", "build", "dist", "artifacts", "boligdesk-demo", "__pycache__"}


@cache
def project_files() -> tuple[Path, ...]:
    """Tracked and new files that are not ignored; without git (an archive), all that are not known rubbish."""
    if (ROOT / ".git").exists():
        listing = subprocess.run(
            ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout.decode()
        paths = [ROOT / name for name in listing.split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if not LEFT_OUT & set(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in paths if path.is_file()))


def python_files(*folders: str) -> list[Path]:
    """Python files under the named folders, or the named files themselves."""
    wanted = [ROOT / folder for folder in folders]
    return [
        path
        for path in project_files()
        if path.suffix == ".py" and any(path == each or each in path.parents for each in wanted)
    ]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
