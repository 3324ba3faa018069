"""A function -> a digest of all code of this package that it uses, the files that this code reads, and the libraries
that decide what it makes of them; so that whatever was made by other code is stale, and nobody has to remember it.

A module is taken apart into its top-level definitions.  From one definition the names in it lead to others, through
imports too; together they are what it uses.  Comments, docstrings and where a line stands are not part of a digest.
"""
from __future__ import annotations

import ast
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

PACKAGE = Path(__file__).parent
NAME = PACKAGE.name
KEPT = "code.json"
DECIDING = {"trafilatura": "trafilatura", "lxml": "lxml", "py3langid": "py3langid", "onnxruntime": "onnxruntime",
            "tokenizers": "tokenizers", "rapidfuzz": "rapidfuzz"}
"""Libraries whose versions may give other results, and the distributions that they come from.  Others (NumPy, Arrow)
are held to what they promise."""
ALWAYS = "*"
"""In the place of a definition: what a module does when it is imported, besides defining things."""

Place = tuple[str, str]
"""A definition: its module and its name."""


class Definition(NamedTuple):
    """A top-level definition: a digest of its syntax tree, the definitions and libraries (module "") that it names, and
    the files of the package that it names.
    """

    digest: str
    uses: list[Place]
    files: list[str]


Module = dict[str, Definition]


def digest(*functions: Callable[..., object], kept: Path | None = None) -> str:
    """16 hex digits that stand for what some functions of this package use; `kept` is a file in which what was read of
    modules is kept, by when they were changed last.
    """
    return digest_of([(function.__module__, function.__qualname__.partition(".")[0]) for function in functions], kept)


def digest_of(places: Iterable[Place], kept: Path | None = None) -> str:
    """The same for definitions by their places."""
    code = _read_code(str(kept) if kept else None, _state())
    wanted = sorted(places)
    key = " ".join(".".join(place) for place in wanted)
    if key not in code.digests:
        told = sorted(map(str, {*code.used(wanted)}))
        code.digests[key] = hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]
    code.keep(key)
    return code.digests[key]


class _Code:
    """The package's code, module by module as it is asked for, and digests of it; `kept` holds what was read before,
    and what of it is still so in this `state`.
    """

    def __init__(self, kept: Path | None, state: str) -> None:
        self.kept, self.state = kept, state
        told = _written(kept)
        self.written: dict[str, str] = told.get("digests", {}) if told.get("state") == state else {}
        self.known, self.digests, self.modules = _shared(state)
        self.known |= {name: one for name, one in told.get("read", {}).items() if name not in self.known}
        self.digests |= self.written

    def keep(self, key: str) -> None:
        """Keep what was read, if a digest is not kept yet and the folder is there; where that can't be done it is read
        again the next time.
        """
        if key in self.written or self.kept is None or not self.kept.parent.is_dir():
            return
        self.written = dict(self.digests)
        told = {"of": str(PACKAGE), "state": self.state, "digests": self.digests, "read": self.known}
        partial = self.kept.with_name(f".{self.kept.name}-{os.getpid()}")
        try:
            partial.write_text(json.dumps(told), "utf8")
            partial.replace(self.kept)
        except OSError:
            partial.unlink(missing_ok=True)

    def module(self, name: str) -> Module:
        """The definitions of a module."""
        if name not in self.modules:
            path = _path(name)
            stamp = _stamp(path)
            held = self.known.get(name)
            if held is None or held[0] != stamp:
                held = self.known[name] = [stamp, {key: list(one) for key, one in _taken_apart(name, path).items()}]
            self.modules[name] = {key: Definition(digest_, [(module, of) for module, of in uses], files)
                                  for key, (digest_, uses, files) in held[1].items()}
        return self.modules[name]

    def used(self, places: Iterable[Place]) -> Iterator[tuple[str, ...]]:
        """What definitions use, themselves among it: each with its digest, files with theirs, libraries' versions."""
        waiting = list(places)
        seen = set(waiting)
        while waiting:
            module, name = waiting.pop()
            if not module:
                yield "library", name, version(DECIDING[name])
                continue
            known = self.module(module)
            names = list(known) if name == ALWAYS else [name] if name in known else []
            for one in {*names, ALWAYS} & known.keys():
                yield module, one, known[one].digest
                yield from (("file", file, self.file(file)) for file in known[one].files)
                found = {*known[one].uses} - seen
                seen |= found
                waiting += found

    def file(self, name: str) -> str:
        """The digest of a file of the package."""
        path = PACKAGE / name
        stamp = _stamp(path)
        held = self.known.get(name)
        if held is None or held[0] != stamp:
            held = self.known[name] = [stamp, hashlib.sha256(path.read_bytes()).hexdigest()]
        return str(held[1])


def _written(file: Path | None) -> dict[str, Any]:
    """What a file holds; nothing where it is missing, or of another package, or damaged."""
    try:
        held = json.loads(file.read_text("utf8")) if file else {}
        return held if held.get("of") == str(PACKAGE) else {}
    except (OSError, ValueError, AttributeError):
        return {}


