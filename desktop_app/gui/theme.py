"""Colours and shapes: light, dark, and both in high contrast, over Qt's Fusion style."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop_app.settings import Theme

SMALLEST_FONT_PT = 10.0
"""A bare X server hands out 9 points, which is too small to read at ease."""


@dataclass(frozen=True)
class Colours:
    """Every colour of a theme, as ``#rrggbb``."""

    window: str
    panel: str
    raised: str
    field: str
    border: str
    text: str
    muted: str
    hover: str
    pressed: str
    accent: str
    accent_hover: str
    on_accent: str
    selection: str
    danger: str
    danger_soft: str
    note_soft: str


LIGHT = Colours(
    window="#ffffff",
    panel="#f4f5f8",
    raised="#ffffff",
    field="#f1f2f6",
    border="#dfe2ea",
    text="#1b1e28",
    muted="#5f6678",
    hover="#e8eaf1",
    pressed="#dcdfe9",
    accent="#4754d6",
    accent_hover="#3a46bd",
    on_accent="#ffffff",
    selection="#dfe3fb",
    danger="#b3261e",
    danger_soft="#fdecea",
    note_soft="#e9ecfd",
)

DARK = Colours(
    window="#15171d",
    panel="#1b1e26",
    raised="#232731",
    field="#232731",
    border="#343947",
    text="#eceef4",
    muted="#a0a7b8",
    hover="#2a2f3b",
    pressed="#343a48",
    accent="#7c89ff",
    accent_hover="#949eff",
    on_accent="#11131a",
    selection="#2f3666",
    danger="#ff8a80",
    danger_soft="#3a2224",
    note_soft="#252b4a",
)

LIGHT_CONTRAST = Colours(
    window="#ffffff",
    panel="#ffffff",
    raised="#ffffff",
    field="#ffffff",
    border="#000000",
    text="#000000",
    muted="#2b2b2b",
    hover="#e3e3e3",
    pressed="#8c8c8c",
    accent="#0000b8",
    accent_hover="#000078",
    on_accent="#ffffff",
    selection="#ffe680",
    danger="#8a0000",
    danger_soft="#ffffff",
    note_soft="#ffffff",
)

DARK_CONTRAST = Colours(
    window="#000000",
    panel="#000000",
    raised="#000000",
    field="#000000",
    border="#ffffff",
    text="#ffffff",
    muted="#e6e6e6",
    hover="#333333",
    pressed="#666666",
    accent="#ffe000",
    accent_hover="#fff27a",
    on_accent="#000000",
    selection="#00408a",
    danger="#ffb0a8",
    danger_soft="#000000",
    note_soft="#000000",
)


class ThemeSwitch(QObject):
    """Dresses the application, and again when the system changes from light to dark, or asks for
    more contrast. The theme "contrast" has it always, whatever the system says.

    ``QStyleHints.setColorScheme`` does nothing where no platform theme is loaded (bare X11,
    offscreen), so the palettes are our own everywhere.
    """

    def __init__(self, app: QApplication, theme: Theme) -> None:
        super().__init__()
        self._app = app
        self._theme = theme
        font = app.font()
        if font.pointSizeF() < SMALLEST_FONT_PT:
            font.setPointSizeF(SMALLEST_FONT_PT)
            app.setFont(font)
        # Both are kept: PySide takes the second for deleted as soon as nobody holds the first.
        self._hints = app.styleHints()
        self._needs = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self._apply)
        self._needs.contrastPreferenceChanged.connect(self._apply)
        self._apply()

    @property
    def theme(self) -> Theme:
        """What the user chose, which may be ``system``."""
        return self._theme

    def choose(self, theme: Theme) -> None:
        """Change the theme of the whole application at once."""
        self._theme = theme
        self._apply()

    def _apply(self) -> None:
        colours = colours_of(is_dark=self._is_dark(), is_high=self._is_high())
        # Undressed first: Qt takes three times as long to put one sheet in another's place.
        self._app.setStyleSheet("")
        self._app.setPalette(palette(colours))
        self._app.setStyleSheet(style_sheet(colours, self._app.isRightToLeft()))

    def _is_dark(self) -> bool:
        if self._theme in ("light", "dark"):
            return self._theme == "dark"
        return self._hints.colorScheme() is Qt.ColorScheme.Dark

    def _is_high(self) -> bool:
        wanted = self._needs.contrastPreference()
        return self._theme == "contrast" or wanted is Qt.ContrastPreference.HighContrast


def colours_of(*, is_dark: bool, is_high: bool) -> Colours:
    """The colours of a theme."""
    if is_high:
        return DARK_CONTRAST if is_dark else LIGHT_CONTRAST
    return DARK if is_dark else LIGHT


