"""Every error that Whence raises on purpose: each says what happened, where, and how to mend it.

    WhenceError
    ├── UsageError          the call itself can't be carried out (an unknown option, format or id)
    ├── ArchiveError        the archive can't be opened, or does not hold together
    │   └── BusyError       another process is writing to it
    ├── ConfigError         whence.toml can't be read, or names a setting that is not there
    └── InputError          nothing of what was handed in could be taken in
"""
from __future__ import annotations


class WhenceError(Exception):
    """What went wrong, where, and how to mend it; printed as one line by the command line."""

    def __init__(self, what: str, *, where: str | None = None, mend: str | None = None) -> None:
        self.what, self.where, self.mend = what, where, mend
        super().__init__(str(self))

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}. {self.mend}" if self.mend else head


class UsageError(WhenceError):
    """The call itself can't be carried out: an unknown format, an id that names nothing."""


class ArchiveError(WhenceError):
    """The archive can't be opened, is in use, or does not hold together."""


class BusyError(ArchiveError):
    """Another process is writing to the archive, and the turn was not to be waited for."""


class ConfigError(WhenceError):
    """whence.toml can't be read, or names a setting that does not exist."""


class InputError(WhenceError):
    """Nothing of what was handed in could be taken in."""
