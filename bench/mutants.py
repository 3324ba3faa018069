"""The rules of origins, each changed in one place, against their tests -> the share of changes that a test notices.

    python bench/mutants.py [--module NAME ...] [--json]

Every change of OPERATORS is made alone, wherever it can be made; one that the tests still pass with has survived.  The
changes are those that mutmut and cosmic-ray make (Jia and Harman 2011: An analysis and survey of the development of
mutation testing).  The survivors are printed by line.  Some change nothing that anybody could notice; those are listed
in `bench/equivalent.toml`, each with its reason, and the share is printed with them and without.

Needs a system that can fork; takes some three minutes.  Exit status 1 where the share killed, with the equivalent ones
counted as survivors, is below FLOOR.
"""
from __future__ import annotations

import argparse
import ast
import copy
import importlib
import importlib.util
import json
import os
import signal
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import CodeType
from typing import Any, Literal

ROOT = Path(__file__).parents[1]
MODULES = ("whence.text.meaning.grounds", "whence.text.meaning.dependence", "whence.steps.origins")
"""What is changed, those first that others import."""
TESTS = ("tests/steps/test_origin_rules.py",)
"""Tests that take a second and that alone must notice a change."""
EQUIVALENT = Path(__file__).with_name("equivalent.toml")
FLOOR = .85
PATIENCE = 20
"""Seconds after which tests are held to hang, which is a change noticed."""

Verdict = Literal["killed", "survived"]
Change = Callable[[Any], list[Any]]


# -- what can be changed in a place: each gives the places that may stand there instead --------------------------------

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,)}
_JOINED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr}
_NAMED = {"min": "max", "max": "min", "any": "all", "all": "any"}


def other_comparison(node: ast.Compare) -> list[ast.expr]:
    """Another comparison: < for <=, == for !=, in for not in."""
    return [_with(node, ops=[kind(), *node.ops[1:]]) for kind in _COMPARED[type(node.ops[0])]]


def other_connective(node: ast.BoolOp) -> list[ast.expr]:
    """`or` for `and`; and each of the two alone."""
    swapped = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
    return [_with(node, op=swapped)]


def other_operator(node: ast.BinOp) -> list[ast.expr]:
    """- for +, & for |."""
    return [_with(node, op=_JOINED[type(node.op)]())] if type(node.op) in _JOINED else []


def without_sign(node: ast.UnaryOp) -> list[ast.expr]:
    """The operand alone, without `not` or a minus."""
    return [node.operand]


def other_constant(node: ast.Constant) -> list[ast.expr]:
    """The next number, the other truth value, another text."""
    value = node.value
    if isinstance(value, bool):
        return [ast.Constant(not value)]
    if isinstance(value, int | float):
        return [ast.Constant(value + 1)]
    return [ast.Constant(f"XX{value}XX")] if isinstance(value, str) else []


def other_function(node: ast.Name) -> list[ast.expr]:
    """max for min, all for any."""
    return [ast.Name(_NAMED[node.id], node.ctx)] if node.id in _NAMED else []


def without_argument(node: ast.Call) -> list[ast.expr]:
    """None for each argument."""
    found: list[ast.expr] = []
    for at, argument in enumerate(node.args):
        if not isinstance(argument, ast.Starred | ast.GeneratorExp) and not _is_none(argument):
            found.append(_with(node, args=[*node.args[:at], ast.Constant(None), *node.args[at + 1:]]))
    for at, keyword in enumerate(node.keywords):
        if keyword.arg is not None and not _is_none(keyword.value):
            none = ast.keyword(keyword.arg, ast.Constant(None))
            found.append(_with(node, keywords=[*node.keywords[:at], none, *node.keywords[at + 1:]]))
    return found


def other_branch(node: ast.IfExp) -> list[ast.expr]:
    """Each of both, whatever the condition."""
    return [node.body, node.orelse]


def without_condition(node: ast.comprehension) -> list[ast.comprehension]:
    """A comprehension without each of its conditions."""
    return [_with(node, ifs=[*node.ifs[:at], *node.ifs[at + 1:]]) for at in range(len(node.ifs))]


def never(node: ast.If) -> list[ast.stmt]:
    """The branch always, and never."""
    return [_with(node, test=ast.Constant(True)), _with(node, test=ast.Constant(False))]


def without_statement(node: ast.Expr | ast.Delete | ast.AugAssign) -> list[ast.stmt]:
    """Nothing done."""
    return [ast.Pass()]


def returns_nothing(node: ast.Return) -> list[ast.stmt]:
    """None returned."""
    return [] if node.value is None or _is_none(node.value) else [ast.Return(ast.Constant(None))]


def holds_nothing(node: ast.Assign) -> list[ast.stmt]:
    """None assigned."""
    return [] if _is_none(node.value) else [_with(node, value=ast.Constant(None))]


def other_way_out(node: ast.Continue | ast.Break) -> list[ast.stmt]:
    """`break` for `continue`."""
    return [ast.Break() if isinstance(node, ast.Continue) else ast.Continue()]


OPERATORS: dict[type[ast.AST], Change] = {
    ast.Compare: other_comparison, ast.BoolOp: other_connective, ast.BinOp: other_operator, ast.UnaryOp: without_sign,
    ast.Constant: other_constant, ast.Name: other_function, ast.Call: without_argument, ast.IfExp: other_branch,
    ast.comprehension: without_condition, ast.If: never, ast.Expr: without_statement, ast.Delete: without_statement,
    ast.AugAssign: without_statement, ast.Return: returns_nothing, ast.Assign: holds_nothing,
    ast.Continue: other_way_out, ast.Break: other_way_out}


