"""Write docs/cli.md from the command line's own help texts: `python docs/generate.py`."""
from __future__ import annotations

from pathlib import Path

import click

from whence.cli import main

PAGE = Path(__file__).with_name("cli.md")
HEAD = """# Commands

This page is generated from the help texts by `python docs/generate.py`; a test fails when it is stale.

Every command exits 0 on success, 1 on an error (one line on stderr: what, where, how to mend it) and 2 on wrong usage.
"""


def page() -> str:
    """The whole reference, as Markdown."""
    parts = [HEAD, _section("whence", main)]
    parts += [_section(f"whence {name}", command) for name, command in main.commands.items()]
    return "\n".join(parts)


def _section(name: str, command: click.Command) -> str:
    with click.Context(command, info_name=name, terminal_width=100, max_content_width=100) as context:
        return f"## {name}\n\n```\n{command.get_help(context)}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf8")
