"""File facts, what the camera wrote, and where it was."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop_app.gui.inspector.fact_words import facts, map_address, place
from desktop_app.gui.inspector.section import Section, breakable, link_button, wrapped_label
from desktop_app.library.photo_details import PhotoDetails


class FactsSection(Section):
    """A table of two columns, and a link to a map that is opened by a click and nothing else."""

    def __init__(self) -> None:
        super().__init__(self.tr("About this photo"))
        self._where: tuple[float, float] | None = None
        self._table = QGridLayout()
        self._table.setContentsMargins(0, 0, 0, 0)
        self._table.setHorizontalSpacing(12)
        self._table.setVerticalSpacing(4)
        self._table.setColumnStretch(1, 1)
        self._shown: list[QWidget] = []
        self.rows: dict[str, QLabel] = {}
        """The words by their names, as they stand on the screen."""
        self.map_button = link_button(self.tr("Show on a map in the browser"))
        self.map_button.setToolTip(
            self.tr(
                "Your browser asks openstreetmap.org for the map, which learns the place. "
                "VisITA itself never connects to anything."
            )
        )
        self.map_button.clicked.connect(self._open_map)
        self.column.addLayout(self._table)
        self.column.addWidget(self.map_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.clear()

    def clear(self) -> None:
        """Nothing is known yet."""
        for widget in self._shown:
            self._table.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown, self.rows, self._where = [], {}, None
        self.map_button.hide()

    def show_details(self, details: PhotoDetails) -> None:
        """Fill the table."""
        self.clear()
        paths = {str(details.path.parent), "\n".join(map(str, details.other_paths))}
        for name, words in facts(details):
            self._add(name, words, breakable(words) if words in paths else words)
        where = (details.metadata.latitude, details.metadata.longitude)
        if where[0] is not None and where[1] is not None:
            self._where = (where[0], where[1])
            words = place(*self._where)
            self._add(self.tr("Place"), words, words)
            self.map_button.show()

    def _add(self, name: str, words: str, shown: str) -> None:
        row = len(self.rows)
        title = QLabel(name)
        title.setProperty("tone", "muted")
        label = wrapped_label()
        label.setText(shown)
        label.setAccessibleName(f"{name}: {words}")
        self._table.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
        self._table.addWidget(label, row, 1)
        self._shown += [title, label]
        self.rows[name] = label

    def _open_map(self) -> None:
        if self._where is not None:
            QDesktopServices.openUrl(QUrl(map_address(*self._where)))
