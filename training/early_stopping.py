"""Early stopping: a stage ends when its score no longer rises."""

from __future__ import annotations


class EarlyStopping:
    """Counts epochs without a better score."""

    def __init__(self, patience: int) -> None:
        """Stop after ``patience`` such epochs; 0 = never."""
        self._patience = patience
        self.best = float("-inf")
        self.epochs_without = 0

    def sees(self, score: float) -> bool:
        """Take the score of an epoch; True when the stage should end."""
        if score > self.best:
            self.best, self.epochs_without = score, 0
        else:
            self.epochs_without += 1
        return 0 < self._patience <= self.epochs_without
