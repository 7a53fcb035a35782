"""How our modules hang together, read from their source: imports, signals, and methods from other files."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from tests.style import APPS, ROOT, modules

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
IMPORTS = (ast.Import, ast.ImportFrom)
REASON = "# Reason: "


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def import_graph(paths: list[Path]) -> dict[str, set[str]]:
    """Which of these modules each of them imports, inside functions and for annotations too."""
    names = {module_name(path) for path in paths}
    graph = {}
    for path in paths:
        found = set(_imported_names(ast.parse(path.read_text())).values())
        own = module_name(path)
        graph[own] = {_module_of(name, names) for name in found} & names - {own}
    return graph


def circle_in(graph: dict[str, set[str]]) -> list[str]:
    """One circle of imports, each module before the one that imports it; empty where there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def unexplained_imports(path: Path) -> list[str]:
    """Where a function imports without a line above that begins with `# Reason: `; one reason counts for a block."""
    source = path.read_text()
    inside = [
        node
        for function in ast.walk(ast.parse(source))
        if isinstance(function, FUNCTIONS)
        for node in ast.walk(function)
        if isinstance(node, IMPORTS)
    ]
    lines = {line for node in inside for line in range(node.lineno, node.end_lineno + 1)}
    above = {line - 1 for line in lines} - lines
    written = source.splitlines()
    return [f"{path.name}:{line + 1}" for line in sorted(above) if not written[line - 1].strip().startswith(REASON)]


def signals_of(app: str) -> set[str]:
    """The names of the signals that an app declares."""
    return {
        target.id
        for path in modules(app)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and _last(node.value.func) == "Signal"
        for target in node.targets
    }


def signals_heard_by(app: str) -> set[str]:
    """The names of the signals to which an app connects receivers."""
    return {
        _last(node.func.value)
        for path in modules(app)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "connect"
    }


def borrowed_methods(path: Path) -> Iterator[str]:
    """Functions of other modules of ours that a class takes for its own, and attributes set on a class of another."""
    tree = ast.parse(path.read_text())
    imported = _imported_names(tree)
    for owner in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
        for node in (node for node in owner.body if isinstance(node, ast.Assign)):
            value = node.value.args[0] if isinstance(node.value, ast.Call) and node.value.args else node.value
            if _is_our_function(_full_name(value, imported)):
                yield f"{path.name}: {owner.name}.{_last(node.targets[0])}"
    for node in (node for node in ast.walk(tree) if isinstance(node, ast.Assign)):
        for target in (target for target in node.targets if isinstance(target, ast.Attribute)):
            name = _full_name(target.value, imported)
            if name.startswith(tuple(f"{app}." for app in APPS)) and name.rpartition(".")[2][0].isupper():
                yield f"{path.name}: {_last(target.value)}.{target.attr}"


def _imported_names(tree: ast.AST) -> dict[str, str]:
    """Each name that is imported, with what it stands for in full."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _module_of(name: str, names: set[str]) -> str:
    return name if name in names else name.rpartition(".")[0]


def _full_name(node: ast.AST, imported: dict[str, str]) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_full_name(node.value, imported)}.{node.attr}"
    return imported.get(node.id, node.id) if isinstance(node, ast.Name) else ""


def _is_our_function(name: str) -> bool:
    module, _dot, function = name.rpartition(".")
    path = ROOT / f"{module.replace('.', '/')}.py"
    if module.split(".")[0] not in APPS or not path.exists():
        return False
    return any(isinstance(node, FUNCTIONS) and node.name == function for node in ast.parse(path.read_text()).body)


def _last(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
