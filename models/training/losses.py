"""Contrastive losses with several right answers. Source: InfoNCE as in CLIP, section 2.3, with targets spread over the positives."""
import torch

TEXT_WEIGHT = 0.5


def spread_cross_entropy(logits, positive, ignored):
    """Rows of logits [a, b] against a uniform target over their positives; ignored entries leave the softmax."""
    logs = logits.masked_fill(ignored, -1e4).log_softmax(1)
    weight = positive.float()
    has = weight.sum(1)
    loss = -(logs * weight).sum(1) / has.clamp(min=1)
    return loss.sum() / (has > 0).sum().clamp(min=1)


def batch_loss(model, batch):
    """Image to text and back in each language, plus English to Chinese and back; scalar."""
    images = model.encode_images(batch["images"])
    size = len(images)
    scale = model.log_scale.exp().clamp(max=60)
    total, texts = 0.0, {}
    for language in ("en", "zh"):
        part = batch[language]
        texts[language] = model.encode_texts(part["ids"])
        logits = scale * images @ texts[language].T
        forward = spread_cross_entropy(logits, part["positive"], part["ignored"])
        back = spread_cross_entropy(logits[:, :size].T, part["positive"][:, :size].T, part["ignored"][:, :size].T)
        total = total + 0.25 * (forward + back) + 0.25 * forward
    part = batch["text"]
    cross = scale.detach() * texts["en"][:size] @ texts["zh"][:size].T
    both = spread_cross_entropy(cross, part["positive"], part["ignored"]) + spread_cross_entropy(cross.T, part["positive"].T, part["ignored"].T)
    return total + TEXT_WEIGHT * 0.5 * both
