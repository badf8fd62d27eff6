"""The result in words and numbers."""

from __future__ import annotations

from tests.torture.driver import Tally, Torture

_SHOWN = 10
_LEAST_RECALL = 0.98


def rows(torture: Torture) -> list[tuple[str, str]]:
    """Name and value of every line of the table."""
    tally, verdict = torture.tally, torture.tally.verdict
    made, renamed, deleted = torture.made_renamed_deleted
    skipped = f"skipped: {torture.refused}" if torture.refused else ""
    table = [
        ("rounds", f"{tally.rounds}"),
        ("kills", f"{tally.indexer_kills + tally.owner_kills}"),
        ("  of the indexer", f"{tally.indexer_kills}"),
        ("  of the owner of the index", f"{tally.owner_kills}"),
        ("photos made / renamed / deleted", f"{made} / {renamed} / {deleted}"),
        ("index files damaged", f"{tally.damaged}"),
        ("rounds on a full disk", skipped or f"{tally.full_disks}"),
        ("rounds on a read-only disk", skipped or f"{tally.read_only}"),
        ("rounds with the clock set back", f"{tally.clock_set_back}"),
        ("photos lost", f"{len(verdict.lost)}"),
        ("wrong photos served", f"{len(verdict.wrong)}"),
        ("rules of the catalogue broken", f"{len(verdict.broken)}"),
        ("children that ended in a bug", f"{len(tally.problems)}"),
        ("blamed for kills, read again", f"{tally.given_up}"),
        ("rebuilds of the index", f"{tally.rebuilds}"),
        ("recall@10 against exact search", f"{verdict.recall:.4f}"),
    ]
    wrong = [*tally.problems, *verdict.broken, *verdict.wrong, *sorted(verdict.lost)]
    return table + [("!", words) for words in wrong[:_SHOWN]]


def is_clean(tally: Tally) -> bool:
    """Whether nothing was lost, nothing wrong was served, and no rule was broken."""
    verdict = tally.verdict
    wrong = (tally.problems, verdict.broken, verdict.wrong, verdict.lost)
    return not any(wrong) and verdict.recall >= _LEAST_RECALL
