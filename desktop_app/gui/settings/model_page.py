"""The page about models: which there are, what they have seen, which one answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMessageBox, QPushButton, QTreeWidgetItem, QWidget

from desktop_app.gui.settings.facts_pages import facts_table, group_heading
from desktop_app.gui.settings.figure_words import figure_groups
from desktop_app.gui.settings.pages import SettingsPage
from desktop_app.gui.wording import number
from desktop_app.inference.bundle import ModelManifest
from desktop_app.library.models.model_switch import ModelState


class ModelPage(SettingsPage):
    """What the model is, how well it finds, and on what terms; others to switch to."""

    use_wanted = Signal(str)
    """The name of a model."""

    remove_wanted = Signal(str)
    """The name of a model, or the id of what one left behind; the user has confirmed it."""

    def __init__(self) -> None:
        super().__init__()
        self.models = facts_table(
            self.tr("Models"), self.tr("Model"), self.tr("Photos seen"), self.tr("On the disk")
        )
        self.models.setColumnCount(3)
        self.use_button = QPushButton(self.tr("Use this one"))
        self.remove_button = QPushButton(self.tr("Remove…"))
        self.column.addWidget(self.models, 1)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.use_button)
        row.addWidget(self.remove_button)
        row.addStretch(1)
        self.column.addWidget(buttons)
        self.progress = self.add_note(
            self.tr("`visita model add` in a terminal adds models of the Hugging Face hub.")
        )
        self.terms = self.add_note(self.tr("…"))
        self.figures = facts_table(
            self.tr("Figures of the model"), self.tr("Figure"), self.tr("Value")
        )
        self.column.addWidget(self.figures, 1)
        self._states: list[ModelState] = []
        self.models.currentItemChanged.connect(lambda: self._judge())
        self.use_button.clicked.connect(self._use)
        self.remove_button.clicked.connect(self._confirm)
        self._judge()

    def show_models(self, states: Sequence[ModelState]) -> None:
        """The models, as they are now; the chosen line stays chosen."""
        before = self._chosen()
        self._states = list(states)
        self.models.clear()
        for state in states:
            item = QTreeWidgetItem([self._words(state), *self._facts(state)])
            item.setData(0, Qt.ItemDataRole.UserRole, state.name or state.model_id)
            font = item.font(0)
            font.setBold(state.is_answering)
            item.setFont(0, font)
            self.models.addTopLevelItem(item)
            if before is not None and (before.name, before.model_id) == (
                state.name,
                state.model_id,
            ):
                self.models.setCurrentItem(item)
        waiting = next((s for s in states if s.is_wanted and not s.is_answering), None)
        if waiting is not None:
            self.progress.setText(
                self.tr(
                    "{name} answers when it has seen {n} more photos; until then the old one does."
                ).format(name=waiting.name, n=number(waiting.lacking))
            )
        self._judge()

    def show_manifest(self, manifest: ModelManifest) -> None:
        """Fill the lower half, which is about the model that answers."""
        self.terms.setText(
            self.tr(
                "{name}, id {model_id}, {size} MB, {dim} dimensions.\nLicence: {licence}"
            ).format(
                name=manifest.name,
                model_id=manifest.model_id,
                size=round(manifest.size_bytes / 1e6),
                dim=manifest.dim,
                licence=manifest.licence,
            )
        )
        self.figures.clear()
        for group in figure_groups(manifest.metrics):
            heading = group_heading(self.figures, group.title)
            for line in group.lines:
                heading.addChild(QTreeWidgetItem(list(line)))
        self.figures.expandAll()

    @property
    def is_waiting(self) -> bool:
        """Whether a model is being shown photos."""
        return any(state.is_wanted and not state.is_answering for state in self._states)

    def _words(self, state: ModelState) -> str:
        name = state.name or state.model_id
        if state.manifest is None:
            return self.tr("{name} (its files are gone)").format(name=name)
        words = f"{name}: {state.manifest.name}"
        if state.is_answering:
            return self.tr("{model} (answers)").format(model=words)
        if state.is_wanted:
            return self.tr("{model} (is shown the photos)").format(model=words)
        return words

    def _facts(self, state: ModelState) -> list[str]:
        seen = number(state.photos)
        if state.lacking:
            seen = self.tr("{seen}, {lacking} not yet").format(
                seen=seen, lacking=number(state.lacking)
            )
        size = QLocale().formattedDataSize
        takes = size(state.bundle_bytes + state.library_bytes)
        return [seen, takes]

    def _chosen(self) -> ModelState | None:
        item = self.models.currentItem()
        row = -1 if item is None else self.models.indexOfTopLevelItem(item)
        return self._states[row] if 0 <= row < len(self._states) else None

    def _judge(self) -> None:
        state = self._chosen()
        is_free = state is not None and not state.is_answering and not state.is_wanted
        self.use_button.setEnabled(
            state is not None and state.manifest is not None and not state.is_wanted
        )
        has_something = state is not None and (bool(state.library_bytes) or not state.is_shipped)
        self.remove_button.setEnabled(is_free and has_something)

    def _use(self) -> None:
        state = self._chosen()
        if state is not None:
            self.use_wanted.emit(state.name)

    def _confirm(self) -> None:
        state = self._chosen()
        if state is None:
            return
        name = state.name or state.model_id
        box = QMessageBox(self.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Remove a model"))
        box.setText(self.tr("Remove {name}, and what it made of your photos?").format(name=name))
        box.setInformativeText(
            self.tr(
                "Your photos are not touched. To switch to it again, all photos must be shown to "
                "it again; a model that came with VisITA stays itself."
            )
        )
        box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.accepted.connect(lambda: self.remove_wanted.emit(name))
        box.open()
