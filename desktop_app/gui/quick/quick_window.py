"""Search from anywhere: a field, one row of photos, and out of the way again."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QThreadPool, Signal
from PySide6.QtGui import (
    QCursor,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QShortcut,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout

from desktop_app.gui.glyphs import Glyph, GlyphButton
from desktop_app.gui.messages import ErrorReport
from desktop_app.gui.photo_actions import PhotoActions
from desktop_app.gui.photo_list_model import PhotoListModel
from desktop_app.gui.quick.hit_row import HitRow
from desktop_app.gui.quick.quick_search import QuickSearch
from desktop_app.gui.search_thread import SearchThread
from desktop_app.gui.thumbnails import ThumbnailLoader

CACHE_BYTES = 16_000_000
WIDTH = 780
FIELD_HEIGHT = 44


class QuickWindow(QFrame):
    """Frameless and above others; shares the open library with the main window."""

    all_wanted = Signal(str)
    """Show all photos for this text in the main window."""

    hidden = Signal()

    def __init__(self, thread: SearchThread, pool: QThreadPool) -> None:
        super().__init__(
            None,
            Qt.WindowType.Tool
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint,
        )
        self.setObjectName("quickWindow")
        self.setWindowTitle(self.tr("Quick search"))
        self.setAccessibleName(self.tr("Quick search"))
        # Of its own: a loader keeps one size of each tile, and the grid has another.
        self.thumbnails = ThumbnailLoader(pool, CACHE_BYTES)
        self.search = QuickSearch(thread, self)
        self.photo_actions = PhotoActions(pool, self)
        self.model = PhotoListModel(self)
        self.text = QLineEdit()
        self.text.setObjectName("searchText")
        self.text.setFrame(False)
        self.text.setPlaceholderText(self.tr("Describe a photo"))
        self.text.setAccessibleName(self.tr("Search photos by words"))
        self.close_button = GlyphButton("close", self.tr("Hide quick search (Esc)"), 28, 14)
        self.row = HitRow(self.model, self.thumbnails)
        self.status = QLabel()
        self.status.setWordWrap(True)
        self.status.setProperty("tone", "muted")
        self.all_button = QPushButton(self.tr("Show all in VisITA"))
        self.all_button.setProperty("role", "link")
        self._arrange()
        self.text.installEventFilter(self)
        self.text.textEdited.connect(self.search.type)
        self.row.left.connect(self.text.setFocus)
        self.row.typed.connect(self._type_on)
        self.row.doubleClicked.connect(lambda _: self.open_current())
        self.search.answered.connect(self._show_hits)
        self.search.failed.connect(self._show_error)
        self._trouble = ""
        self.photo_actions.failed.connect(self._show_failure)
        self.text.textEdited.connect(self._forget_trouble)
        self.close_button.clicked.connect(self.hide)
        self.all_button.clicked.connect(self._show_all)
        for keys, act in (
            ("Esc", self.hide),
            ("Return", self.open_current),
            ("Enter", self.open_current),
            ("Ctrl+Return", self.reveal_current),
            ("Ctrl+Enter", self.reveal_current),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def appear(self) -> None:
        """Show it on the screen with the pointer, ready for typing."""
        self._say_keys()
        if not self.isVisible():
            self.adjustSize()
            self.resize(WIDTH, self.sizeHint().height())
            screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
            if screen is not None:
                place = self.frameGeometry()
                place.moveCenter(screen.availableGeometry().center())
                place.moveTop(screen.availableGeometry().top() + screen.size().height() // 5)
                self.move(place.topLeft())
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus()
        self.text.selectAll()
        self.search.wake(self.text.text())

    def open_current(self) -> None:
        """Open the marked photo with the system's program for it, and hide."""
        if self.all_button.hasFocus():
            self._show_all()
        elif self.close_button.hasFocus():
            self.hide()
        elif (hit := self.row.current_hit()) is not None:
            self.hide()
            self.photo_actions.open(hit)

    def reveal_current(self) -> None:
        """Show the marked photo in the file manager, and hide."""
        if (hit := self.row.current_hit()) is not None:
            self.hide()
            self.photo_actions.reveal(hit.photo.path)

    def stop(self) -> None:
        """Ask for nothing more, read no more thumbnails."""
        self.hide()
        self.search.sleep()
        self.thumbnails.drain()

    def _arrange(self) -> None:
        field = QFrame()
        field.setObjectName("searchField")
        field.setFixedHeight(FIELD_HEIGHT)
        line = QHBoxLayout(field)
        line.setContentsMargins(14, 0, 8, 0)
        line.setSpacing(8)
        line.addWidget(Glyph("search", 20))
        line.addWidget(self.text, 1)
        line.addWidget(self.close_button)
        foot = QHBoxLayout()
        foot.addWidget(self.status, 1)
        foot.addWidget(self.all_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 10)
        layout.setSpacing(8)
        layout.addWidget(field)
        layout.addWidget(self.row)
        layout.addLayout(foot)

    def _show_hits(self, hits: object) -> None:
        self.row.show_hits(hits)  # type: ignore[arg-type]
        if self.model.hits:
            self._say_keys()
        else:
            self._say(self.tr("No photo was found."))

    def _show_error(self, report: ErrorReport) -> None:
        self.status.setText(f"{report.message} {report.hint}".strip())

    def _show_failure(self, message: str, hint: str) -> None:
        # The window looks again when it appears; what went wrong must outlast that answer.
        self._trouble = f"{message} {hint}".strip()
        self.appear()

    def _say_keys(self) -> None:
        self._say(self.tr("Enter opens, Ctrl+Enter shows in the folder, Tab moves on, Esc hides"))

    def _say(self, words: str) -> None:
        self.status.setText(self._trouble or words)

    def _forget_trouble(self) -> None:
        self._trouble = ""

    def _show_all(self) -> None:
        self.hide()
        self.all_wanted.emit(self.text.text().strip())

    def _type_on(self, text: str) -> None:
        self.text.setFocus()
        self.text.insert(text)
        self.search.type(self.text.text())

    # -- Qt's events -----------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and Tab in the field go to the photos; the first is marked already."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            keys = (Qt.Key.Key_Down, Qt.Key.Key_Tab)
            if event.key() in keys and self.model.hits:
                if event.key() == Qt.Key.Key_Tab:
                    self.row.go_to(self.row.currentIndex().row() + 1)
                self.row.setFocus()
                return True
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Its frame is all there is to move it by."""
        handle = self.windowHandle()
        if event.button() == Qt.MouseButton.LeftButton and handle is not None:
            handle.startSystemMove()
        super().mousePressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is asked while nobody looks."""
        super().hideEvent(event)
        self.search.sleep()
        self.hidden.emit()
