"""The checkpoints that parity is shown for: the shapes of published models, and tiny ones of the same kinds."""
import math

import torch

import names
from towers import Bert, ClipText, Vision

TINY_WIDTH, TINY_MLP, TINY_SIDE, TINY_DIMENSION = 16, 24, 8, 12


def vision(tiny, width, layers, heads, patch, side, dimension, activation="quick_gelu", eps=1e-5, head="class", mlp=None):
    if tiny:
        # Some pixels of the real one are left over as well.
        side, dimension = TINY_SIDE + (side % patch > 0), TINY_DIMENSION
        width, layers, heads, patch, mlp = TINY_WIDTH, 2, 2, 4, TINY_MLP
    return Vision(width, layers, heads, mlp or 4 * width, patch, side, dimension, activation, eps, head)


def clip_text(tiny, width, layers, heads, dimension, activation="quick_gelu", eps=1e-5, context=77, vocabulary=49408, causal=True, mlp=None):
    if tiny:
        width, layers, heads, mlp, context, vocabulary, dimension = TINY_WIDTH, 2, 2, TINY_MLP, 10, 40, TINY_DIMENSION
    return ClipText(width, layers, heads, mlp or 4 * width, context, vocabulary, dimension, activation, eps, causal)


def bert(tiny, width, layers, heads, dimension, head, eps=1e-12, positions=512, vocabulary=21128, first_position=0):
    mlp = 4 * width
    if tiny:
        # open_clip's configurations do not tell XLM-R's heads: they are 64 wide.
        width, layers, heads = (64, 1, 1) if first_position else (TINY_WIDTH, 2, 2)
        mlp, positions, vocabulary, dimension = TINY_MLP, 12 + first_position, 40, TINY_DIMENSION
    return Bert(width, layers, heads, mlp, positions, vocabulary, dimension, eps, head, first_position)


def hf_tower_config(tower, **more):
    layer = tower.layers[0]
    return {
        "hidden_size": layer.linear1.in_features,
        "intermediate_size": layer.linear1.out_features,
        "num_attention_heads": layer.self_attn.num_heads,
        "num_hidden_layers": len(tower.layers),
        **more,
    }


def hf_config(model_type, image, text, activation):
    config = {"model_type": model_type}
    if image:
        config["vision_config"] = hf_tower_config(image, hidden_act=activation, patch_size=image.patches.kernel_size[0])
    if text:
        config["text_config"] = hf_tower_config(text, hidden_act="gelu" if isinstance(text, Bert) else activation)
    return config


def open_clip_config(image, text, quick=False):
    layer = image.layers[0].self_attn
    vision_cfg = {"layers": len(image.layers), "width": layer.embed_dim, "head_width": layer.head_dim, "patch_size": image.patches.kernel_size[0]}
    if isinstance(text, Bert):
        text_cfg = {"hf_model_name": "xlm-roberta-base", "hf_tokenizer_name": "xlm-roberta-base", "hf_pooler_type": "mean_pooler"}
    else:
        text_layer = text.layers[0].self_attn
        text_cfg = {"context_length": text.positions.num_embeddings, "vocab_size": text.tokens.num_embeddings}
        text_cfg |= {"width": text_layer.embed_dim, "heads": text_layer.num_heads, "layers": len(text.layers)}
    return {"model_cfg": {"embed_dim": image.projection.out_features, "vision_cfg": vision_cfg, "text_cfg": text_cfg, **({"quick_gelu": True} if quick else {})}}


def bert_config(text):
    return {"model_type": "bert", "hidden_act": "gelu", "layer_norm_eps": 1e-12, **hf_tower_config(text)}


SCALE = {"logit_scale": torch.tensor(math.log(100.0))}
POSITION_IDS = {"text_model.embeddings.position_ids": torch.arange(77)[None]}


def openai(tiny, image, text):
    image, text = vision(tiny, *image), clip_text(tiny, *text)
    config = hf_config("clip", image, text, "quick_gelu")
    # What old configurations have beside the right fields, and leave out.
    config["text_config"]["eos_token_id"] = 2
    config["text_config_dict"], config["text_config"] = config["text_config"], {"bos_token_id": 0, "eos_token_id": 2}
    tensors = lambda: {**dict(names.hf_text(text)), **dict(names.hf_vision(image)), **SCALE, **POSITION_IDS}
    return {"image": image, "text": text, "config": config, "tensors": tensors, "file": "model.safetensors"}


