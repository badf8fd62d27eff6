"""The inspector: one photo, why it matched, its captions, its facts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.gui.inspector.caption_section import CaptionSection
from desktop_app.gui.inspector.facts_section import FactsSection
from desktop_app.gui.inspector.match_section import MatchSection
from desktop_app.gui.inspector.messages import ShownReasons, Subject
from desktop_app.gui.inspector.photo_view import PhotoView
from desktop_app.gui.inspector.section import PanelHead, wrapped_label

WIDTH = 340
LEAST_WIDTH = 280
LINES_WIDE = 16


class PanelScroll(QScrollArea):
    """Scrolls up and down only, so it asks for the width that its contents need."""

    def minimumSizeHint(self) -> QSize:
        """No narrower than what cannot be broken into lines, within reason."""
        contents = self.widget()
        if contents is None:
            return super().minimumSizeHint()
        bar = self.verticalScrollBar().sizeHint().width()
        width = contents.minimumSizeHint().width() + bar + 2 * self.frameWidth()
        width = max(LEAST_WIDTH, min(width, 2 * usual_width(self)))
        return QSize(width, super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Other contents need another width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class InspectorPanel(QFrame):
    """Shows what it is told; finds out nothing by itself."""

    close_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("inspectorPanel")
        self.subject: Subject | None = None
        self._photo = QImage()
        self._layer = (QImage(), "")
        """What lies over the photo now, and its description; null: nothing."""
        self.head = PanelHead(self.tr("Inspector"), self.tr("Close the inspector"))
        self.hint = wrapped_label("muted")
        self.hint.setText(self.tr("Select a photo to see what is known of it."))
        self.view = PhotoView()
        self.name = wrapped_label()
        font = self.name.font()
        font.setBold(True)
        self.name.setFont(font)
        self.match = MatchSection()
        self.captions = CaptionSection()
        self.facts = FactsSection()
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for widget in (self.view, self.name, self.match, self.captions, self.facts):
            column.addWidget(widget)
        column.addStretch(1)
        self.head.close_button.clicked.connect(self.close_wanted)
        self.match.layer_wanted.connect(self._show_layer)
        lay_out(self, self.tr("Inspector"), self.head, self.hint, self._body)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No photo is selected."""
        self.subject = None
        self._body.hide()
        self.hint.show()

    def show_subject(self, subject: Subject, has_reasons: bool) -> None:
        """Begin with another photo; ``has_reasons`` if it is a hit of words or of a photo."""
        self.subject = subject
        self._photo = QImage()
        self._layer = (QImage(), "")
        self.view.show_picture(QImage(), "")
        self.name.setText(subject.path.name)
        self.match.clear()
        self.match.setVisible(has_reasons)
        self.captions.clear()
        self.facts.clear()
        self.hint.hide()
        self._body.show()

    def show_photo(self, image: QImage) -> None:
        """The photo itself, or the same one sharper: the word that was chosen stays chosen."""
        self._photo = image
        self._show_layer(*self._layer)

    def show_reasons(self, shown: ShownReasons) -> None:
        """Why it matched."""
        self._show_layer(QImage(), "")
        hit = None if self.subject is None else self.subject.hit
        self.match.show_reasons(shown, None if hit is None else hit.likely_from)

    def _show_layer(self, layer: QImage, description: str) -> None:
        self._layer = (layer, description)
        if layer.isNull():
            self.view.show_picture(self._photo, self.name.text())
        else:
            self.view.show_picture(layer, description)


def lay_out(panel: QFrame, name: str, head: PanelHead, *contents: QWidget) -> None:
    """The head stays where it is, what is below it scrolls, and has this name."""
    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(16, 0, 14, 16)
    column.setSpacing(12)
    for widget in contents:
        column.addWidget(widget)
    column.addStretch(1)
    scroll = PanelScroll()
    scroll.setWidget(body)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setObjectName("panelScroll")
    scroll.setAccessibleName(name)
    layout = QVBoxLayout(panel)
    layout.setContentsMargins(0, 12, 0, 0)
    layout.setSpacing(10)
    head.setContentsMargins(16, 0, 10, 0)
    layout.addWidget(head)
    layout.addWidget(scroll, 1)


def usual_width(panel: QWidget) -> int:
    """How wide a panel is at first: wider where letters are large."""
    return max(WIDTH, LINES_WIDE * panel.fontMetrics().height())
