"""Exports a checkpoint's averaged weights as an ordinary CLIP directory: two ONNX encoders and their JSON files.

    python3 export.py runs/demo/checkpoint.pt ../demo

Each file is written to a temporary folder and then renamed into place. A probe (inputs and torch's answers) goes to
evaluation/work/probe.json for verify.mjs.
"""
import json
import math
import os
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch

from concepts import HERE
from model import DIM, DualEncoder
from onnx_weights import store_as_half
from tokenizer import CLS, MAX_TOKENS, PAD, SEP, SPECIAL, Tokenizer

NAME = "Taxolens demonstration model"
DESCRIPTION = ("A small English and Chinese dual encoder trained from scratch on composed scenes of openly licensed emoji, clip art and icons; "
               "it is for trying Taxolens out with illustrations and does not understand photographs.")
PROBE_TEXTS = ["two cats", "一只老虎", "a photo of a two dogs.", "这是一张三个苹果的照片", "Café zebra!", "unheard-of words", "猫"]


def export_encoders(model, folder):
    """vision_model.onnx and text_model.onnx with dynamic batch and sequence; call with the model in eval mode."""
    pixels, ids = torch.randn(2, 3, 64, 64), torch.tensor([[CLS, 10, 11, SEP], [CLS, 12, SEP, PAD]])
    torch.onnx.export(model.image, (pixels,), str(folder / "onnx/vision_model.onnx"), opset_version=13,
                      input_names=["pixel_values"], output_names=["image_embeds"],
                      dynamic_axes={"pixel_values": {0: "batch"}, "image_embeds": {0: "batch"}})
    torch.onnx.export(model.text, (ids, (ids != PAD).long()), str(folder / "onnx/text_model.onnx"), opset_version=13,
                      input_names=["input_ids", "attention_mask"], output_names=["text_embeds"],
                      dynamic_axes={"input_ids": {0: "batch", 1: "sequence"}, "attention_mask": {0: "batch", 1: "sequence"}, "text_embeds": {0: "batch"}})
    for name in ("vision_model", "text_model"):
        store_as_half(folder / f"onnx/{name}.onnx")


def make_configurations(tokenizer, log_scale):
    """The JSON files of the hub's usual layout, and taxolens.json with what that layout does not carry."""
    vocabulary = len(tokenizer.vocabulary)
    return {
        "config.json": {
            "architectures": ["CLIPModel"], "model_type": "clip", "projection_dim": DIM, "logit_scale_init_value": log_scale,
            "text_config": {"model_type": "clip_text_model", "hidden_size": 128, "intermediate_size": 512, "num_hidden_layers": 2, "num_attention_heads": 4,
                            "max_position_embeddings": MAX_TOKENS, "vocab_size": vocabulary, "projection_dim": DIM,
                            "pad_token_id": PAD, "bos_token_id": CLS, "eos_token_id": SEP},
            "vision_config": {"model_type": "clip_vision_model", "image_size": 64, "num_channels": 3, "patch_size": 16, "hidden_size": 192, "projection_dim": DIM},
        },
        "preprocessor_config.json": {
            "feature_extractor_type": "CLIPFeatureExtractor", "image_processor_type": "CLIPImageProcessor",
            "do_convert_rgb": True, "do_resize": True, "size": {"shortest_edge": 64}, "resample": 3,
            "do_center_crop": True, "crop_size": {"height": 64, "width": 64}, "do_rescale": True, "rescale_factor": 1 / 255,
            "do_normalize": True, "image_mean": [0.5] * 3, "image_std": [0.25] * 3,
        },
        "tokenizer.json": tokenizer.to_json(),
        "tokenizer_config.json": {
            "tokenizer_class": "BertTokenizer", "model_max_length": MAX_TOKENS, "do_lower_case": True, "tokenize_chinese_chars": True, "strip_accents": True,
            "padding_side": "right", **dict(zip(("pad_token", "unk_token", "cls_token", "sep_token", "mask_token"), SPECIAL)),
        },
        "taxolens.json": {
            "id": "taxolens-demo", "name": NAME, "logitScale": math.exp(log_scale), "logitBias": 0, "activation": "softmax", "languages": ["en", "zh"],
            "spaceId": "taxolens-demo", "licence": "Apache-2.0", "isDemonstration": True, "description": DESCRIPTION,
        },
    }


@torch.no_grad()
def write_probe(model, tokenizer):
    """Fixed inputs and torch's vectors for them."""
    rng = np.random.default_rng(5)
    pixels = rng.normal(0, 1, (3, 3, 64, 64)).round(3).astype(np.float32)
    ids = torch.from_numpy(tokenizer.encode_batch(PROBE_TEXTS))
    probe = {"pixels": pixels.ravel().tolist(), "imageEmbeds": model.image(torch.from_numpy(pixels)).tolist(), "texts": PROBE_TEXTS,
             "tokenIds": [tokenizer.encode(text) for text in PROBE_TEXTS], "textEmbeds": model.text(ids, (ids != PAD).long()).tolist()}
    (HERE / "evaluation/work").mkdir(parents=True, exist_ok=True)
    (HERE / "evaluation/work/probe.json").write_text(json.dumps(probe, ensure_ascii=False), encoding="utf8")


def main(checkpoint, target):
    state, tokenizer = torch.load(checkpoint, map_location="cpu"), Tokenizer()
    model = DualEncoder(len(tokenizer.vocabulary))
    model.load_state_dict(state["ema"])
    model.eval()
    log_scale = min(model.log_scale.item(), math.log(60))
    (target / "onnx").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".export-") as temporary:
        folder = Path(temporary)
        (folder / "onnx").mkdir()
        export_encoders(model, folder)
        for name, content in make_configurations(tokenizer, log_scale).items():
            (folder / name).write_text(json.dumps(content, ensure_ascii=False, indent=None if name == "tokenizer.json" else 2) + "\n", encoding="utf8")
        for file in sorted(p for p in folder.rglob("*") if p.is_file()):
            os.chmod(file, 0o644)
            os.replace(file, target / file.relative_to(folder))
    write_probe(model, tokenizer)
    print(f"exported step {state['step']}, {state['scenes']} scenes, {state['elapsed'] / 60:.1f} minutes, logit scale {math.exp(log_scale):.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]).resolve())