def laion(tiny, image, text, **options):
    image, text = vision(tiny, *image, "gelu"), clip_text(tiny, *text, "gelu")
    tensors = lambda: {**dict(names.open_clip_text(text)), **dict(names.open_clip_vision(image)), **SCALE}
    return {"image": image, "text": text, "config": open_clip_config(image, text), "tensors": tensors, **options}


def laion_xlm_roberta(tiny):
    image = vision(tiny, 768, 12, 12, 32, 224, 512, "gelu")
    text = bert(tiny, 768, 12, 12, 512, "mean", 1e-5, 514, 250002, 2)
    tensors = lambda: {**dict(names.open_clip_xlm_roberta(text)), **dict(names.open_clip_vision(image)), **SCALE}
    return {"image": image, "text": text, "config": open_clip_config(image, text), "tensors": tensors, "file": "open_clip_pytorch_model.bin", "dtype": torch.float16 if tiny else torch.float32}


def taiyi(tiny, root, file, *sizes, dtype=torch.float32):
    text = bert(tiny, *sizes)
    return {"text": text, "config": bert_config(text), "tensors": lambda: dict(names.bert(text, root)), "file": file, "dtype": dtype}


def chinese_clip(tiny, image, text):
    image, text = vision(tiny, *image), bert(tiny, *text, "projection")
    tensors = lambda: {**dict(names.hf_vision(image)), **dict(names.bert(text, "text_model.")), **SCALE}
    return {"image": image, "text": text, "config": hf_config("chinese_clip", image, text, "quick_gelu"), "tensors": tensors, "file": "pytorch_model.bin"}


def siglip(tiny, image, text, shards=1):
    image = vision(tiny, *image, "gelu_pytorch_tanh", 1e-6, "probe", 4304 if image[0] == 1152 else None)
    text = clip_text(tiny, *text, "gelu_pytorch_tanh", 1e-6, 64, causal=False, **({"vocabulary": 256000} if shards == 1 else {"vocabulary": 32000}))
    tensors = lambda: {**dict(names.hf_text(text)), **dict(names.hf_vision(image)), "logit_scale": torch.tensor([math.log(117.0)]), "logit_bias": torch.tensor([-12.9])}
    config = {"model_type": "siglip", "vision_config": {"model_type": "siglip_vision_model"}, "text_config": {"model_type": "siglip_text_model"}}
    if tiny or image.layers[0].self_attn.num_heads != 12:
        config = hf_config("siglip", image, text, "gelu_pytorch_tanh")
    return {"image": image, "text": text, "config": config, "tensors": tensors, "file": "model.safetensors", "shards": shards}


B32, B16, L14, H14 = (768, 12, 12, 32, 224, 512), (768, 12, 12, 16, 224, 512), (1024, 24, 16, 14, 224, 768), (1280, 32, 16, 14, 224, 1024)
CASES = {
    "openai-clip-vit-b-32": lambda tiny: openai(tiny, B32, (512, 12, 8, 512)),
    "openai-clip-vit-l-14": lambda tiny: openai(tiny, L14, (768, 12, 12, 768)),
    "laion-clip-vit-b-32": lambda tiny: laion(tiny, B32, (512, 12, 8, 512), file="open_clip_pytorch_model.bin"),
    "laion-clip-vit-h-14": lambda tiny: laion(tiny, H14, (1024, 24, 16, 1024), file="open_clip_model.safetensors", dtype=torch.float16),
    "laion-xlm-roberta-vit-b-32": laion_xlm_roberta,
    "taiyi-102m": lambda tiny: taiyi(tiny, "bert.", "pytorch_model.bin", 768, 12, 12, 512, "classifier"),
    "taiyi-326m": lambda tiny: taiyi(tiny, "bert.", "pytorch_model.bin", 1024, 24, 16, 768, "classifier"),
    "taiyi-102m-vit-l": lambda tiny: taiyi(tiny, "", "model.safetensors", 768, 12, 12, 768, "pooler"),
    "taiyi-projection": lambda tiny: taiyi(tiny, "bert.", "model.safetensors", 768, 12, 12, 512, "projection", dtype=torch.bfloat16),
    "chinese-clip-vit-b-16": lambda tiny: chinese_clip(tiny, B16, (768, 12, 12, 512)),
    "siglip-b-16": lambda tiny: siglip(tiny, (768, 12, 12, 16, 224, 768), (768, 12, 12, 768), shards=2),
    "siglip2-b-16": lambda tiny: siglip(tiny, (768, 12, 12, 16, 224, 768), (768, 12, 12, 768)),
    "siglip-so400m-14-384": lambda tiny: siglip(tiny, (1152, 27, 16, 14, 384, 1152), (1152, 27, 16, 1152), shards=3),
}