def _with(node: Any, **fields: object) -> Any:
    made = copy.copy(node)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


# -- every change of a module ----------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Mutant:
    """A module with one change: where, what stands there before and after, and the whole compiled."""

    module: str
    line: int
    before: str
    after: str
    code: CodeType

    @property
    def name(self) -> str:
        """What tells it from the others, as long as that code stands there once."""
        return f"{self.module}: {self.before} -> {self.after}"


def mutants(module: str, source: str) -> Iterator[Mutant]:
    """Every change that OPERATORS make in functions, annotations, decorators, docstrings and patterns aside."""
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for function in dict.fromkeys(functions):
        for parent, name, at, node in _places(function):
            for changed in OPERATORS.get(type(node), lambda _: [])(node):
                ast.copy_location(changed, node) if isinstance(changed, ast.expr | ast.stmt) else None
                _put(parent, name, at, changed)
                code = compile(ast.fix_missing_locations(tree), module, "exec")
                _put(parent, name, at, node)
                yield Mutant(module, getattr(node, "lineno", function.lineno), _shown(node), _shown(changed), code)


def _places(function: ast.FunctionDef) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    """Every node in a function's body, with where it hangs; not those of functions inside, which are met themselves."""
    todo: list[ast.AST] = [function]
    while todo:
        parent = todo.pop()
        for name, value in ast.iter_fields(parent):
            if name in ("annotation", "returns", "decorator_list", "args") and isinstance(
                    parent, ast.FunctionDef | ast.AnnAssign | ast.arg | ast.Lambda):
                continue
            for at, node in enumerate(value) if isinstance(value, list) else ((None, value),):
                if isinstance(node, ast.AST) and not _is_docstring(node):
                    yield parent, name, at, node
                    if not isinstance(node, ast.FunctionDef | ast.JoinedStr):
                        todo.append(node)


def _put(parent: ast.AST, name: str, at: int | None, node: ast.AST) -> None:
    if at is None:
        setattr(parent, name, node)
    else:
        getattr(parent, name)[at] = node


def _shown(node: ast.AST) -> str:
    if isinstance(node, ast.If):
        return f"if {ast.unparse(node.test)}"
    return " ".join(ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).split())


# -- one change against the tests --------------------------------------------------------------------------------------

def judge(mutant: Mutant | None, tests: Sequence[Callable[[], None]]) -> Verdict:
    """Run the tests in a child process in which the module is the changed one; None for no change at all."""
    child = os.fork()
    if child == 0:
        signal.alarm(PATIENCE)
        try:
            for name in MODULES:                        # in their order, so that the later have what the earlier define
                module = sys.modules[name]
                if mutant is not None and mutant.module == name:
                    exec(mutant.code, vars(module))
                else:
                    exec(compile(_source(name), name, "exec"), vars(module))
            for test in tests:
                test()
        except BaseException:                                                        # noqa: BLE001  (a change noticed)
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return "survived" if status == 0 else "killed"


def tests_of(path: Path) -> list[Callable[[], None]]:
    """The tests of a file, one for each case that they are parametrized with; they need no fixtures."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    found: list[Callable[[], None]] = []
    for name, test in vars(module).items():
        if name.startswith("test_"):
            marks = [mark.args for mark in getattr(test, "pytestmark", ()) if mark.name == "parametrize"]
            found += [partial(test, **{marks[0][0]: case}) for case in marks[0][1]] if marks else [test]
    return found


def _source(module: str) -> str:
    return Path(sys.modules[module].__file__ or "").read_text(encoding="utf8")


def survivors(modules: Sequence[str], tests: Sequence[Callable[[], None]]) -> tuple[int, list[Mutant]]:
    """How many changes there are, and those that no test noticed."""
    total, left = 0, []
    for module in modules:
        for mutant in mutants(module, _source(module)):
            total += 1
            if judge(mutant, tests) == "survived":
                left.append(mutant)
    return total, left


def main() -> int:
    """Print the shares and the survivors; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--module", nargs="+", default=MODULES, choices=MODULES, metavar="NAME")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    for module in MODULES:
        importlib.import_module(module)
    tests = [test for path in TESTS for test in tests_of(ROOT / path)]
    if judge(None, tests) == "killed":
        print("the tests fail without any change", file=sys.stderr)
        return 1
    total, left = survivors(given.module, tests)
    listed = tomllib.loads(EQUIVALENT.read_text(encoding="utf8")) if EQUIVALENT.exists() else {}
    real = [mutant for mutant in left if mutant.name not in listed]
    killed, of_real = (total - len(left)) / total, (total - len(left)) / (total - len(left) + len(real))
    if given.json:
        print(json.dumps({"mutants": total, "killed": killed, "killed_of_not_equivalent": of_real,
                          "survivors": [mutant.name for mutant in real]}))
    else:
        for mutant in left:
            print(f"{'equivalent' if mutant.name in listed else 'survived':10} {mutant.line:4} {mutant.name}")
        print(f"{total} changes, {total - len(left)} killed: {killed:.3f}; of those that change anything {of_real:.3f}")
    return int(killed < FLOOR)


if __name__ == "__main__":
    sys.exit(main())
