"""The pages of the settings that hold choices: each shows some fields of ``Settings``."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop_app.gui.language import LANGUAGES
from desktop_app.gui.photo_grid import LARGEST_SIDE, SIDE_CHANGE, SMALLEST_SIDE
from desktop_app.gui.settings.check_row import CheckRow
from desktop_app.gui.settings.pattern_editor import PatternEditor
from desktop_app.settings import Settings

MOST_THREADS = 64
LEAST_MEMORY_MB, MOST_MEMORY_MB = 200, 16_000
LEAST_PIXELS_MP, MOST_PIXELS_MP = 10, 10_000
LEAST_CACHE_MB, MOST_CACHE_MB = 32, 2_000


class SettingsPage(QWidget):
    """A page of choices; ``changed`` gives back the settings with them."""

    def __init__(self) -> None:
        super().__init__()
        self.problem = ""
        """Why it cannot be saved; empty when it can."""
        self.form = QFormLayout()
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
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
        control.setAccessibleName(words.rstrip(":："))
        self.form.addRow(label, control)

    def add_check(self, words: str) -> QCheckBox:
        """A box with words that wrap where there is too little room."""
        row = CheckRow(words)
        self.column.addWidget(row)
        return row.box

    def add_note(self, words: str) -> QLabel:
        """Quiet words below the controls."""
        note = QLabel(words)
        note.setProperty("tone", "muted")
        note.setWordWrap(True)
        note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(note)
        return note


class AppearancePage(SettingsPage):
    """Theme, language, the size of thumbnails and the memory for them."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.theme = QComboBox()
        for choice, words in (
            ("system", self.tr("Like the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
            ("contrast", self.tr("High contrast")),
        ):
            self.theme.addItem(words, choice)
        self.theme.setCurrentIndex(self.theme.findData(settings.theme))
        self.language = QComboBox()
        self.language.addItem(self.tr("Like the system"), "")
        for choice, name in LANGUAGES.items():
            self.language.addItem(name, choice)
        self.language.setCurrentIndex(self.language.findData(settings.language))
        self.side = spin(SMALLEST_SIDE, LARGEST_SIDE, settings.thumbnail_side, self.tr(" px"))
        self.side.setSingleStep(SIDE_CHANGE)
        self.cache = spin(LEAST_CACHE_MB, MOST_CACHE_MB, settings.thumbnail_cache_mb, " MB")
        self.add_row(self.tr("Theme:"), self.theme)
        self.add_row(self.tr("Language:"), self.language)
        self.add_row(self.tr("Size of thumbnails:"), self.side)
        self.add_row(self.tr("Memory for thumbnails:"), self.cache)
        self.add_note(
            self.tr(
                "More memory shows photos again without reading them from the disk. Language and "
                "memory take effect at the next start. How much thumbnails may take on the disk is "
                "said under Library."
            )
        )
        self.column.addStretch(1)

    def changed(self, settings: Settings) -> Settings:
        """With the theme, the language, and size and memory of thumbnails."""
        return replace(
            settings,
            theme=self.theme.currentData(),
            language=self.language.currentData(),
            thumbnail_side=self.side.value(),
            thumbnail_cache_mb=self.cache.value(),
        )


class IndexingPage(SettingsPage):
    """How photos are read, and which are left out."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.threads = spin(0, MOST_THREADS, settings.decode_workers, "")
        self.threads.setSpecialValueText(self.tr("One per core"))
        self.memory = spin(
            LEAST_MEMORY_MB, MOST_MEMORY_MB, settings.decode_memory_mb, " MB", step=50
        )
        self.memory.setToolTip(
            self.tr(
                "Photos that need more than this are refused: 550 MB are 130 megapixels of PNG."
            )
        )
        self.pixels = spin(
            LEAST_PIXELS_MP, MOST_PIXELS_MP, settings.pixel_cap_mp, self.tr(" megapixels"), step=50
        )
        self.pixels.setToolTip(
            self.tr("Larger photos are refused before they are decoded, against damaged files.")
        )
        self.rescan = spin(1, 24 * 60, settings.rescan_minutes, self.tr(" min"))
        self.add_row(self.tr("Threads that read photos:"), self.threads)
        self.add_row(self.tr("Memory for photos being read:"), self.memory)
        self.add_row(self.tr("Largest photo:"), self.pixels)
        self.add_row(self.tr("Look through network drives every:"), self.rescan)
        self.patterns = PatternEditor()
        self.patterns.show_patterns(settings.exclude)
        self.patterns.changed.connect(self._judge)
        self.column.addWidget(self.patterns)
        self.column.addStretch(1)

    def changed(self, settings: Settings) -> Settings:
        """With threads, memory, pixels, period and patterns."""
        return replace(
            settings,
            decode_workers=self.threads.value(),
            decode_memory_mb=self.memory.value(),
            pixel_cap_mp=self.pixels.value(),
            rescan_minutes=self.rescan.value(),
            exclude=self.patterns.patterns,
        )

    def _judge(self) -> None:
        self.problem = self.patterns.problem


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
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.provider.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.obtained = QLabel(self.tr("…"))
        self.obtained.setWordWrap(True)
        self.add_row(self.tr("Run the model on:"), self.provider)
        self.add_row(self.tr("It runs on:"), self.obtained)
        self.rerank = self.add_check(self.tr("Look again at the best photos when typing rests"))
        self.rerank.setChecked(settings.rerank)
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


def spin(least: int, most: int, value: int, suffix: str, step: int = 1) -> QSpinBox:
    """A box for a number between two others."""
    box = QSpinBox()
    box.setRange(least, most)
    box.setValue(value)
    box.setSuffix(suffix)
    box.setSingleStep(step)
    return box