def palette(colours: Colours) -> QPalette:
    """The theme as a palette, for everything that Fusion or a delegate paints."""
    role = QPalette.ColorRole
    result = QPalette(QColor(colours.raised), QColor(colours.window))
    for which, colour in (
        (role.Window, colours.window),
        (role.Base, colours.window),
        (role.AlternateBase, colours.panel),
        (role.Button, colours.raised),
        (role.Mid, colours.border),
        (role.Midlight, colours.hover),
        (role.Dark, colours.border),
        (role.WindowText, colours.text),
        (role.Text, colours.text),
        (role.ButtonText, colours.text),
        (role.PlaceholderText, colours.muted),
        (role.ToolTipBase, colours.raised),
        (role.ToolTipText, colours.text),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Accent, colours.accent),
        (role.Link, colours.accent),
    ):
        result.setColor(which, QColor(colour))
    for which in (role.Text, role.WindowText, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.muted))
    return result


def style_sheet(colours: Colours, is_right_to_left: bool = False) -> str:
    """What a palette cannot say: rounded fields, quiet buttons, thin scroll bars."""
    c = colours
    # Qt mirrors widgets, but not what a style sheet says of their sides.
    start, end = ("right", "left") if is_right_to_left else ("left", "right")
    return f"""
QToolTip {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.border}; padding: 4px; }}
QMenu {{ background: {c.raised}; border: 1px solid {c.border}; padding: 5px; }}
QMenu::item {{ padding: 6px; padding-{start}: 14px; padding-{end}: 26px; border-radius: 5px; }}
QMenu::item:selected {{ background: {c.selection}; color: {c.text}; }}
QMenu::item:disabled {{ color: {c.muted}; }}
QMenu::separator {{ height: 1px; background: {c.border}; margin: 5px 8px; }}
#libraryPanel {{ background: {c.panel}; border: none; border-{end}: 1px solid {c.border}; }}
#inspectorPanel, #dropPanel {{ background: {c.panel}; border: none;
  border-{start}: 1px solid {c.border}; }}
#panelScroll, #panelScroll > QWidget, #panelScroll > QWidget > QWidget {{
  background: transparent; border: 1px solid transparent; }}
#panelScroll:focus, QDialog QScrollArea:focus {{ border: 1px solid {c.accent}; }}
QDialog QScrollArea {{ border: 1px solid transparent; }}
#captionCard {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 8px; }}
#captionText {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 8px;
  padding: 4px; }}
#captionText:focus {{ border: 2px solid {c.accent}; padding: 3px; }}
#photoStrip {{ background: transparent; border: 1px solid transparent; border-radius: 8px; }}
#photoStrip:focus {{ border: 1px solid {c.accent}; }}
#photoStrip::item:focus {{ border: 1px solid {c.accent}; padding: 1px; }}
#photoStrip::item {{ border-radius: 6px; padding: 2px; color: {c.text}; }}
#photoStrip::item:hover {{ background: {c.hover}; }}
#photoStrip::item:selected {{ background: {c.selection}; color: {c.text}; }}
QPushButton[role="word"] {{ padding: 4px 10px; border-radius: 12px; }}
QPushButton[role="word"]:checked {{ background: {c.selection}; border: 1px solid {c.accent}; }}
QPushButton[role="word"]:focus {{ border: 2px solid {c.accent}; padding: 3px 9px; }}
#progressCard {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 10px; }}
#searchField {{ background: {c.field}; border: 1px solid {c.border}; border-radius: 22px; }}
#searchField[active="true"] {{ border: 2px solid {c.accent}; background: {c.window}; }}
#searchText {{ background: transparent; border: none; selection-background-color: {c.accent};
  selection-color: {c.on_accent}; }}
#queryChip {{ background: {c.selection}; border: 1px solid transparent; border-radius: 16px; }}
#queryChip[pushed="true"] {{ background: {c.danger_soft}; border: 1px solid {c.danger}; }}
#queryChip[wrong="true"] {{ background: transparent; border: 1px dashed {c.danger}; }}
#queryChip:disabled {{ background: {c.hover}; }}
#chipBody {{ padding: 2px 6px; color: {c.text}; border-radius: 12px; }}
#chipBody:disabled {{ color: {c.muted}; }}
#chipBody:focus {{ border: 2px solid {c.accent}; padding: 1px 5px; }}
#completions {{ background: {c.raised}; border: 1px solid {c.border}; padding: 4px; }}
#sortButton {{ padding: 5px 10px; }}
#sortButton:focus {{ padding: 4px 9px; }}
#errorBar[kind="error"] {{ background: {c.danger_soft}; border: 1px solid {c.danger};
  border-radius: 10px; }}
#errorBar[kind="note"] {{ background: {c.note_soft}; border: 1px solid {c.accent};
  border-radius: 10px; }}
#chosenFolders {{ background: {c.panel}; border: 1px dashed {c.border}; border-radius: 10px; }}
#patternText {{ border: 1px solid {c.border}; border-radius: 8px; padding: 4px; }}
#patternText:focus {{ border: 1px solid {c.accent}; }}
#quickWindow {{ background: {c.panel}; border: 1px solid {c.border}; }}
#emptyGlyph {{ background: {c.note_soft}; border-radius: 56px; }}
QLabel[tone="muted"] {{ color: {c.muted}; }}
QPushButton {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 8px;
  padding: 7px 16px; }}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:pressed {{ background: {c.pressed}; }}
QPushButton:focus {{ border: 2px solid {c.accent}; padding: 6px 15px; }}
QPushButton:disabled {{ color: {c.muted}; }}
QPushButton[role="primary"] {{ background: {c.accent}; color: {c.on_accent};
  border: 2px solid {c.accent}; font-weight: 600; }}
QPushButton[role="primary"]:hover {{ background: {c.accent_hover};
  border: 2px solid {c.accent_hover}; }}
QPushButton[role="primary"]:focus {{ border: 6px double {c.on_accent}; padding: 3px 12px; }}
QPushButton[role="link"] {{ background: transparent; border: 1px solid transparent;
  color: {c.accent}; padding: 4px 6px; text-align: {start}; }}
QPushButton[role="link"]:hover {{ background: {c.hover}; }}
QPushButton[role="link"]:focus {{ border: 2px solid {c.accent}; padding: 3px 5px; }}
#viewerBar {{ background: {c.panel}; border: none; border-bottom: 1px solid {c.border}; }}
#viewerNotice {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 10px;
  padding: 8px 14px; }}
QPushButton[role="heading"] {{ background: transparent; border: 1px solid transparent;
  padding: 3px 8px; text-align: {start}; font-weight: 600; }}
QPushButton[role="heading"]:hover {{ background: {c.hover}; }}
QPushButton[role="heading"]:focus {{ border: 2px solid {c.accent}; padding: 2px 7px; }}
QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 8px; }}
QToolButton:hover {{ background: {c.hover}; }}
QToolButton:pressed {{ background: {c.pressed}; }}
QToolButton:focus {{ border: 2px solid {c.accent}; }}
QToolButton::menu-indicator {{ image: none; }}
QProgressBar {{ background: {c.hover}; border: none; border-radius: 3px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
QListView, QTreeView, QPlainTextEdit {{ border: none; outline: 0; }}
#libraryPanel QListView {{ background: transparent; }}
QDialog QTreeView, QDialog QPlainTextEdit {{ border: 1px solid {c.border}; border-radius: 8px;
  padding: 4px; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QDialog QListWidget {{ border: 2px solid transparent; border-radius: 8px; }}
QDialog QListWidget::item {{ padding: 0 8px; border-radius: 6px; }}
QDialog QListWidget::item:selected {{ background: {c.selection}; color: {c.text}; }}
QDialog #backups {{ border: 1px solid {c.border}; border-radius: 8px; padding: 4px; }}
QDialog QTreeView:focus, QDialog QPlainTextEdit:focus, QDialog #backups:focus {{
  border: 2px solid {c.accent}; padding: 3px; }}
QDialog QListWidget:focus {{ border: 2px solid {c.accent}; }}
QTreeView::item {{ min-height: 28px; }}
QTreeView::item:selected {{ background: {c.selection}; color: {c.text}; }}
QTreeView::item:focus:!selected {{ background: {c.hover}; }}
QComboBox {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 6px;
  padding: 4px 8px; }}
QComboBox:focus {{ border: 2px solid {c.accent}; padding: 3px 7px; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow {{ width: 0; height: 0; border-left: 4px solid {c.raised};
  border-right: 4px solid {c.raised}; border-top: 5px solid {c.muted}; }}
QCheckBox {{ border: 2px solid transparent; border-radius: 5px; padding: 2px; }}
QCheckBox:focus {{ border: 2px solid {c.accent}; }}
QHeaderView::section {{ background: {c.window}; border: none;
  border-bottom: 1px solid {c.border}; padding: 6px 8px; color: {c.muted}; }}
QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {c.pressed}; }}
QSlider::sub-page:horizontal {{ background: {c.accent}; border-radius: 2px; }}
QSlider::handle:horizontal {{ width: 14px; height: 14px; margin: -5px 0; border-radius: 7px;
  background: {c.accent}; }}
QSlider::handle:horizontal:focus {{ border: 2px solid {c.text}; width: 12px; height: 12px;
  margin: -6px 0; border-radius: 8px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar::handle:vertical {{ background: {c.border}; border-radius: 4px; min-height: 36px; }}
QScrollBar::handle:vertical:hover {{ background: {c.muted}; }}
QScrollBar::handle:vertical:disabled {{ background: transparent; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle:horizontal {{ background: {c.border}; border-radius: 4px; min-width: 36px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
