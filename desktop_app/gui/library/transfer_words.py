"""Copying and moving in words: what would happen, what happened, why a file was left."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QCoreApplication, QLocale

from desktop_app.gui.wording import number, photos, sentence
from desktop_app.library.transfer_journal import TransferRecord
from desktop_app.library.transfer_plan import LeftOut, TransferPlan, TransferSummary, Why

translate = QCoreApplication.translate

MOST_NAMES = 3


def size_words(size_bytes: int) -> str:
    """``34.5 MB`` in the user's language."""
    return QLocale().formattedDataSize(size_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def headline(plan: TransferPlan) -> str:
    """The question that a plan is asked with."""
    words = (
        translate("transfer", "Copy {photos} to “{folder}”?")
        if plan.kind == "copy"
        else translate("transfer", "Move {photos} to “{folder}”?")
    )
    return words.format(photos=photos(plan.photos), folder=plan.folder.name or str(plan.folder))


def plan_lines(plan: TransferPlan, elsewhere: int = 0) -> list[str]:
    """What exactly would happen, a sentence each; ``elsewhere`` photos lie at other places, too."""
    lines = [translate("transfer", "To: {folder}").format(folder=str(plan.folder))]
    sidecars = len(plan.steps) - plan.photos
    if sidecars:
        lines.append(
            translate("transfer", "XMP sidecar files that go along: {n}.").format(
                n=number(sidecars)
            )
        )
    if plan.bytes_to_write:
        lines.append(
            translate(
                "transfer",
                "{size} are written; {free} are free there. Every copy is read back and compared.",
            ).format(size=size_words(plan.bytes_to_write), free=size_words(plan.free_bytes))
        )
    else:
        lines.append(
            translate(
                "transfer", "They change their place on the same disk; nothing is written anew."
            )
        )
    if plan.kind == "copy":
        lines.append(translate("transfer", "The originals stay where they are."))
    else:
        if plan.bytes_to_write:
            lines.append(
                translate(
                    "transfer", "An original is removed only after its copy has been compared."
                )
            )
        lines.append(
            translate("transfer", "Albums, captions and what was computed stay with the photos.")
            if plan.is_in_library
            else translate(
                "transfer",
                "This folder is not in the library: the photos can no longer be found until you "
                "add it.",
            )
        )
        if elsewhere:
            lines.append(
                translate(
                    "transfer", "{photos} at several places: only the place that is shown is left."
                ).format(photos=photos(elsewhere))
            )
    if plan.renamed:
        lines.append(
            translate(
                "transfer",
                "Other files there have these names already, so a number is added: {names}.",
            ).format(names=_names([f"{s.source.name} → {s.target.name}" for s in plan.renamed]))
        )
    lines += why_lines(plan.left_out)
    return lines


def why_lines(left: tuple[LeftOut, ...]) -> list[str]:
    """Which files are left as they are, a sentence for each reason."""
    lines: list[str] = []
    for why in Counter(item.why for item in left):
        of_it = [item for item in left if item.why == why]
        details = next((item.detail for item in of_it if item.detail), "")
        reason = why_words(why)
        if details:
            reason = translate("transfer", "{reason} ({details})").format(
                reason=reason, details=details
            )
        lines.append(
            translate("transfer", "{reason}: {names}.").format(
                reason=reason, names=_names([item.source.name for item in of_it])
            )
        )
    return lines


def why_words(why: Why) -> str:
    """Why a file is left as it is."""
    words = {
        "same": translate("transfer", "The same photo is there already"),
        "here": translate("transfer", "It lies in this folder already"),
        "vanished": translate("transfer", "It is not there any more"),
        "link": translate("transfer", "It is only a link, which moving would break"),
        "no_file": translate("transfer", "It is no ordinary file"),
        "cloud": translate("transfer", "It is only in the cloud"),
        "changed": translate("transfer", "It has changed meanwhile"),
        "taken": translate("transfer", "Another file has its place"),
        "original_stays": translate(
            "transfer", "It was copied, but the original cannot be removed"
        ),
        "original_gone": translate(
            "transfer", "The copy stays, because the original is gone or was changed"
        ),
        "folder_gone": translate("transfer", "The folder is not there any more"),
        "full": translate("transfer", "The disk is full"),
        "too_large": translate("transfer", "The file is too large for this disk"),
        "denied": translate("transfer", "It may not be read or written"),
        "broken": translate("transfer", "The disk gave back something else than was written"),
        "failed": translate("transfer", "It failed"),
    }
    return words[why]


def nothing_to_do(plan: TransferPlan) -> str:
    """Why a plan has nothing to do."""
    is_copy = plan.kind == "copy"
    words = (
        translate("transfer", "There is nothing to copy.")
        if is_copy
        else translate("transfer", "There is nothing to move.")
    )
    return " ".join([words, *why_lines(plan.left_out)])


def summary_words(summary: TransferSummary) -> str:
    """What was done, in a sentence."""
    folder = summary.folder.name or str(summary.folder)
    if summary.is_undo:
        words = (
            translate("transfer", "{photos} taken out of “{folder}” again")
            if summary.kind == "copy"
            else translate("transfer", "{photos} moved back from “{folder}”")
        )
    else:
        words = (
            translate("transfer", "{photos} copied to “{folder}”")
            if summary.kind == "copy"
            else translate("transfer", "{photos} moved to “{folder}”")
        )
    told = words.format(photos=photos(summary.photos), folder=folder)
    return (
        translate("transfer", "Cancelled: {done}.").format(done=told)
        if summary.stopped
        else sentence(told)
    )


def undo_words(record: TransferRecord) -> str:
    """The name of the action that undoes a transfer."""
    words = (
        translate("transfer", "Undo copying {photos} to “{folder}”")
        if record.kind == "copy"
        else translate("transfer", "Undo moving {photos} to “{folder}”")
    )
    return words.format(
        photos=photos(record.photos_to_undo), folder=record.folder.name or str(record.folder)
    )


def interrupted_words(record: TransferRecord) -> str:
    """What is said at the start after a transfer that was killed."""
    words = (
        translate("transfer", "Copying to “{folder}” was interrupted; {photos} had been copied.")
        if record.kind == "copy"
        else translate("transfer", "Moving to “{folder}” was interrupted; {photos} had been moved.")
    )
    return words.format(
        photos=photos(record.photos_to_undo), folder=record.folder.name or str(record.folder)
    )


def _names(names: list[str]) -> str:
    shown = [name.encode("utf-8", "replace").decode() for name in names[:MOST_NAMES]]
    if len(names) > len(shown):
        more = number(len(names) - len(shown))
        return translate("transfer", "{names} and {n} more").format(names=", ".join(shown), n=more)
    return ", ".join(shown)
