"""Numbers, durations and moments in words."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QLocale

from desktop_app.gui.messages import Answer, NewestQuery
from desktop_app.library.records import IndexSummary

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


def number(value: int) -> str:
    """A number with the separators of the user's language."""
    return QLocale().toString(value)


def photos(count: int) -> str:
    """``1 photo``, ``12,345 photos``."""
    return _one_or_many(count, _tr("{n} photo"), _tr("{n} photos"))


def selected(count: int) -> str:
    """``12 photos selected``."""
    return _tr("{photos} selected").format(photos=photos(count))


def results(count: int) -> str:
    """``1 result``, ``200 results``."""
    return _one_or_many(count, _tr("{n} result"), _tr("{n} results"))


def problems(count: int) -> str:
    """``1 problem``, ``3 problems``."""
    return _one_or_many(count, _tr("{n} problem"), _tr("{n} problems"))


def answer_words(answer: Answer, total: int) -> str:
    """How many photos an answer shows and how long it took; ``total`` are in the library."""
    count = len(answer.hits)
    if not isinstance(answer.query, NewestQuery):
        likely = sum(hit.likely for hit in answer.hits)
        if likely < count:
            return _tr("{n} likely of {results} in {time}").format(
                n=number(likely), results=results(count), time=milliseconds(answer.milliseconds)
            )
        return _tr("{results} in {time}").format(
            results=results(count), time=milliseconds(answer.milliseconds)
        )
    if not count:
        return ""
    if total > count:
        return _tr("The newest {n} of {photos}").format(n=number(count), photos=photos(total))
    return _tr("{photos}, newest first").format(photos=photos(count))


def time_left(seconds: float) -> str:
    """About how long something takes, no more exact than anybody can know."""
    if seconds < 10:
        return _tr("a few seconds left")
    if seconds < 57.5:
        return _tr("{n} s left").format(n=round(seconds / 5) * 5)
    minutes = round(seconds / _MINUTE)
    if minutes < 60:
        return _tr("{n} min left").format(n=minutes)
    return _tr("{h} h {m} min left").format(h=minutes // 60, m=minutes % 60)


def time_since(moment: str, now: datetime) -> str:
    """How long ago a UTC moment in ISO 8601 was."""
    then = datetime.fromisoformat(moment)
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    seconds = (now - then).total_seconds()
    if seconds < 2 * _MINUTE:
        return _tr("just now")
    if seconds < 2 * _HOUR:
        return _tr("{n} minutes ago").format(n=int(seconds // _MINUTE))
    if seconds < 2 * _DAY:
        return _tr("{n} hours ago").format(n=int(seconds // _HOUR))
    return _tr("{n} days ago").format(n=int(seconds // _DAY))


def score(value: float) -> str:
    """A cosine with two digits; nothing is ``-0.00``."""
    return f"{round(value, 2) + 0.0:.2f}"


def milliseconds(value: float) -> str:
    """A duration a person can compare: never ``0 ms``."""
    return _tr("{n} ms").format(n=max(1, round(value)))


def summary(run: IndexSummary) -> str:
    """What a run changed, in one line; empty when it changed nothing."""
    parts = []
    if run.indexed:
        parts.append(_tr("{photos} added").format(photos=photos(run.indexed)))
    if run.moved:
        parts.append(_tr("{n} moved").format(n=number(run.moved)))
    if run.missing:
        parts.append(_tr("{n} missing").format(n=number(run.missing)))
    if run.problems:
        parts.append(problems(run.problems))
    if run.others and parts:
        no_photo, no_photos = _tr("{n} file is no photo"), _tr("{n} files are no photos")
        parts.append(_one_or_many(run.others, no_photo, no_photos))
    return " · ".join(parts)


def sentence(reason: str) -> str:
    """A reason as the library gives it, as a sentence that stands alone."""
    if not reason:
        return ""
    ending = "" if reason.endswith((".", "!", "?")) else "."
    return f"{reason[0].upper()}{reason[1:]}{ending}"


def _one_or_many(count: int, one: str, many: str) -> str:
    return (one if count == 1 else many).format(n=number(count))


def _tr(text: str) -> str:
    return QCoreApplication.translate("wording", text)
