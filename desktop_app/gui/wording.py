"""Numbers, durations and moments in words."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from desktop_app.gui.counted import Counted
from desktop_app.gui.messages import Answer, NewestQuery
from desktop_app.gui.told import told
from desktop_app.library.records import IndexSummary

translate = QCoreApplication.translate

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


def number(value: int) -> str:
    """A number with the separators of the user's language."""
    return QLocale().toString(value)


def decimal(value: float, digits: int) -> str:
    """A number with so many digits behind the point of the user's language."""
    return QLocale().toString(value, "f", digits)


def photos(count: int) -> str:
    """``1 photo``, ``12,345 photos``."""
    return Counted().photos(count)


def selected(count: int) -> str:
    """``12 photos selected``."""
    return translate("wording", "{photos} selected").format(photos=photos(count))


def results(count: int) -> str:
    """``1 result``, ``200 results``."""
    return Counted().results(count)


def problems(count: int) -> str:
    """``1 problem``, ``3 problems``."""
    return Counted().problems(count)


def answer_words(answer: Answer, total: int) -> str:
    """How many photos an answer shows and how long it took; ``total`` are in the library."""
    count = len(answer.hits)
    if not isinstance(answer.query, NewestQuery):
        likely = sum(hit.likely for hit in answer.hits)
        if likely < count:
            return translate("wording", "{n} likely of {results} in {time}").format(
                n=number(likely), results=results(count), time=milliseconds(answer.milliseconds)
            )
        return translate("wording", "{results} in {time}").format(
            results=results(count), time=milliseconds(answer.milliseconds)
        )
    if not count:
        return ""
    if total > count:
        return translate("wording", "The newest {n} of {photos}").format(
            n=number(count), photos=photos(total)
        )
    return translate("wording", "{photos}, newest first").format(photos=photos(count))


def time_left(seconds: float) -> str:
    """About how long something takes, no more exact than anybody can know."""
    if seconds < 10:
        return translate("wording", "a few seconds left")
    if seconds < 57.5:
        return translate("wording", "{n} s left").format(n=round(seconds / 5) * 5)
    minutes = round(seconds / _MINUTE)
    if minutes < 60:
        return translate("wording", "{n} min left").format(n=minutes)
    return translate("wording", "{h} h {m} min left").format(h=minutes // 60, m=minutes % 60)


def time_since(moment: str, now: datetime) -> str:
    """How long ago a UTC moment in ISO 8601 was."""
    then = datetime.fromisoformat(moment)
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    seconds = (now - then).total_seconds()
    if seconds < 2 * _MINUTE:
        return translate("wording", "just now")
    if seconds < 2 * _HOUR:
        return translate("wording", "{n} minutes ago").format(n=int(seconds // _MINUTE))
    if seconds < 2 * _DAY:
        return translate("wording", "{n} hours ago").format(n=int(seconds // _HOUR))
    return translate("wording", "{n} days ago").format(n=int(seconds // _DAY))


def date_time(when: QDateTime) -> str:
    """A moment in numbers as the user's language orders them, the year with all its digits."""
    locale = QLocale()
    order = locale.dateTimeFormat(QLocale.FormatType.ShortFormat)
    return locale.toString(when, order if "yyyy" in order else order.replace("yy", "yyyy"))


def moment(taken_at: str) -> str:
    """A moment in ISO 8601 as the user's language writes it: the clock of its place, and its
    distance from UTC if known. What is no moment stays as it is.
    """
    try:
        when = datetime.fromisoformat(taken_at)
    except ValueError:
        return taken_at
    local = QDateTime(when.year, when.month, when.day, when.hour, when.minute, when.second)
    words = date_time(local)
    zone = when.strftime("%z")
    return f"{words} (UTC{zone[:3]}:{zone[3:5]})" if zone else words


def score(value: float) -> str:
    """A cosine with two digits; nothing is ``-0.00``."""
    return decimal(round(value, 2) + 0.0, 2)


def milliseconds(value: float) -> str:
    """A duration a person can compare: never ``0 ms``."""
    return translate("wording", "{n} ms").format(n=max(1, round(value)))


def summary(run: IndexSummary) -> str:
    """What a run changed, in one line; empty when it changed nothing."""
    parts = []
    if run.indexed:
        parts.append(translate("wording", "{photos} added").format(photos=photos(run.indexed)))
    if run.moved:
        parts.append(translate("wording", "{n} moved").format(n=number(run.moved)))
    if run.missing:
        parts.append(translate("wording", "{n} missing").format(n=number(run.missing)))
    if run.problems:
        parts.append(problems(run.problems))
    if run.others and parts:
        parts.append(Counted().no_photos(run.others))
    return " · ".join(parts)


def sentence(reason: str) -> str:
    """A reason as the library gives it, as a sentence that stands alone, translated."""
    if not reason:
        return ""
    words = told(reason)
    words = f"{words[0].upper()}{words[1:]}"
    is_ended = words.endswith((".", "!", "?", "。", "！", "？"))
    return words if is_ended else translate("wording", "{words}.").format(words=words)
