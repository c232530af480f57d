"""Trains the demonstration model within a wall-time budget, on one or two processes, from scratch or from another run's weights.

    python3 train.py --minutes 124 --workers 2 --run runs/demo
    python3 train.py --minutes 76 --workers 1 --batch 192 --rate 1.3e-3 --from runs/demo/checkpoint.pt --run runs/demo-further

The schedule follows the share of the time that has passed, so a busy machine still ends with a decayed learning rate.
Workers average their gradients (gloo); each sees its own scenes. A run resumes from its last checkpoint.
"""
import argparse
import copy
import json
import math
import os
import time
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
import torch.multiprocessing as mp

from batches import make_batch
from losses import batch_loss
from model import DualEncoder
from quick_check import QuickCheck
from sprites import Sprites
from tokenizer import Tokenizer

EMA_DECAY, WARM_UP_STEPS, TEXT_RATE = 0.998, 100, 0.25


def parse_arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, required=True, help="wall time of the whole run, resumed parts included")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1, help="per worker")
    parser.add_argument("--batch", type=int, default=96, help="scenes per worker")
    parser.add_argument("--rate", type=float, default=2.2e-3)
    parser.add_argument("--seed", type=int, default=20261124)
    parser.add_argument("--run", type=Path, default=Path("runs/demo"))
    parser.add_argument("--from", dest="source", type=Path, help="a checkpoint whose weights a new run starts with (a warm restart)")
    parser.add_argument("--copy", type=Path, help="a second folder that gets a copy of the checkpoint every ten minutes")
    parser.add_argument("--check-minutes", type=float, default=8)
    parser.add_argument("--port", default="29517")
    return parser.parse_args()


def make_optimizer(model, rate):
    """AdamW; no decay on vectors, a quarter of the rate on the text encoder."""
    groups = {}
    for name, parameter in model.named_parameters():
        text = name.startswith("text.")
        key = (text, parameter.ndim > 1 and "positions" not in name and "tokens" not in name)
        groups.setdefault(key, []).append(parameter)
    settings = [{"params": p, "weight_decay": 0.05 if decay else 0.0, "share": TEXT_RATE if text else 1.0} for (text, decay), p in groups.items()]
    return torch.optim.AdamW(settings, lr=rate, betas=(0.9, 0.98), foreach=True)


def average_gradients(parameters, elapsed, workers):
    """Means the gradients over the workers, in place; returns the mean of their clocks, so that all share one schedule."""
    if workers == 1:
        return elapsed
    flat = torch.cat([p.grad.reshape(-1) for p in parameters] + [torch.tensor([elapsed])])
    dist.all_reduce(flat)
    flat /= workers
    place = 0
    for parameter in parameters:
        parameter.grad.copy_(flat[place:place + parameter.numel()].view_as(parameter.grad))
        place += parameter.numel()
    return flat[-1].item()


@torch.no_grad()
def follow(ema, model, step):
    decay = min(EMA_DECAY, (1 + step) / (10 + step))
    for target, source in zip(ema.state_dict().values(), model.state_dict().values()):
        if target.dtype.is_floating_point:
            target.lerp_(source, 1 - decay)
        else:
            target.copy_(source)


def write_checkpoint(path, state):
    temporary = path.with_suffix(".tmp")
    torch.save(state, temporary)
    os.replace(temporary, path)


def work(rank, options):
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    if options.workers > 1:
        os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=options.port)
        dist.init_process_group("gloo", rank=rank, world_size=options.workers)
    sprites, tokenizer = Sprites(), Tokenizer()
    model = DualEncoder(len(tokenizer.vocabulary)).to(memory_format=torch.channels_last)
    ema = copy.deepcopy(model)
    optimizer = make_optimizer(model, options.rate)
    parameters = list(model.parameters())
    checkpoint, step, spent = options.run / "checkpoint.pt", 0, 0.0
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location="cpu")
        model.load_state_dict(state["model"]), ema.load_state_dict(state["ema"]), optimizer.load_state_dict(state["optimizer"])
        step, spent = state["step"], state["elapsed"]
    elif options.source:
        weights = torch.load(options.source, map_location="cpu")["ema"]
        model.load_state_dict(weights), ema.load_state_dict(weights)
    rng = np.random.default_rng([options.seed, rank, step])
    check = QuickCheck(sprites, tokenizer) if rank == 0 else None
    budget, start = options.minutes * 60, time.monotonic()
    elapsed, last_save, last_copy, last_check, last_log, losses = spent, spent, spent, spent, spent, []
    while elapsed < budget:
        fraction = elapsed / budget
        model.train()
        loss = batch_loss(model, make_batch(options.batch, fraction, step, sprites, tokenizer, rng))
        optimizer.zero_grad(set_to_none=False)
        loss.backward()
        elapsed = average_gradients(parameters, spent + time.monotonic() - start, options.workers)
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        rate = options.rate * min(1.0, (step + 1) / WARM_UP_STEPS) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, fraction))))
        for group in optimizer.param_groups:
            group["lr"] = rate * group["share"]
        optimizer.step()
        step += 1
        if rank != 0:
            continue
        follow(ema, model, step)
        losses.append(loss.item())
        if elapsed - last_log > 60:
            per_second = len(losses) * options.batch * options.workers / (elapsed - last_log)
            print(json.dumps({"minute": round(elapsed / 60, 1), "step": step, "loss": round(float(np.mean(losses)), 4), "scenes_per_s": round(per_second)}), flush=True)
            last_log, losses = elapsed, []
        finished = elapsed >= budget
        if elapsed - last_check > options.check_minutes * 60 or finished:
            print(json.dumps({"minute": round(elapsed / 60, 1), "openmoji": check(ema)}), flush=True)
            last_check = elapsed
        if elapsed - last_save > 180 or finished:
            state = {"model": model.state_dict(), "ema": ema.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "elapsed": elapsed,
                     "scenes": step * options.batch * options.workers, "options": {k: str(v) for k, v in vars(options).items()}}
            write_checkpoint(checkpoint, state)
            last_save = elapsed
            if options.copy and (elapsed - last_copy > 600 or finished):
                write_checkpoint(options.copy / "checkpoint.pt", state)
                last_copy = elapsed


if __name__ == "__main__":
    arguments = parse_arguments()
    arguments.run.mkdir(parents=True, exist_ok=True)
    if arguments.workers == 1:
        work(0, arguments)
    else:
        mp.spawn(work, args=(arguments,), nprocs=arguments.workers)
