"""Reads the window's source for words that a user sees: which are translated, which are not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

GUI = Path(__file__).resolve().parents[2] / "desktop_app" / "gui"
LEFT_OUT = ("library_sentences.py", "told.py")
"""The first is a list for lupdate, the second looks sentences up that are in that list."""

SHOWS_TEXT = frozenset(
    (
        *("setText", "setToolTip", "setStatusTip", "setWhatsThis", "setPlaceholderText"),
        *("setWindowTitle", "setAccessibleName", "setAccessibleDescription", "setTitle"),
        *("setLabelText", "setInformativeText", "setDetailedText", "setPrefix", "setSuffix"),
        *("setSpecialValueText", "setHeaderLabels", "setNameFilters", "setNameFilter"),
        *("setHtml", "setPlainText", "setMarkdown", "setApplicationDisplayName", "showMessage"),
        *("addAction", "addMenu", "addItem", "addItems", "addRow", "addButton", "addTab"),
        *("addSection", "insertItem", "add_row", "add_note", "add_check", "drawText", "say"),
        "show_note",
        *("QLabel", "QPushButton", "QAction", "QCheckBox", "QRadioButton", "QToolButton"),
        *("QGroupBox", "QMenu", "QListWidgetItem", "QTreeWidgetItem", "QMessageBox"),
        *("QInputDialog", "QFileDialog", "QProgressDialog", "QDockWidget", "GlyphButton"),
        *("ErrorReport", "Badge", "question", "information", "warning", "critical", "about"),
    )
)
"""Methods and constructors of Qt's and of the window's own; any of their arguments may be words."""
NO_WORDS = frozenset(("VisITA", " MB", "RAW", "ISO ", " mm"))
"""Shown in every language as they are."""
_HOLDS = (ast.Constant, ast.JoinedStr, ast.IfExp, ast.Call, ast.BinOp, ast.List, ast.Tuple)


@dataclass(frozen=True)
class Asked:
    """A text that is looked up."""

    context: str
    text: str
    comment: str = ""
    """Tells texts apart that are the same in English."""


class WindowSource:
    """One file of the window."""

    def __init__(self, path: Path) -> None:
        self._name = str(path.relative_to(GUI)) if path.is_relative_to(GUI) else path.name
        self._tree = ast.parse(path.read_text("utf-8"))
        self._parents = {
            child: node for node in ast.walk(self._tree) for child in ast.iter_child_nodes(node)
        }
        self._constants = dict(_assignments(self._tree.body))

    def asked(self) -> Iterator[Asked]:
        """What is looked up with literals."""
        for call in self._calls():
            literals = _literals(call)
            texts = [a.value for a in literals if isinstance(a, ast.Constant)]
            if _is_lookup(call) and len(texts) == len(literals) and texts:
                if _name(call.func) == "tr":
                    texts.insert(0, self._class_of(call))
                yield Asked(*map(str, texts))

    def wrong(self) -> Iterator[str]:
        """What lupdate would not see or a user would see in English, each with its line."""
        for call in self._calls():
            for fault in self._faults(call):
                yield f"{self._name}:{call.lineno}: {fault}"
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Constant) and self._is_loose_sentence(node):
                yield f"{self._name}:{node.lineno}: nobody translates {node.value!r}"

    def _calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self._tree) if isinstance(node, ast.Call))

    def _faults(self, call: ast.Call) -> Iterator[str]:
        name = _name(call.func)
        if _is_lookup(call):
            literals = _literals(call)
            if not all(isinstance(a, ast.Constant) and isinstance(a.value, str) for a in literals):
                yield f"{name}() of something that is no literal"
            if any(isinstance(node, ast.JoinedStr) for node in self._above(call)):
                yield f"{name}() inside an f-string, where lupdate does not look"
            if name == "tr" and not _is_self(call.func):
                yield "tr() of another object: whose class would be the context?"
            yield from self._wrong_placeholders(call)
        elif name == "_tr":
            yield "lupdate does not know _tr(): use QCoreApplication.translate"
        elif name in SHOWS_TEXT and not _is_log(call.func):
            arguments = [*call.args, *(k.value for k in call.keywords if k.arg != "glyph")]
            if name == "GlyphButton":
                arguments = arguments[1:]  # the first is a drawing's name
            for argument in arguments:
                for words in self._raw(argument, self._function_of(call)):
                    yield f"{name}() shows what nobody translates: {words!r}"

    def _wrong_placeholders(self, call: ast.Call) -> Iterator[str]:
        """``tr("{a}").format(b=1)``."""
        attribute = self._parents[call]
        outer = self._parents.get(attribute)
        text = next(iter(call.args[0 if _name(call.func) == "tr" else 1 :]), None)
        if not (isinstance(attribute, ast.Attribute) and attribute.attr == "format"):
            return
        if isinstance(outer, ast.Call) and isinstance(text, ast.Constant):
            given = {keyword.arg for keyword in outer.keywords}
            if None not in given and given != placeholders(str(text.value)):
                yield f"{text.value!r} is filled with {given}"

    def _raw(self, node: ast.expr, function: ast.AST | None) -> Iterator[str]:
        """Words in an expression that are translated nowhere."""
        match node:
            case ast.Constant(value=str(text)):
                if re.search(r"[A-Za-z]{2}", text) and text not in NO_WORDS:
                    yield text
            case ast.JoinedStr(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
                for part in parts:
                    yield from self._raw(part, function)
            case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
                yield from self._raw(one, function)
                yield from self._raw(other, function)
            case ast.Call(func=ast.Attribute(value=inner, attr="format" | "join" | "strip")):
                yield from self._raw(inner, function)
            case ast.Name(id=name):
                for value in self._values(name, function):
                    yield from self._raw(value, None)

    def _values(self, name: str, function: ast.AST | None) -> list[ast.expr]:
        if function is not None:
            found = [
                node.value
                for node in ast.walk(function)
                if isinstance(node, ast.Assign)
                and any(isinstance(t, ast.Name) and t.id == name for t in node.targets)
                and isinstance(node.value, _HOLDS)
            ]
            if found:
                return found
        return [self._constants[name]] if name in self._constants else []

    def _is_loose_sentence(self, node: ast.Constant) -> bool:
        """Words that begin like a sentence, returned or kept in a table, outside of any call."""
        if not isinstance(node.value, str) or not re.match(r"[A-Z][a-z]+ [a-z]", node.value):
            return False
        above = next(iter(self._above(node)), None)
        if isinstance(above, ast.Expr):
            return False  # a docstring
        return not any(isinstance(a, ast.Call | ast.Raise) for a in self._above(node))

    def _above(self, node: ast.AST) -> Iterator[ast.AST]:
        while node in self._parents:
            node = self._parents[node]
            yield node

    def _class_of(self, node: ast.AST) -> str:
        return next((a.name for a in self._above(node) if isinstance(a, ast.ClassDef)), "")

    def _function_of(self, node: ast.AST) -> ast.AST | None:
        return next((a for a in self._above(node) if isinstance(a, ast.FunctionDef)), None)


def window_sources() -> list[WindowSource]:
    """Every file of the window."""
    return [WindowSource(p) for p in sorted(GUI.rglob("*.py")) if p.name not in LEFT_OUT]


def placeholders(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _assignments(body: list[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    for node in body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value


def _is_lookup(call: ast.Call) -> bool:
    match call.func:
        case ast.Attribute(attr="tr") | ast.Name(id="translate"):
            return True
        case ast.Attribute(value=ast.Name(id="QCoreApplication"), attr="translate"):
            return True
    return False


def _literals(call: ast.Call) -> list[ast.expr]:
    """The arguments of a look-up that are texts; behind them a count may follow."""
    return call.args[: 2 if _name(call.func) == "tr" else 3]


def _is_log(function: ast.expr) -> bool:
    match function:
        case ast.Attribute(value=ast.Name(id="log")):
            return True
    return False


def _is_self(function: ast.expr) -> bool:
    match function:
        case ast.Attribute(value=ast.Name(id="self")):
            return True
    return False


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""
