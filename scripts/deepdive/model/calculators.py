"""The calculators a page may show; what each computes stands in overrides/assets/javascripts/calculators/."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calculator:
    """What a reader is told before it is loaded. ``page`` derives its formulas; a redirect from it is followed."""

    title: str
    about: str
    page: str


CALCULATORS: dict[str, Calculator] = {
    "kv-cache": Calculator(
        "KV cache",
        "How much memory the keys and values of conversations take, and how many fit beside the weights.",
        "serving/kv-cache.md",
    ),
    "generation": Calculator(
        "Prefill and decode, at best",
        "The least time to the first token and between tokens that memory and arithmetic allow; software, launches and networks add to it.",
        "serving/inference-fundamentals.md",
    ),
    "training-memory": Calculator(
        "Training memory",
        "What each device holds of weights, gradients, optimizer states and activations, and on how many devices that fits.",
        "training/training-memory.md",
    ),
    "training-run": Calculator(
        "Training time and energy",
        "How long so many tokens take on so many devices, what the meter shows and what the rent is.",
        "training/scaling-laws.md",
    ),
    "collective": Calculator(
        "Collective time",
        "What an all-reduce, or one of its halves, takes over a ring and over a tree.",
        "infrastructure/collectives.md",
    ),
    "checkpoint": Calculator(
        "Checkpoint interval",
        "How often to save a training run, so that writing and repeating work cost the least together.",
        "infrastructure/storage-and-checkpoints.md",
    ),
}
