"""The figures that are watched while training, on the set kept for choosing (OpenMoji), never on the test set."""
import numpy as np
import torch

from concepts import CONCEPT_ID, CONCEPTS, TABLE
from scenes import compose

SEED = 7


class QuickCheck:
    def __init__(self, sprites, tokenizer, per_label=40, per_concept=2, role="choose"):
        rng = np.random.default_rng(SEED)
        table = [[(CONCEPT_ID[name], count)] for _, _, name, count in TABLE for _ in range(per_label)]
        names = [[(place, 1)] for place in range(len(CONCEPTS)) for _ in range(per_concept)]
        self.table, self.names = compose(sprites, table, role, rng), compose(sprites, names, role, rng)
        self.table_truth = torch.arange(len(TABLE)).repeat_interleave(per_label)
        self.name_truth = torch.arange(len(CONCEPTS)).repeat_interleave(per_concept)
        encode = lambda texts: torch.from_numpy(tokenizer.encode_batch(texts))
        self.table_ids = {"en": encode([row[0] for row in TABLE]), "zh": encode([row[1] for row in TABLE])}
        self.name_ids = {"en": encode([c.name for c in CONCEPTS]), "zh": encode([c.chinese for c in CONCEPTS])}

    @torch.no_grad()
    def __call__(self, model):
        """-> dict of shares. zh_en: nearest English name of a Chinese one; near: mean cosine of a name's nearest other name."""
        model.eval()
        table, names = model.encode_images(self.table), model.encode_images(self.names)
        report, encoded = {}, {}
        for language in ("en", "zh"):
            choice = (table @ model.encode_texts(self.table_ids[language]).T).argmax(1)
            report[f"table_{language}"] = (choice == self.table_truth).float().mean().item()
            report[f"two_cats_{language}"] = (choice == self.table_truth)[self.table_truth == 2].float().mean().item()
            encoded[language] = model.encode_texts(self.name_ids[language])
            order = (names @ encoded[language].T).topk(5, dim=1).indices
            hits = order == self.name_truth[:, None]
            report[f"top1_{language}"], report[f"top5_{language}"] = hits[:, 0].float().mean().item(), hits.any(1).float().mean().item()
        report["zh_en"] = ((encoded["zh"] @ encoded["en"].T).argmax(1) == torch.arange(len(CONCEPTS))).float().mean().item()
        among = encoded["en"] @ encoded["en"].T - 2 * torch.eye(len(CONCEPTS))
        report["near"] = among.max(1).values.mean().item()
        report["scale"] = model.log_scale.exp().item()
        return {key: round(value, 3) for key, value in report.items()}
