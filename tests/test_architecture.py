"""A module imports only from lower ranks, function-local imports included; no cycles within a rank."""
from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "whence"

# Within a line, a later entry may import an earlier one.  Siblings inside text, steps, inputs and store: see OPEN.
RANKS: tuple[tuple[str, ...], ...] = (
    ("errors", "code", "model", "decisions", "config"),
    ("text", "neural"),
    ("steps",),
    ("inputs", "store"),
    ("engines",),
    ("sparing", "shelving", "sharing", "growth", "kin", "reading", "gathering", "pipeline", "intake", "run"),
    ("explain", "exports", "archive"),
    ("terminal", "cli", "web"),
    ("__init__", "__main__"),
)
OPEN = {"text", "inputs", "store", "explain", "exports", "neural", "gathering"}   # their modules may import one another
PLACE = {name: (rank, at) for rank, names in enumerate(RANKS) for at, name in enumerate(names)}


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def unit(path: Path) -> str:
    """The name in RANKS that a module belongs to."""
    parts = path.relative_to(SOURCE).parts
    return parts[0].removesuffix(".py") if len(parts) == 1 else parts[0]


def imports(path: Path) -> set[str]:
    """The modules of Whence that a module imports anywhere in it, as dotted names below `whence`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            if node.module == "whence":
                found |= {alias.name for alias in node.names}
            elif node.module and node.module.startswith("whence."):
                base = node.module.removeprefix("whence.")
                below = SOURCE / base.replace(".", "/")
                found |= {f"{base}.{a.name}" if (below / f"{a.name}.py").exists() else base for a in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.removeprefix("whence.") for a in node.names if a.name.startswith("whence.")}
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_only_from_lower_ranks(path: Path) -> None:
    mine = unit(path)
    assert mine in PLACE, f"{mine} has no rank: give it one here and in docs/architecture.md"
    for name in imports(path):
        theirs = name.split(".")[0]
        if theirs == mine:
            assert mine in OPEN, f"{path.name} imports its sibling {name}"
        else:
            assert theirs in PLACE, f"{path.name} imports {name}, which has no rank"
            (rank, at), (their_rank, their_at) = PLACE[mine], PLACE[theirs]
            assert their_rank < rank or (their_rank == rank and their_at < at), f"{mine} imports {name}"


def test_no_cycles() -> None:
    names = {".".join(p.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): p for p in modules()}
    graph = {name: {i for i in imports(path) if i in names and i != name} for name, path in names.items()}
    while free := {name for name, needs in graph.items() if not needs}:
        graph = {name: needs - free for name, needs in graph.items() if name not in free}
    assert not graph, f"these import one another in a circle: {sorted(graph)}"


def test_steps_touch_no_files_clock_or_network() -> None:
    forbidden = {"os", "io", "pathlib", "time", "socket", "urllib.request", "http", "sqlite3", "random", "tempfile",
                 "shutil", "requests", "subprocess"}
    clock = {"now", "utcnow", "today"}
    for path in [*SOURCE.glob("steps/*.py"), *SOURCE.rglob("text/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            names = ([a.name for a in node.names] if isinstance(node, ast.Import)
                     else [node.module or ""] if isinstance(node, ast.ImportFrom) else [])
            for name in names:
                assert not {name, name.split(".")[0]} & forbidden, f"{path.name} imports {name}"
            assert not (isinstance(node, ast.Attribute) and node.attr in clock), f"{path.name} asks the clock"
            assert not (isinstance(node, ast.Name) and node.id == "open"), f"{path.name} opens a file"
