"""A tokenizer of whole words, made of captions: what a recurrent text encoder reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import NFKC, Lowercase
from tokenizers.normalizers import Sequence as Normalizers
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing

_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")


def word_tokenizer(captions: Sequence[str], least_count: int = 2) -> Tokenizer:
    """Lower-case words and punctuation, the most frequent first; the rest is ``[UNK]``.

    Padding and truncation to one length are the app's own (``inference.tokenizer``).

    Args:
        captions: the words come from them.
        least_count: how often a word must occur to be known.
    """
    normalizer, splitter = Normalizers([NFKC(), Lowercase()]), Whitespace()
    counts: Counter[str] = Counter()
    for caption in captions:
        words = splitter.pre_tokenize_str(normalizer.normalize_str(caption))
        counts.update(word for word, _ in words)
    # by the word too: equal counts must not depend on the order of the captions
    known = sorted(
        (w for w, n in counts.items() if n >= least_count), key=lambda w: (-counts[w], w)
    )
    vocabulary = {word: number for number, word in enumerate((*_SPECIAL, *known))}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = splitter
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return tokenizer
