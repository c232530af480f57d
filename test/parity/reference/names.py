"""The names that published checkpoints give to the parameters of the towers, and how they turn and pack them."""


def layer_parts(layer, names):
    """torch's own layer -> pairs; `names` has q, k, v (or packed), out, fc1, fc2, norm1, norm2."""
    attention = layer.self_attn
    for kind in ("weight", "bias"):
        packed = getattr(attention, f"in_proj_{kind}")
        if "packed" in names:
            yield f"{names['packed']}_{kind}", packed
        else:
            for name, part in zip("qkv", packed.chunk(3)):
                yield f"{names[name]}.{kind}", part
        parts = {"out": attention.out_proj, "fc1": layer.linear1, "fc2": layer.linear2, "norm1": layer.norm1, "norm2": layer.norm2}
        for name, module in parts.items():
            yield f"{names[name]}.{kind}", getattr(module, kind)


def both(name, module):
    yield f"{name}.weight", module.weight
    if module.bias is not None:
        yield f"{name}.bias", module.bias


def hf_layers(root, layers):
    for i, layer in enumerate(layers):
        base = f"{root}.{i}"
        names = {name: f"{base}.self_attn.{name}_proj" for name in ("q", "k", "v", "out")}
        names |= {"fc1": f"{base}.mlp.fc1", "fc2": f"{base}.mlp.fc2", "norm1": f"{base}.layer_norm1", "norm2": f"{base}.layer_norm2"}
        yield from layer_parts(layer, names)


def hf_vision(tower):
    root = "vision_model"
    yield from both(f"{root}.embeddings.patch_embedding", tower.patches)
    yield f"{root}.embeddings.position_embedding.weight", tower.positions.weight
    yield from hf_layers(f"{root}.encoder.layers", tower.layers)
    yield from both(f"{root}.post_layernorm", tower.after)
    if tower.head == "class":
        yield f"{root}.embeddings.class_embedding", tower.first
        yield from both(f"{root}.pre_layrnorm", tower.before)
        yield "visual_projection.weight", tower.projection.weight
        return
    head = f"{root}.head"
    yield f"{head}.probe", tower.probe
    for kind in ("weight", "bias"):
        yield f"{head}.attention.in_proj_{kind}", getattr(tower.attention, f"in_proj_{kind}")
    yield from both(f"{head}.attention.out_proj", tower.attention.out_proj)
    for name, module in {"layernorm": tower.norm, "mlp.fc1": tower.fc1, "mlp.fc2": tower.fc2}.items():
        yield from both(f"{head}.{name}", module)


def hf_text(tower):
    root = "text_model"
    yield f"{root}.embeddings.token_embedding.weight", tower.tokens.weight
    yield f"{root}.embeddings.position_embedding.weight", tower.positions.weight
    yield from hf_layers(f"{root}.encoder.layers", tower.layers)
    yield from both(f"{root}.final_layer_norm", tower.after)
    yield from both("text_projection" if tower.causal else f"{root}.head", tower.projection)


def bert(tower, root):
    yield f"{root}embeddings.word_embeddings.weight", tower.words.weight
    yield f"{root}embeddings.position_embeddings.weight", tower.positions.weight
    yield f"{root}embeddings.token_type_embeddings.weight", tower.types.weight
    yield from both(f"{root}embeddings.LayerNorm", tower.norm)
    for i, layer in enumerate(tower.layers):
        base = f"{root}encoder.layer.{i}"
        names = {short: f"{base}.attention.self.{long}" for short, long in (("q", "query"), ("k", "key"), ("v", "value"))}
        names |= {"out": f"{base}.attention.output.dense", "norm1": f"{base}.attention.output.LayerNorm"}
        names |= {"fc1": f"{base}.intermediate.dense", "fc2": f"{base}.output.dense", "norm2": f"{base}.output.LayerNorm"}
        yield from layer_parts(layer, names)
    if tower.head in ("classifier", "pooler"):
        yield from both(f"{root}pooler.dense", tower.pooler)
    if tower.head == "classifier":
        yield from both("classifier", tower.classifier)
    if tower.head == "projection":
        yield "text_projection.weight", tower.projection.weight


def open_clip_layers(root, layers):
    for i, layer in enumerate(layers):
        base = f"{root}.{i}"
        names = {"packed": f"{base}.attn.in_proj", "out": f"{base}.attn.out_proj", "norm1": f"{base}.ln_1", "norm2": f"{base}.ln_2"}
        names |= {"fc1": f"{base}.mlp.c_fc", "fc2": f"{base}.mlp.c_proj"}
        yield from layer_parts(layer, names)


def open_clip_vision(tower):
    yield "visual.class_embedding", tower.first
    yield "visual.positional_embedding", tower.positions.weight
    yield "visual.proj", tower.projection.weight.t().contiguous()
    yield "visual.conv1.weight", tower.patches.weight
    yield from both("visual.ln_pre", tower.before)
    yield from open_clip_layers("visual.transformer.resblocks", tower.layers)
    yield from both("visual.ln_post", tower.after)


def open_clip_text(tower, root=""):
    yield f"{root}positional_embedding", tower.positions.weight
    yield f"{root}text_projection", tower.projection.weight.t().contiguous()
    yield f"{root}token_embedding.weight", tower.tokens.weight
    yield from open_clip_layers(f"{root}transformer.resblocks", tower.layers)
    yield from both(f"{root}ln_final", tower.after)


def open_clip_xlm_roberta(tower):
    yield from bert(tower, "text.transformer.")
    yield "text.proj.0.weight", tower.proj[0].weight
    yield "text.proj.2.weight", tower.proj[2].weight
