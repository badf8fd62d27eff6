"""The side of the window away from the library: one panel at a time, as wide as it is drawn."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDockWidget, QMainWindow, QStackedWidget, QWidget

from desktop_app.gui.inspector.inspector_panel import usual_width
from desktop_app.gui.key_table import PLACE, KeyLine, KeyTable

INSPECTOR_KEY = "I"
_CLOSE = "close"
_KEYS = KeyTable({_CLOSE: (Qt.Key.Key_Escape,)})


class SideDock(QDockWidget):
    """Holds panels that bring a head of their own; Esc inside closes it."""

    shown_changed = Signal()
    """Another panel is on the screen, or none."""

    def __init__(self, window: QMainWindow, home: QWidget) -> None:
        """Prepare; ``home`` takes the keyboard when a panel is closed that had it."""
        super().__init__(window)
        self.setObjectName("sideDock")
        self.setWindowTitle(self.tr("Side panel"))
        self.setProperty(PLACE, self.windowTitle())
        self.setTitleBarWidget(QWidget())  # the panels' heads say what they are
        self.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        areas = Qt.DockWidgetArea
        self.setAllowedAreas(areas.LeftDockWidgetArea | areas.RightDockWidgetArea)
        self._window = window
        self._home = home
        self._was_opened = False
        self._stack = QStackedWidget()
        self.setWidget(self._stack)
        # Away from the library; Qt mirrors no docks.
        area = areas.LeftDockWidgetArea if window.isRightToLeft() else areas.RightDockWidgetArea
        window.addDockWidget(area, self)
        self.hide()

    @property
    def current(self) -> QWidget | None:
        """The panel that is open; None while none is."""
        return None if self.isHidden() else self._stack.currentWidget()

    def add(self, panel: QWidget) -> None:
        """Take a panel in; it is not shown yet."""
        self._stack.addWidget(panel)

    def open(self, panel: QWidget) -> None:
        """Show a panel in the place of what was there."""
        self._stack.setCurrentWidget(panel)
        self.show()
        if not self._was_opened:  # from then on it is as wide as the user made it
            self._was_opened = True
            width = usual_width(panel)
            self._window.resizeDocks([self], [width], Qt.Orientation.Horizontal)
        self.shown_changed.emit()

    def close_panel(self) -> None:
        """Show none, and give the keyboard back to the window."""
        had_keyboard = self.isAncestorOf(self._window.focusWidget())
        self.hide()
        if had_keyboard:
            self._home.setFocus(Qt.FocusReason.OtherFocusReason)
        self.shown_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the panel that has the keyboard."""
        if _KEYS.command_of(event) is not None:
            self.close_panel()
            return
        super().keyPressEvent(event)

    def key_lines(self) -> list[KeyLine]:
        """What its own key does."""
        return [(self.tr("Close the panel"), _KEYS.keys_of(_CLOSE))]


def inspector_action(words: str, dock: SideDock) -> QAction:
    """The menu's entry, with its key; a single letter, which a text field keeps for itself."""
    action = QAction(words, dock)
    action.setCheckable(True)
    action.setShortcut(QKeySequence(INSPECTOR_KEY))
    return action
