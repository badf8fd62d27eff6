"""Words and a GRU over them, learned from nothing: the text side of VSE++ and SCAN."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence


class WordGru(nn.Module):
    """Word ids -> GRU states; padding changes nothing."""

    def __init__(self, words: int, word_width: int, width: int, both_ways: bool) -> None:
        """A vocabulary of ``words`` ids.

        Args:
            words: size of the vocabulary.
            word_width: numbers of a word.
            width: numbers of a state.
            both_ways: a second GRU reads from the end, and a word's state is the mean of the two.
        """
        super().__init__()
        self.words = nn.Embedding(words, word_width, padding_idx=0)
        nn.init.uniform_(self.words.weight, -0.1, 0.1)
        self.gru = nn.GRU(word_width, width, batch_first=True, bidirectional=both_ways)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Read texts.

        Args:
            ids: (c, l) int64.
            mask: (c, l) int64, ones first.

        Returns:
            (c, l, width) states of the words, and (c, width) the state after the last one.
        """
        packed = pack_padded_sequence(
            self.words(ids), mask.sum(1).cpu(), batch_first=True, enforce_sorted=False
        )
        out, last = self.gru(packed)
        states, _ = pad_packed_sequence(out, batch_first=True, total_length=ids.shape[1])
        if self.gru.bidirectional:
            forwards, backwards = states.chunk(2, -1)
            states = (forwards + backwards) / 2
        return states, last.mean(0)
