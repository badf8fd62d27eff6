"""The sentences that the library makes for people, as templates with ``{names}``.

The library speaks English and knows no Qt. The window recognises what it says by these templates
and has them in the user's language (``desktop_app/gui/told.py``). They are read from the source:
the words of every known error, of every ``BadValue``, of what is said of a folder that is not
watched, and of the grammar of queries.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORE = ("errors.py", "paths.py", "settings.py", "logs.py", "composition.py")
CORE_FOLDERS = ("inference", "library")
TERMINAL_ALONE = ("hub_export",)
"""Modules that the window does not use."""
FIXED = {"BadValue": (0,), "_error": (0,), "WatchState": (2,), "HelpLine": (1,), "NotRead": (1,)}
"""Calls besides the known errors, with the places of their sentences."""
LISTS = {
    "query_help": ("AND_ALSO",),
    "cuda": ("why_cuda_is_not_had",),
    "photo_file": ("_OF_EARLIER_VERSIONS",),
}
"""Constants that are shown as they are, and functions that answer with sentences, by module."""
SYSTEM_REASONS = (
    "Permission denied",
    "No such file or directory",
    "No space left on device",
    "Read-only file system",
    "Input/output error",
    "Disk quota exceeded",
    "Is a directory",
    "Not a directory",
    "File name too long",
    "File exists",
    "Device or resource busy",
    "Host is down",
    "Stale file handle",
    "Too many open files",
)
"""What Linux says in English, whatever the user speaks; other systems speak his language."""


class UnknownSentence(Exception):
    """A sentence that is put together in a way which is not understood here."""


@dataclass
class Module:
    """A source file: its constants, and those that it imports from others of VisITA's."""

    name: str
    tree: ast.Module
    constants: dict[str, ast.expr] = field(default_factory=dict)
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Module:
        """Parse a file."""
        parts = path.relative_to(ROOT).with_suffix("").parts
        module = cls(".".join(parts), ast.parse(path.read_text("utf-8")))
        for node in module.tree.body:
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        module.constants[target.id] = node.value
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                if node.value is not None:
                    module.constants[node.target.id] = node.value
            elif isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    module.imports[alias.asname or alias.name] = (node.module, alias.name)
        return module


class Sentences:
    """Reads all modules of the core, then answers with their templates."""

    def __init__(self) -> None:
        package = ROOT / "desktop_app"
        files = [package / name for name in CORE]
        found = [p for folder in CORE_FOLDERS for p in (package / folder).rglob("*.py")]
        files += [path for path in found if path.stem not in TERMINAL_ALONE]
        self._modules = {m.name: m for m in map(Module.read, sorted(files))}
        errors = self._modules["desktop_app.errors"].tree.body
        self._errors = {
            node.name
            for node in errors
            if isinstance(node, ast.ClassDef) and _takes_a_sentence(node)
        }

    def all(self) -> list[str]:
        """Every template once, sorted.

        Raises:
            UnknownSentence: one is put together in a way that is not understood.
        """
        found = set(SYSTEM_REASONS)
        for module in self._modules.values():
            found.update(_Reader(module, self._modules, self._errors).templates())
        return sorted(text for text in found if re.search(r"[a-z]{2}", _literal(text)))


