"""The pages of the settings that hold choices: each shows some fields of ``Settings``."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop_app.errors import UsageError
from desktop_app.library.exclusion import DEFAULT_FILES, DEFAULT_FOLDERS, require_pattern
from desktop_app.settings import Settings

MOST_THREADS = 64
LEAST_MEMORY_MB, MOST_MEMORY_MB = 200, 16_000
LEAST_CACHE_MB, MOST_CACHE_MB = 32, 2_000


class SettingsPage(QWidget):
    """A page of choices; ``changed`` gives back the settings with them."""

    def __init__(self) -> None:
        super().__init__()
        self.problem = ""
        """Why it cannot be saved; empty when it can."""
        self.form = QFormLayout()
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        self.form.setVerticalSpacing(10)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(8, 0, 0, 0)
        self.column.setSpacing(12)
        self.column.addLayout(self.form)

    def changed(self, settings: Settings) -> Settings:
        """The settings with the choices of this page."""
        return settings

    def add_row(self, words: str, control: QWidget) -> None:
        """A labelled control; the label is its accessible name."""
        label = QLabel(words)
        label.setBuddy(control)
        control.setAccessibleName(words.rstrip(":"))
        self.form.addRow(label, control)

    def add_note(self, words: str) -> QLabel:
        """Quiet words below the controls."""
        note = QLabel(words)
        note.setProperty("tone", "muted")
        note.setWordWrap(True)
        note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(note)
        return note


class AppearancePage(SettingsPage):
    """Theme and the memory for thumbnails."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.theme = QComboBox()
        for choice, words in (
            ("system", self.tr("Like the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        ):
            self.theme.addItem(words, choice)
        self.theme.setCurrentIndex(self.theme.findData(settings.theme))
        self.cache = _spin(LEAST_CACHE_MB, MOST_CACHE_MB, settings.thumbnail_cache_mb, " MB")
        self.add_row(self.tr("Theme:"), self.theme)
        self.add_row(self.tr("Memory for thumbnails:"), self.cache)
        self.add_note(
            self.tr(
                "More memory shows photos again without reading them from the disk. It takes "
                "effect at the next start."
            )
        )
        self.column.addStretch(1)

    def changed(self, settings: Settings) -> Settings:
        """With the theme and the size of the cache."""
        return replace(
            settings, theme=self.theme.currentData(), thumbnail_cache_mb=self.cache.value()
        )


class IndexingPage(SettingsPage):
    """How photos are read, and which are left out."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.threads = _spin(0, MOST_THREADS, settings.decode_workers, "")
        self.threads.setSpecialValueText(self.tr("One per core"))
        self.memory = _spin(
            LEAST_MEMORY_MB, MOST_MEMORY_MB, settings.decode_memory_mb, " MB", step=50
        )
        self.memory.setToolTip(
            self.tr(
                "Photos that need more than this are refused: 550 MB are 130 megapixels of PNG."
            )
        )
        self.rescan = _spin(1, 24 * 60, settings.rescan_minutes, self.tr(" min"))
        self.add_row(self.tr("Threads that read photos:"), self.threads)
        self.add_row(self.tr("Memory for photos being read:"), self.memory)
        self.add_row(self.tr("Look through network drives every:"), self.rescan)
        words = QLabel(
            self.tr(
                "Left out, one pattern on each line, in the syntax of .gitignore files "
                "(drafts/, *.gif). ! takes something back:"
            )
        )
        words.setWordWrap(True)
        self.patterns = QPlainTextEdit("\n".join(settings.exclude))
        self.patterns.setAccessibleName(self.tr("Patterns of what is left out"))
        self.patterns.setTabChangesFocus(True)
        self.patterns.setMaximumHeight(130)
        words.setBuddy(self.patterns)
        self.column.addWidget(words)
        self.column.addWidget(self.patterns)
        self.trouble = QLabel()
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        self.column.addWidget(self.trouble)
        always = ", ".join((*DEFAULT_FOLDERS, *DEFAULT_FILES)).replace("\\", "")
        self.add_note(self.tr("Left out without being asked: {patterns}").format(patterns=always))
        self.column.addStretch(1)
        self.patterns.textChanged.connect(self._judge)

    def lines(self) -> tuple[str, ...]:
        """The patterns, each once."""
        lines = (line.strip() for line in self.patterns.toPlainText().splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))

    def changed(self, settings: Settings) -> Settings:
        """With threads, memory, period and patterns."""
        return replace(
            settings,
            decode_workers=self.threads.value(),
            decode_memory_mb=self.memory.value(),
            rescan_minutes=self.rescan.value(),
            exclude=self.lines(),
        )

    def _judge(self) -> None:
        self.problem = ""
        for line in self.lines():
            try:
                require_pattern(line)
            except UsageError as error:
                self.problem = str(error)
        self.trouble.setText(self.problem)
        self.trouble.setVisible(bool(self.problem))


class SearchPage(SettingsPage):
    """Where the model runs, and the second look."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.provider = QComboBox()
        for choice, words in (
            ("auto", self.tr("The quickest there is")),
            ("cpu", self.tr("The processor")),
            ("cuda", self.tr("An NVIDIA graphics card")),
        ):
            self.provider.addItem(words, choice)
        self.provider.setCurrentIndex(self.provider.findData(settings.provider))
        self.obtained = QLabel(self.tr("…"))
        self.rerank = QCheckBox(self.tr("Look again at the best photos when typing rests"))
        self.rerank.setChecked(settings.rerank)
        self.add_row(self.tr("Run the model on:"), self.provider)
        self.add_row(self.tr("It runs on:"), self.obtained)
        self.column.addWidget(self.rerank)
        self.add_note(self.tr("These take effect at the next start."))
        self.column.addStretch(1)

    def show_obtained(self, words: str) -> None:
        """What ONNX Runtime really gave, or why it did not."""
        self.obtained.setText(words)

    def changed(self, settings: Settings) -> Settings:
        """With provider and second look."""
        return replace(
            settings, provider=self.provider.currentData(), rerank=self.rerank.isChecked()
        )


def _spin(least: int, most: int, value: int, suffix: str, step: int = 1) -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, most)
    box.setValue(value)
    box.setSuffix(suffix)
    box.setSingleStep(step)
    return box
