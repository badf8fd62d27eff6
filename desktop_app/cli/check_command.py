"""``visita check``: is the library sound, and what can be mended?"""

from __future__ import annotations

from contextlib import closing

from desktop_app.cli import output
from desktop_app.cli.options import Options
from desktop_app.composition import model_shelf, open_bundle
from desktop_app.errors import ModelError
from desktop_app.library.backups import Backups
from desktop_app.library.health import Finding, HealthCheck
from desktop_app.library.indexer_lock import only_indexer
from desktop_app.library.schema import Database
from desktop_app.library.thumbnails import ThumbnailStore
from desktop_app.paths import DataPaths


def check(options: Options, paths: DataPaths) -> int:
    """Print a line for everything that is wrong, and for what lies about; 0 when nothing is left
    that is wrong, else 1.

    Raises:
        AppError: the catalogue cannot be opened, or an indexer works on the library.
    """
    with (
        only_indexer(paths),
        closing(Database(paths.catalogue, Backups(paths.catalogue).take_before_migration)) as db,
    ):
        health = HealthCheck(db, paths, ThumbnailStore(paths.thumbnails_dir), _dims(options, paths))
        findings = list(health.run(repair=options.repair))
    for finding in findings:
        if options.json:
            output.print_json(
                check=finding.check,
                message=finding.message,
                mended=finding.is_mended,
                fault=finding.is_fault,
            )
        else:
            mended = f" ({_mended_word(finding)})" if finding.is_mended else ""
            output.print_line(f"{finding.check}: {finding.message}{mended}")
    faults = [finding for finding in findings if finding.is_fault]
    if not faults and not options.json:
        output.print_line("The library is sound.")
    if any(fault.is_mended for fault in faults):
        output.print_notice("`visita index` reads what has to be read again.")
    return int(any(not fault.is_mended for fault in faults))


def _mended_word(finding: Finding) -> str:
    return "mended" if finding.is_fault else "removed"


def _dims(options: Options, paths: DataPaths) -> dict[str, int]:
    """Lengths of the embeddings of every model that can be read."""
    manifests = [model.manifest for model in model_shelf(paths).all()]
    dims = {manifest.model_id: manifest.dim for manifest in manifests if manifest is not None}
    try:
        manifest = open_bundle(paths, options.model_dir).manifest
    except ModelError as error:
        output.print_notice(f"checked without the model: {error.message}")
        return dims
    return dims | {manifest.model_id: manifest.dim}
