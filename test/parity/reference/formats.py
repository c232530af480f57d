"""Writes checkpoints the way they are published: safetensors (one file or shards) and what torch.save() makes."""
import json
import struct
from collections import OrderedDict

import torch

DTYPES = {torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64"}


def raw(tensor):
    tensor = tensor.detach().contiguous()
    return (tensor.view(torch.int16) if tensor.dtype == torch.bfloat16 else tensor).numpy().tobytes()


def write_safetensors(path, tensors):
    header, position = {"__metadata__": {"format": "pt"}}, 0
    for name, tensor in tensors.items():
        size = tensor.numel() * tensor.element_size()
        header[name] = {"dtype": DTYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [position, position + size]}
        position += size
    encoded = json.dumps(header).encode()
    encoded += b" " * (-len(encoded) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(encoded)) + encoded)
        for tensor in tensors.values():
            file.write(raw(tensor))


def write_checkpoint(directory, tensors, file, shards=1, dtype=torch.float32):
    """`file` says the format. Whole numbers keep their type."""
    stored = OrderedDict((name, t.detach().to(dtype) if t.is_floating_point() else t) for name, t in tensors.items())
    if file.endswith(".bin"):
        torch.save(OrderedDict((name, tensor.clone()) for name, tensor in stored.items()), directory / file)
    elif shards == 1:
        write_safetensors(directory / file, stored)
    else:
        names, places = list(stored), {}
        for shard in range(shards):
            path = file.replace(".safetensors", f"-{shard + 1:05}-of-{shards:05}.safetensors")
            write_safetensors(directory / path, {name: stored[name] for name in names[shard::shards]})
            places |= {name: path for name in names[shard::shards]}
        (directory / f"{file}.index.json").write_text(json.dumps({"metadata": {}, "weight_map": places}, indent=1))
