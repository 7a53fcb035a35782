"""Our sizes, beside those that DESIGN section 4 aims at: `make style`."""

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
APPS = ["accounts", "orders", "customers", "shopadmin"]  # from the top; imports point down
NO_LIMIT = {"settings.py", "urls.py"}
BRANCHES = (ast.If, ast.IfExp, ast.For, ast.While, ast.ExceptHandler, ast.BoolOp, ast.comprehension, ast.match_case)


class Function(NamedTuple):
    """One function or method: where it stands, its lines, and how often it decides something."""

    path: Path
    name: str
    lines: int
    branches: int
    is_view: bool

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}: {self.name}"


def modules(*folders: str) -> list[Path]:
    """The Python files of these folders, migrations aside."""
    files = (file for folder in folders for file in (ROOT / folder).rglob("*.py"))
    return sorted(file for file in files if "migrations" not in file.parts)


def templates() -> list[Path]:
    return sorted(file for file in (ROOT / "templates").rglob("*") if file.suffix in {".html", ".jinja"})


def sheets() -> list[Path]:
    return sorted((ROOT / "static").rglob("*.css"))


def lines_of(path: Path) -> int:
    return len(path.read_text().splitlines())


def functions(paths: Iterable[Path]) -> Iterator[Function]:
    """Every function of these modules, the nested ones too."""
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = node.end_lineno - node.lineno + 1
                branches = sum(isinstance(part, BRANCHES) for part in ast.walk(node))
                arguments = [argument.arg for argument in node.args.args]
                is_view = path.stem.endswith(("view", "views")) and arguments[:1] == ["request"]
                yield Function(path, node.name, lines, branches, is_view)


def imports(path: Path) -> set[str]:
    """The packages that a module imports, inside functions too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def every_test() -> list[Function]:
    return [function for function in functions(modules("tests")) if function.name.startswith("test_")]


def figures() -> Iterator[tuple[str, object, str]]:
    """What is measured, ours, and what we aim at."""
    ours = list(functions(modules(*APPS)))
    lengths = sorted(function.lines for function in ours)
    longest = max(ours, key=lambda function: function.lines)
    limited = [path for path in modules(*APPS) if path.name not in NO_LIMIT]
    busy = sum(function.branches > 10 for function in ours)
    yield "module, longest", _largest(limited), "300 (400 fails)"
    yield "function, median", median(lengths), "6"
    yield "function, 9 of 10 at most", lengths[len(lengths) * 9 // 10], "18"
    yield "function, longest", f"{longest.lines} ({longest})", "50"
    yield "view, median", median(function.lines for function in ours if function.is_view), "12"
    yield "functions of more than 10 branches", f"{100 * busy / len(ours):.1f} %", "under 0.5 %"
    yield "template, longest", _largest(templates()), "80"
    yield "style sheet, longest", _largest(sheets()), "200"
    yield "test, longest", max(test.lines for test in every_test()), "20"
    yield "lines of code, of tests", f"{_total(APPS):,}, {_total(['tests']):,}", ""


def _largest(paths: list[Path]) -> str:
    largest = max(paths, key=lines_of)
    return f"{lines_of(largest)} ({largest.relative_to(ROOT)})"


def _total(folders: list[str]) -> int:
    return sum(lines_of(path) for path in modules(*folders))


if __name__ == "__main__":
    for what, ours, aim in figures():
        sys.stdout.write(f"{what:36} {ours!s:64} {aim}\n")