class _Reader:
    """One module."""

    def __init__(self, module: Module, modules: dict[str, Module], errors: set[str]) -> None:
        self._module = module
        self._modules = modules
        self._errors = errors

    def templates(self) -> Iterator[str]:
        short = self._module.name.rpartition(".")[2]
        for name in LISTS.get(short, ()):
            if name in self._module.constants:
                yield from self._texts(self._module.constants[name], None)
        yield from self._inside(self._module.tree, None, LISTS.get(short, ()))

    def _inside(
        self, tree: ast.AST, function: ast.FunctionDef | None, answering: tuple[str, ...]
    ) -> Iterator[str]:
        for node in ast.iter_child_nodes(tree):
            inner = node if isinstance(node, ast.FunctionDef) else function
            if isinstance(node, ast.Call):
                for argument in self._arguments(node):
                    yield from self._texts(argument, inner)
            if function is not None and function.name in answering:
                match node:
                    case ast.Return(value=ast.Tuple(elts=parts)):
                        for part in parts:
                            yield from self._texts(part, function)
            yield from self._inside(node, inner, answering)

    def _arguments(self, call: ast.Call) -> list[ast.expr]:
        """The sentences among the arguments of a call."""
        name = _name(call.func)
        if name in FIXED:
            places = FIXED[name]
        elif name in self._errors or _is_type_of(call.func) or self._is_super_init(call.func):
            places = (0, 4) if name == "QuerySyntaxError" else (0, 1)
        else:
            return []
        found = [call.args[place] for place in places if place < len(call.args)]
        named = ("message", "hint", "reason")
        return found + [k.value for k in call.keywords if k.arg in named]

    def _is_super_init(self, node: ast.expr) -> bool:
        """Whether an error makes its own message there."""
        match node:
            case ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr="__init__"):
                return self._module.name.endswith(".errors")
        return False

    def _texts(self, node: ast.expr, function: ast.FunctionDef | None) -> list[str]:
        """Every text that an expression may give; none for words that were said elsewhere."""
        match node:
            case ast.Constant(value=str(text)):
                return [text]
            case ast.JoinedStr(values=parts):
                return self._joined(parts, function)
            case ast.IfExp(body=one, orelse=other):
                return self._texts(one, function) + self._texts(other, function)
            case ast.Name(id=name):
                return self._named(name, function)
            case ast.Subscript(value=ast.Name(id=name)):
                return self._strings(name)
            case ast.Attribute(attr="message" | "hint") | ast.Call(func=ast.Name(id="str")):
                return []
        raise UnknownSentence(f"{self._module.name}:{node.lineno}: {ast.unparse(node)}")

    def _joined(self, parts: list[ast.expr], function: ast.FunctionDef | None) -> list[str]:
        choices: list[list[str]] = []
        used: dict[str, int] = {}
        for part in parts:
            if isinstance(part, ast.Constant):
                choices.append([str(part.value).replace("{", "{{").replace("}", "}}")])
            elif isinstance(part, ast.FormattedValue):
                known = self._known(part.value, function)
                choices.append(known or ["{" + _placeholder(part.value, used) + "}"])
        return ["".join(texts) for texts in itertools.product(*choices)]

    def _known(self, node: ast.expr, function: ast.FunctionDef | None) -> list[str]:
        """The texts of a value inside a sentence, if it is words of VisITA's own."""
        if not isinstance(node, ast.Name):
            return []
        values = list(_assigned(node.id, function)) if function is not None else []
        if not values:
            constant = self._constant(node.id)
            return [constant.value] if _is_text(constant) else []
        if all(isinstance(value, ast.Constant | ast.JoinedStr | ast.IfExp) for value in values):
            return [text for value in values for text in self._texts(value, function)]
        return []

    def _named(self, name: str, function: ast.FunctionDef | None) -> list[str]:
        if function is not None:
            values = list(_assigned(name, function))
            if values:
                return [text for value in values for text in self._texts(value, function)]
            for loop in ast.walk(function):
                match loop:
                    case ast.For(iter=ast.Name(id=table)) if name in _names(loop.target):
                        return self._strings(table)
            if name in {a.arg for a in function.args.args} or _is_unpacked(name, function):
                return []  # said by the caller, by a function of LISTS, or read from a file
        constant = self._constant(name)
        if constant is None:
            raise UnknownSentence(f"{self._module.name}: {name} in a sentence is not known")
        return self._texts(constant, None)

    def _constant(self, name: str) -> ast.expr | None:
        if name in self._module.constants:
            return self._module.constants[name]
        module, there = self._module.imports.get(name, ("", ""))
        return self._modules[module].constants.get(there) if module in self._modules else None

    def _strings(self, name: str) -> list[str]:
        """Every string in a table, names of constants followed."""
        table = self._constant(name)
        if table is None:
            raise UnknownSentence(f"{self._module.name}: the table {name} is not known")
        values = table.values if isinstance(table, ast.Dict) else [table]
        found: list[str] = []
        for value in values:
            for node in ast.walk(value):
                if isinstance(node, ast.Name) and _is_text(self._constant(node.id)):
                    found += self._texts(node, None)
                elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.append(node.value)
        return found


def _assigned(name: str, function: ast.FunctionDef) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target = node.targets[0]
            if isinstance(target, ast.Name) and target.id == name:
                yield node.value


def _is_unpacked(name: str, function: ast.FunctionDef) -> bool:
    return any(
        (isinstance(node, ast.Assign) and name in _names(node.targets[0]))
        or (isinstance(node, ast.comprehension) and name in _names(node.target))
        for node in ast.walk(function)
    )


def _names(target: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(target) if isinstance(node, ast.Name)}


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _takes_a_sentence(error: ast.ClassDef) -> bool:
    """Whether it is made of a message and a hint; others make their message themselves."""
    for node in error.body:
        if isinstance(node, ast.FunctionDef) and node.name == "__init__":
            return node.args.args[1].arg == "message"
    return True


def _is_type_of(node: ast.expr) -> bool:
    """Whether it is ``type(error)``: an error of the same kind, with more words."""
    return isinstance(node, ast.Call) and _name(node.func) == "type"


def _is_text(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _placeholder(node: ast.expr, used: dict[str, int]) -> str:
    """A name for a value that tells a translator what it is."""
    match node:
        case ast.Attribute(attr="strerror") | ast.BoolOp():
            name = "reason"
        case ast.Attribute(value=ast.Name(id="path" | "target" | "photo"), attr="name"):
            name = "file"
        case ast.Subscript(value=ast.Name(id="EXAMPLES")):
            name = "example"
        case ast.Call(func=ast.Attribute(attr="join")):
            name = "names"
        case ast.Call(func=ast.Attribute(value=ast.Name(id=inner), attr="upper")):
            name = inner
        case ast.Attribute(attr=inner) | ast.Name(id=inner):
            name = inner.strip("_").lower()
        case ast.Call(args=[ast.Name(id=inner), *_]) | ast.Call(args=[ast.Attribute(attr=inner)]):
            name = inner.strip("_").lower()
        case _:
            name = "n"
    used[name] = used.get(name, 0) + 1
    return name if used[name] == 1 else f"{name}{used[name]}"


def _literal(template: str) -> str:
    return re.sub(r"\{\w+\}", "", template)