@cache
def _shared(state: str) -> tuple[dict[str, Any], dict[str, str], dict[str, Module]]:
    """What this process has read of the code, for all files in which it is kept: files, digests, modules."""
    return {}, {}, {}


@cache
def _read_code(kept: str | None, state: str) -> _Code:
    return _Code(Path(kept) if kept else None, state)


@cache
def _state() -> str:
    """What stands for all files of the package and the libraries as they are when this process first asks."""
    told = [(str(path), *_stamp(path)) for path in sorted(PACKAGE.rglob("*")) if "__pycache__" not in path.parts]
    libraries = sorted((name, version(of)) for name, of in DECIDING.items())
    return hashlib.sha256(repr((told, libraries)).encode()).hexdigest()[:16]


def _stamp(path: Path) -> list[int]:
    told = path.stat()
    return [told.st_mtime_ns, told.st_size]


def _path(module: str) -> Path:
    """The file of a module of the package."""
    home = PACKAGE.joinpath(*module.split(".")[1:])
    return home / "__init__.py" if home.is_dir() else home.with_suffix(".py")


def _is_module(name: str) -> bool:
    return (name == NAME or name.startswith(f"{NAME}.")) and _path(name).exists()


# -- taking a module apart -----------------------------------------------------------------------------------------

@cache
def _files() -> dict[str, str]:
    """The files of the package that are no code, by their names."""
    return {path.name: str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*")
            if path.is_file() and path.suffix not in (".py", ".pyc", ".j2", ".css", ".typed")}


def _taken_apart(name: str, path: Path) -> Module:
    """The definitions of a module."""
    nodes: dict[str, list[ast.stmt]] = {ALWAYS: []}
    imports: list[ast.stmt] = []
    for node in ast.parse(path.read_bytes()).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            imports.append(node)
        elif not _is_for_types(node) and not _is_words(node):
            for one in _defined(node) or [ALWAYS]:
                nodes.setdefault(one, []).append(node)
    around = _imported(imports)
    passed_on = {one: Definition("", [place], []) for one, place in around.items()}
    return passed_on | {one: _definition(name, some, around, nodes.keys()) for one, some in nodes.items() if some}


def _definition(module: str, nodes: Iterable[ast.stmt], around: Mapping[str, Place],
                names: Iterable[str]) -> Definition:
    """What some statements use, where `around` are the names that their module imports, `names` those it defines."""
    own = dict.fromkeys(names)
    found: set[Place] = set()
    files: set[str] = set()
    told = []
    for node in nodes:
        known = {**around, **_imported(one for one in ast.walk(node) if isinstance(one, ast.Import | ast.ImportFrom))}
        for place in _named(node, known):
            found.add(place)
        for one in ast.walk(node):
            if isinstance(one, ast.Name) and one.id in own:
                found.add((module, one.id))
            elif isinstance(one, ast.Constant) and isinstance(one.value, str):
                file = _files().get(one.value.rpartition("/")[2])
                files |= {file} if file else set()
        told.append(_shown(node))
    return Definition(hashlib.sha256("\n".join(told).encode("utf8", "surrogatepass")).hexdigest()[:16],
                      sorted(found), sorted(files))


def _named(node: ast.AST, known: Mapping[str, Place]) -> Iterator[Place]:
    """The definitions of other modules, and the libraries, that are named in a node."""
    inside: set[ast.AST] = set()
    for one in ast.walk(node):
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id in known:
            module, of = known[one.value.id]
            inside.add(one.value)
            yield (module, one.attr) if of == ALWAYS else (module, of)
    for one in ast.walk(node):
        if isinstance(one, ast.Name) and one.id in known and one not in inside:
            yield known[one.id]


def _imported(nodes: Iterable[ast.AST]) -> dict[str, Place]:
    """What names stand for that are imported: a definition of a module, a module as a whole, or a library."""
    found: dict[str, Place] = {}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                place = (whole, ALWAYS) if _is_module(whole) else (node.module, name.name)
                found.update(_known(name.asname or name.name, place))
        elif isinstance(node, ast.Import):
            for name in node.names:
                found.update(_known(name.asname or name.name.partition(".")[0], (name.name, ALWAYS)))
    return found


def _known(name: str, place: Place) -> Iterator[tuple[str, Place]]:
    """A name with its place, if that is of the package or of a library that decides."""
    top = place[0].partition(".")[0]
    if top == NAME:
        yield name, place
    elif top in DECIDING:
        yield name, ("", top)


def _defined(node: ast.stmt) -> list[str]:
    """The names that a statement defines; none where it does something else."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)]


def _is_for_types(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _is_words(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _shown(node: object) -> str:
    """A syntax tree as text that is the same in all versions of Python: without docstrings and what is not set."""
    if isinstance(node, ast.AST):
        parts = ((name, value) for name, value in ast.iter_fields(node) if value is not None and value != []
                 and name not in ("ctx", "kind", "type_comment"))
        return f"{type(node).__name__}({','.join(f'{name}={_shown(value)}' for name, value in parts)})"
    if isinstance(node, list):
        return f"[{','.join(_shown(one) for one in node if not _is_words(one))}]"
    return repr(node)
