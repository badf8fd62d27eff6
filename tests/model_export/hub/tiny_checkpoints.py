"""Tiny checkpoints with random weights, one of each family, in the hub's own format.

Their numbers are spread out: with the usual ones of a new model, every photo and every text would
get nearly the same embedding, and a mistake would not show.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers
from tokenizers.processors import TemplateProcessing

SIDE, PATCH, WIDTH, DIM = 32, 8, 32, 24
_WORDS = ("a", "photo", "of", "cat", "dog", "the", "red", "beach", "two", "children", "ein", "hund")
_TOWER = {
    "hidden_size": WIDTH,
    "intermediate_size": 48,
    "num_hidden_layers": 1,
    "num_attention_heads": 4,
}
_VISION = {**_TOWER, "image_size": SIDE, "patch_size": PATCH}


def write_clip(folder: Path) -> Path:
    from transformers import CLIPConfig, CLIPImageProcessorPil, CLIPModel

    vocabulary = write_byte_tokenizer(folder)
    model = CLIPModel(
        CLIPConfig(text_config=_clip_text(vocabulary), vision_config=_VISION, projection_dim=DIM)
    )
    processor = CLIPImageProcessorPil(size={"shortest_edge": SIDE}, crop_size=SIDE)
    return _save(folder, model, processor)


def write_metaclip_2(folder: Path) -> Path:
    from transformers import CLIPImageProcessorPil, MetaClip2Config, MetaClip2Model

    vocabulary = write_byte_tokenizer(folder)
    config = MetaClip2Config(
        text_config=_clip_text(vocabulary), vision_config=_VISION, projection_dim=DIM
    )
    processor = CLIPImageProcessorPil(size={"shortest_edge": SIDE}, crop_size=SIDE)
    return _save(folder, MetaClip2Model(config), processor)


def write_groupvit(folder: Path) -> Path:
    from transformers import CLIPImageProcessorPil, GroupViTConfig, GroupViTModel

    vocabulary = write_byte_tokenizer(folder)
    vision = {
        **_VISION,
        "num_hidden_layers": 3,
        "depths": [1, 1, 1],
        "num_group_tokens": [4, 2, 0],
        "num_output_groups": [4, 2, 0],
    }
    config = GroupViTConfig(
        text_config=_clip_text(vocabulary),
        vision_config=vision,
        projection_dim=DIM,
        projection_intermediate_dim=32,
    )
    processor = CLIPImageProcessorPil(size={"shortest_edge": SIDE}, crop_size=SIDE)
    return _save(folder, GroupViTModel(config), processor)


def write_siglip(folder: Path) -> Path:
    from transformers import SiglipConfig, SiglipImageProcessorPil, SiglipModel

    vocabulary = write_unigram_tokenizer(folder, 16, "SiglipTokenizer")
    text = {**_TOWER, "vocab_size": vocabulary, "max_position_embeddings": 16}
    model = SiglipModel(SiglipConfig(text_config=text, vision_config=_VISION))
    return _save(folder, model, SiglipImageProcessorPil(size={"height": SIDE, "width": SIDE}))


def write_siglip2(folder: Path) -> Path:
    """The kind with a fixed size, which is SigLIP's architecture with Gemma's tokenizer."""
    from transformers import SiglipConfig, SiglipImageProcessorPil, SiglipModel

    vocabulary = write_gemma_tokenizer(folder, 16)
    text = {**_TOWER, "vocab_size": vocabulary, "max_position_embeddings": 16}
    model = SiglipModel(SiglipConfig(text_config=text, vision_config=_VISION))
    processor = SiglipImageProcessorPil(size={"height": SIDE, "width": SIDE}, resample=2)
    return _save(folder, model, processor)


def write_align(folder: Path) -> Path:
    from transformers import AlignConfig, AlignModel, EfficientNetImageProcessorPil

    vocabulary = write_bert_tokenizer(folder)
    text = {**_TOWER, "vocab_size": vocabulary, "max_position_embeddings": 40}
    vision = {
        "image_size": 64,
        "width_coefficient": 1.0,
        "depth_coefficient": 1.0,
        "hidden_dim": WIDTH,
        "kernel_sizes": [3, 3],
        "in_channels": [32, 16],
        "out_channels": [16, 32],
        "depthwise_padding": [],
        "strides": [2, 2],
        "num_block_repeats": [1, 1],
        "expand_ratios": [1, 2],
    }
    config = AlignConfig(text_config=text, vision_config=vision, projection_dim=WIDTH)
    processor = EfficientNetImageProcessorPil(
        size={"height": 76, "width": 76},
        crop_size={"height": 64, "width": 64},
        do_center_crop=True,
        do_normalize=False,
        resample=2,
        rescale_factor=1 / 127.5,
        rescale_offset=True,
    )
    return _save(folder, AlignModel(config), processor)


def write_altclip(folder: Path) -> Path:
    from transformers import AltCLIPConfig, AltCLIPModel, CLIPImageProcessorPil

    vocabulary = write_unigram_tokenizer(folder, 30, "XLMRobertaTokenizerFast", begin="<s>")
    text = {
        **_TOWER,
        "vocab_size": vocabulary,
        "max_position_embeddings": 34,
        "pad_token_id": 1,
        "project_dim": WIDTH,
    }
    config = AltCLIPConfig(text_config=text, vision_config=_VISION, projection_dim=DIM)
    processor = CLIPImageProcessorPil(size={"shortest_edge": SIDE}, crop_size=SIDE)
    return _save(folder, AltCLIPModel(config), processor)


def write_chinese_clip(folder: Path) -> Path:
    from transformers import (
        ChineseCLIPConfig,
        ChineseCLIPImageProcessorPil,
        ChineseCLIPModel,
    )

    vocabulary = write_bert_tokenizer(folder)
    text = {**_TOWER, "vocab_size": vocabulary, "max_position_embeddings": 40}
    config = ChineseCLIPConfig(text_config=text, vision_config=_VISION, projection_dim=DIM)
    processor = ChineseCLIPImageProcessorPil(
        size={"height": SIDE, "width": SIDE}, crop_size={"height": SIDE, "width": SIDE}
    )
    return _save(folder, ChineseCLIPModel(config), processor)


def write_blip_retrieval(folder: Path) -> Path:
    from transformers import BlipForImageTextRetrieval

    return _write_blip(folder, BlipForImageTextRetrieval)


def write_blip_captioner(folder: Path) -> Path:
    from transformers import BlipForConditionalGeneration

    return _write_blip(folder, BlipForConditionalGeneration)


def _write_blip(folder: Path, architecture: Callable[[Any], Any]) -> Path:
    from transformers import BlipConfig, BlipImageProcessorPil

    vocabulary = write_bert_tokenizer(folder)
    text = {
        **_TOWER,
        "vocab_size": vocabulary + 2,
        "max_position_embeddings": 48,
        "encoder_hidden_size": WIDTH,
        "bos_token_id": vocabulary,
        "sep_token_id": 3,
        "pad_token_id": 0,
    }
    config = BlipConfig(text_config=text, vision_config=_VISION, image_text_hidden_size=DIM)
    processor = BlipImageProcessorPil(size={"height": SIDE, "width": SIDE})
    return _save(folder, architecture(config), processor)


def _clip_text(vocabulary: int) -> dict[str, Any]:
    return {
        **_TOWER,
        "vocab_size": vocabulary,
        "max_position_embeddings": 20,
        "eos_token_id": vocabulary - 1,
        "bos_token_id": vocabulary - 2,
        "pad_token_id": vocabulary - 1,
    }


def _save(folder: Path, model: Any, processor: Any) -> Path:
    generator = torch.Generator().manual_seed(5)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.dim() > 1:
                fan_in = parameter[0].numel()
                parameter.normal_(0, (2 / fan_in) ** 0.5, generator=generator)
            elif name.endswith("bias"):
                parameter.normal_(0, 0.3, generator=generator)
    model.eval().save_pretrained(folder)
    processor.save_pretrained(folder)
    return folder


# -- tokenizers ----------------------------------------------------------------------------


def write_byte_tokenizer(folder: Path, length: int = 20) -> int:
    """CLIP's kind: bytes, lower case, begin and end. How many tokens it has."""
    from transformers import CLIPTokenizer

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokens = (
        letters + [f"{letter}</w>" for letter in letters] + ["<|startoftext|>", "<|endoftext|>"]
    )
    tokenizer = CLIPTokenizer(
        vocab={token: number for number, token in enumerate(tokens)},
        merges=[],
        model_max_length=length,
    )
    tokenizer.save_pretrained(folder)
    return len(tokens)


