"""Photos that were indexed before VisITA read metadata get theirs, without being encoded again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_app.errors import PhotoError
from desktop_app.library.decoder import Decoder
from desktop_app.library.index_control import IndexControl
from desktop_app.library.metadata_rows import MetadataLedger
from desktop_app.library.records import IndexProgress, Metadata, PendingFile, Scope
from desktop_app.library.sidecar import with_sidecar
from desktop_app.library.tally import Tally

_BATCH = 64


class MetadataPhase:
    """Reads the headers of files. Lives on the thread of its ledger."""

    def __init__(self, ledger: MetadataLedger, decoder: Decoder, tally: Tally) -> None:
        self._ledger = ledger
        self._decoder = decoder
        self._tally = tally

    def run(self, scopes: Sequence[Scope], control: IndexControl) -> Iterator[IndexProgress]:
        """Read what is lacking, or until stopped; what was read stays.

        Raises:
            LibraryError: the catalogue cannot be written.
        """
        for scope in scopes:
            files = self._ledger.lacking(scope)
            for start in range(0, len(files), _BATCH):
                if control.is_stopped:
                    return
                batch = files[start : start + _BATCH]
                self._ledger.store([found for file in batch if (found := self._read(file))])
                if self._tally.is_due():
                    yield self._tally.progress(batch[-1].path)
                if control.is_paused:
                    yield self._tally.progress(phase="paused")
                    control.wait_while_paused()

    def _read(self, file: PendingFile) -> tuple[int, Metadata] | None:
        if file.photo_id is None:
            return None
        try:
            return file.photo_id, with_sidecar(file.path, self._decoder.metadata(file.path))
        except PhotoError as error:
            if isinstance(error.__cause__, OSError):  # perhaps only now: asked again next time
                return None
            return file.photo_id, Metadata()
