"""Write what the documentation quotes of the code: `python docs/generate.py`.

cli.md and api.md come whole from help texts and docstrings; in method.md, each block between `<!-- run: ... -->` and
`<!-- /run -->` is what that command prints for the archive of `examples/`.
"""
from __future__ import annotations

import inspect
import re
import shlex
import tempfile
from collections.abc import Callable
from pathlib import Path

import click
from click.testing import CliRunner

import whence
from whence import Archive
from whence.cli import main

HERE = Path(__file__).parent
CLI = """# Commands

This page is generated from the help texts by `python docs/generate.py`; a test fails when it is stale.

Every command exits 0 on success, 1 on an error (one line on stderr: what, where, how to mend it) and 2 on wrong usage.
"""
API = """# The library

This page is generated from the docstrings by `python docs/generate.py`; a test fails when it is stale.  The examples
are run as tests: in them `archive` is the archive of `examples/`.
"""


def pages() -> dict[str, str]:
    """Every generated page by its name."""
    commands = [_command("whence", main), *(_command(f"whence {name}", made) for name, made in main.commands.items())]
    methods = [_method(f"Archive.{name}", made) for name, made in vars(whence.Archive).items()
               if not name.startswith("_") and inspect.isfunction(made)]
    types = [f"- `{name}`: {_summary(getattr(whence, name))}" for name in whence.__all__
             if inspect.isclass(getattr(whence, name))]
    return {"cli.md": "\n".join([CLI, *commands]),
            "api.md": "\n".join([API, _method("whence.open", whence.open), *methods, "## Types\n", *types, ""])}


def method(archive: Archive) -> str:
    """method.md with the output of its commands as it is now."""
    text = (HERE / "method.md").read_text(encoding="utf8")
    block = re.compile(r"<!-- run: (.+?) -->\n.*?<!-- /run -->", re.DOTALL)
    return block.sub(lambda m: f"<!-- run: {m[1]} -->\n```\n{_output(archive, m[1])}\n```\n<!-- /run -->", text)


def _output(archive: Archive, command: str) -> str:
    """What `claims --min-documents N` prints, or `why` for the claim with some words: of that the part about its
    origins, or for `way` the part about how it changed.
    """
    name, *arguments = shlex.split(command)
    part = {"why": "origins", "way": "how it changed"}.get(name)
    if part:
        (id,) = [claim.id for claim in archive.claims() if arguments[0] in claim.text][:1]
        name, arguments = "why", [id]
    printed = CliRunner().invoke(main, [name, *arguments, "-a", str(archive.path)], catch_exceptions=False).stdout
    lines = [line.rstrip() for line in printed.strip("\n").splitlines()]
    return "\n".join(_part(lines, part) if part else lines).replace(f"{HERE.parent}/", "")


def _part(lines: list[str], begins: str) -> list[str]:
    """The part of what `whence why` prints that begins so."""
    start = next(at for at, line in enumerate(lines) if line.startswith(f"  • {begins}"))
    end = next((at for at, line in enumerate(lines) if at > start and line.startswith("  • ")), len(lines))
    return lines[start:end]


def _command(name: str, command: click.Command) -> str:
    with click.Context(command, info_name=name, terminal_width=100, **main.context_settings) as context:
        return f"## {name}\n\n```\n{command.get_help(context)}\n```\n"


def _method(name: str, method: Callable[..., object]) -> str:
    prose, _, example = (inspect.getdoc(method) or "").partition("\n\n>>> ")
    shown = f"\n```\n>>> {example}\n```\n" if example else ""
    return f"## {name}\n\n```python\n{name}{inspect.signature(method)}\n```\n\n{prose}\n{shown}"


def _summary(kind: type[object]) -> str:
    return " ".join((inspect.getdoc(kind) or "").split("\n\n")[0].split())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, whence.open(folder) as opened:
        opened.add(HERE.parent / "examples")
        fresh = pages() | {"method.md": method(opened)}
    for page, written in fresh.items():
        (HERE / page).write_text(written, encoding="utf8")