def write_bert_tokenizer(folder: Path) -> int:
    from transformers import BertTokenizer

    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *_WORDS, *letters]
    tokens += [f"##{letter}" for letter in letters]
    tokens += [mark for mark in ".,!0123456789" if mark not in tokens]
    tokens = list(dict.fromkeys([*tokens, "一", "只", "猫"]))
    tokenizer = BertTokenizer(
        vocab={token: number for number, token in enumerate(tokens)}, model_max_length=40
    )
    tokenizer.save_pretrained(folder)
    return len(tokens)


def write_unigram_tokenizer(folder: Path, length: int, kind: str, begin: str = "") -> int:
    """SentencePiece's kind, as a ``tokenizer.json`` alone."""
    special = ["<s>", "<pad>", "</s>", "<unk>"] if begin else ["<unk>", "<pad>", "</s>"]
    letters = [chr(code) for code in range(33, 127)]
    pieces = [(token, 0.0) for token in special]
    pieces += [("▁", -2.0), *((letter, -3.0) for letter in letters)]
    pieces += [(f"▁{word}", -4.0) for word in _WORDS]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=special.index("<unk>")))
    tokenizer.normalizer = normalizers.Replace(Regex(" {2,}"), " ")
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.add_special_tokens(special)
    marks = [(token, special.index(token)) for token in (begin, "</s>") if token]
    tokenizer.post_processor = TemplateProcessing(
        single=" ".join([begin, "$A", "</s>"]).strip(), special_tokens=marks
    )
    settings = {
        "tokenizer_class": kind,
        "model_max_length": length,
        "pad_token": "<pad>",
        "eos_token": "</s>",
        "unk_token": "<unk>",
        "do_lower_case": True,
    }
    if begin:
        settings |= {"bos_token": begin, "cls_token": begin, "sep_token": "</s>"}
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))
    return len(pieces)


def write_gemma_tokenizer(folder: Path, length: int) -> int:
    """SigLIP 2's kind: pieces with byte fallback, in lower case, with an end."""
    from transformers import Siglip2Tokenizer

    special = ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>"]
    pieces = [*special, *(f"<0x{byte:02X}>" for byte in range(256))]
    pieces += ["▁", *(chr(code) for code in range(33, 127))]
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    tokenizer = Siglip2Tokenizer(
        vocab=vocabulary, merges=[], model_max_length=length, padding_side="right"
    )
    tokenizer.backend_tokenizer.post_processor = TemplateProcessing(
        single="$A <eos>", special_tokens=[("<eos>", 1)]
    )
    tokenizer.save_pretrained(folder)
    return len(pieces)


WRITERS: dict[str, Callable[[Path], Path]] = {
    "clip": write_clip,
    "metaclip_2": write_metaclip_2,
    "groupvit": write_groupvit,
    "siglip": write_siglip,
    "siglip2": write_siglip2,
    "align": write_align,
    "altclip": write_altclip,
    "chinese_clip": write_chinese_clip,
    "blip": write_blip_retrieval,
}
