"""Recover a low-rank change with LoRA, count adapter parameters, and look inside two losses.

Shows what happens when the wanted change has a higher rank than the adapter, what each
method keeps in memory, and how often a group of answers teaches GRPO nothing.
"""

import math

import numpy as np

HIDDEN = 4096  # fact:llama-3-8b.hidden
LAYERS = 32  # fact:llama-3-8b.layers
INNER = 14336  # fact:llama-3-8b.intermediate
KV = 8 * 128  # fact:llama-3-8b.kv_heads, fact:llama-3-8b.head_dim
P = 8.030261248e9  # fact:llama-3-8b.parameters_bn
RANK = 16


def adapter(rank, shapes):
    return LAYERS * sum(rank * (outputs + inputs) for outputs, inputs in shapes)


def fit(rank, target_rank, d=64, steps=3000):
    """Train only B and A of W + BA by gradient descent; return the share of the change missed."""
    rng = np.random.default_rng(0)
    w, x = rng.normal(size=(d, d)), rng.normal(size=(256, d))
    change = 0.3 * rng.normal(size=(d, target_rank)) @ rng.normal(size=(target_rank, d))
    a, b = 0.1 * rng.normal(size=(rank, d)), np.zeros((d, rank))
    for _ in range(steps):
        error = (x @ (w + b @ a).T - x @ (w + change).T) / len(x)
        grad_b, grad_a = error.T @ (x @ a.T), b.T @ error.T @ x
        b, a = b - 0.01 * grad_b, a - 0.01 * grad_a
    singular = np.linalg.svd(change, compute_uv=False)
    best = np.linalg.norm(singular[rank:]) / np.linalg.norm(singular)
    return np.linalg.norm(b @ a - change) / np.linalg.norm(change), best


def dpo_loss(beta, chosen, rejected):
    """chosen, rejected: log-probability of the answer minus that under the reference."""
    return -math.log(1 / (1 + math.exp(-beta * (chosen - rejected))))


def silent(pass_rate, group):
    """Chance that all answers to a prompt are right or all wrong: no advantage, no gradient."""
    return pass_rate**group + (1 - pass_rate) ** group


error, _ = fit(4, 4)
assert error < 1e-6
print("rank-4 adapter, rank-4 change: recovered to rounding")
error, best = fit(4, 16)
print(f"rank-4 adapter, rank-16 change: {error:.2f} of it missed, the best rank-4 matrix misses {best:.2f}")

q, k, o = (HIDDEN, HIDDEN), (KV, HIDDEN), (HIDDEN, HIDDEN)
up, down = (INNER, HIDDEN), (HIDDEN, INNER)
qv = adapter(RANK, [q, k])  # the value projection has the shape of the key projection
everywhere = adapter(RANK, [q, k, k, o, up, up, down])
print(f"Llama 3 8B, rank {RANK}: q and v {qv:,}, all linear layers {everywhere:,} parameters")
print(f"file of the second in 16 bits: {2 * everywhere / 1e6:.0f} MB, the model {2 * P / 1e9:.1f} GB")

full = 16 * P
for name, size in (
    ("full fine-tuning", full),
    ("LoRA rank 16, all linear layers", 2 * P + 16 * everywhere),
    ("LoRA rank 256, all linear layers", 2 * P + 16 * 16 * everywhere),
    ("DPO, full, with reference", full + 2 * P),
    ("GRPO, full, no reference", full),
    ("PPO, full: policy, value, reward, reference", 2 * full + 2 * 2 * P),
):
    print(f"states, {name}: {size / 1e9:.1f} GB")

print("DPO loss, beta 0.1, margin 0/10/-10:", *(f"{dpo_loss(0.1, m, 0):.4f}" for m in (0, 10, -10)))
rewards = np.array([1, 0, 0, 0, 0, 0, 1, 0.0])
advantages = (rewards - rewards.mean()) / rewards.std()
print("GRPO advantages, 2 of 8 right:", *sorted({f"{v:+.2f}" for v in advantages}),
      "with the sample deviation:", *sorted({f"{(r - rewards.mean()) / rewards.std(ddof=1):+.2f}" for r in rewards}))
for divide in (True, False):
    weight = {}
    for right in (1, 4):  # of 8 answers
        rewards = np.repeat([1.0, 0.0], [right, 8 - right])
        advantages = (rewards - rewards.mean()) / (rewards.std() if divide else 1)
        weight[right] = np.abs(advantages).sum()
    print(f"weight of a prompt with 1 of 8 right against 4 of 8: {weight[1] / weight[4]:.2f},"
          f" {'divided by the deviation' if divide else 'mean subtracted only'}")
print("prompts that teach nothing, group 8, pass rate 0.02/0.5/0.98:",
      *(f"{silent(p, 8):.3f}" for p in (0.02, 0.5, 0.98)))
