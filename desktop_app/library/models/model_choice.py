"""Which model answers, and which one is wanted: two names, the same one most of the time.

What is wanted is the user's choice and stands in the settings. What answers follows when every
photo has been embedded; whoever completes that writes it down here, so that every process of the
library knows it.
"""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

from desktop_app.errors import CatalogueReadOnly
from desktop_app.library.left_overs import temporary_name
from desktop_app.library.models.model_shelf import SHIPPED
from desktop_app.settings import Settings

log = logging.getLogger(__name__)


class ModelChoice:
    """The two names of one library. Any thread of any process may use one."""

    def __init__(self, file: Path, settings_file: Path) -> None:
        """Where the names are kept; neither file needs to be there.

        Args:
            file: holds the name of the model that answers.
            settings_file: the user's settings.
        """
        self._file = file
        self._settings_file = settings_file

    @property
    def answering(self) -> str:
        """The model that queries are answered with."""
        try:
            name = json.loads(self._file.read_text("utf-8"))["answering"]
        except FileNotFoundError:
            return SHIPPED
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("the model that answers is not known, the shipped one does: %r", error)
            return SHIPPED
        return name if isinstance(name, str) else SHIPPED

    @property
    def wanted(self) -> str:
        """The model that the user chose."""
        return Settings.load(self._settings_file).model

    def want(self, name: str) -> None:
        """Choose a model; it answers once ``take_over`` was called.

        Raises:
            LibraryError: the settings cannot be written.
        """
        settings = Settings.load(self._settings_file)
        if settings.model != name:
            settings.with_model(name).save(self._settings_file)

    def take_over(self, name: str) -> bool:
        """Have a model answer from now on, if it still is the one that is wanted.

        Raises:
            LibraryError: it cannot be written down.
        """
        if self.wanted != name:
            return False
        temporary = temporary_name(self._file)
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            temporary.write_text(json.dumps({"answering": name}) + "\n", "utf-8")
            os.replace(temporary, self._file)
        except OSError as error:
            raise CatalogueReadOnly(
                f"The choice of a model cannot be saved: {error.strerror}."
            ) from error
        log.info("the model %s answers from now on", name)
        return True
