"""What a key-value cache costs: bytes per token, users per card, waste with and without pages,
memory saved by a shared prefix, and the price of fetching a cache over the host link."""

import numpy as np

GB = 1e9
# Llama 3 8B
PARAMETERS_BN = 8.03  # bn, fact:llama-3-8b.parameters_bn
LAYERS = 32  # fact:llama-3-8b.layers
HEADS = 32  # fact:llama-3-8b.heads
KV_HEADS = 8  # fact:llama-3-8b.kv_heads
HEAD_DIM = 128  # fact:llama-3-8b.head_dim
CONTEXT = 8192  # fact:llama-3-8b.context
# Gemma 2 9B, which sets head_dim on its own
GEMMA_LAYERS = 42  # fact:gemma-2-9b.layers
GEMMA_HIDDEN = 3584  # fact:gemma-2-9b.hidden
GEMMA_HEADS = 16  # fact:gemma-2-9b.heads
GEMMA_KV_HEADS = 8  # fact:gemma-2-9b.kv_heads
GEMMA_HEAD_DIM = 256  # fact:gemma-2-9b.head_dim
# DeepSeek-V3: one latent vector and one rotary key per token and layer
V3_LAYERS = 61  # fact:deepseek-v3.layers
V3_LATENT, V3_ROPE = 512, 64  # kv_lora_rank and qk_rope_head_dim in its configuration
# NVIDIA H100 SXM5
MEMORY_GB = 80  # GB, fact:h100-sxm.memory_gb
BANDWIDTH = 3.35  # TB/s, fact:h100-sxm.memory_bandwidth
PEAK_BF16 = 989.4  # TFLOPS dense, fact:h100-sxm.peak_dense.bf16
PCIE5_X16 = 32e9 * 16 * 128 / 130 / 8  # byte/s one way: 32 GT/s, 16 lanes, 128b/130b coding


def kv_bytes(layers, kv_heads, head_dim, value_bytes=2.0):
    """Bytes per token: one key and one value vector per layer and key-value head."""
    return 2 * layers * kv_heads * head_dim * value_bytes


def pages_used(sequences, size):
    """Physical pages when equal full pages with equal history are stored once."""
    shared, private = set(), 0
    for tokens in sequences:
        full = len(tokens) // size
        shared.update(tuple(tokens[: (page + 1) * size]) for page in range(full))
        private += len(tokens) % size > 0
    return len(shared) + private


token = kv_bytes(LAYERS, KV_HEADS, HEAD_DIM)
print("bytes per token, 16-bit values")
print(f"  Llama 3 8B, grouped queries   {token:>9,.0f}")
print(f"  same model, one KV head/query {kv_bytes(LAYERS, HEADS, HEAD_DIM):>9,.0f}")
print(f"  same model, one KV head       {kv_bytes(LAYERS, 1, HEAD_DIM):>9,.0f}")
print(f"  DeepSeek-V3, latent           {V3_LAYERS * (V3_LATENT + V3_ROPE) * 2:>9,.0f}")
wrong = kv_bytes(GEMMA_LAYERS, GEMMA_KV_HEADS, GEMMA_HIDDEN // GEMMA_HEADS)
right = kv_bytes(GEMMA_LAYERS, GEMMA_KV_HEADS, GEMMA_HEAD_DIM)
print(f"  Gemma 2 9B, hidden/heads      {wrong:>9,.0f}  wrong")
print(f"  Gemma 2 9B, its own head_dim  {right:>9,.0f}  {right / wrong - 1:.1%} more")

weights, cache = 2 * PARAMETERS_BN, 32 * CONTEXT * token / GB
print(f"\n32 conversations of {CONTEXT:,} tokens: {cache:.1f} GB of cache, {weights:.1f} GB of weights")
step = (weights + cache) / (BANDWIDTH * 1e3)
print(f"one decode step, at best: {weights / BANDWIDTH:.2f} ms alone, {step * 1e3:.2f} ms for all 32")
room = 0.9 * MEMORY_GB - weights  # a tenth is left for activations: an assumption
for name, heads, size in (
    ("bf16 cache", KV_HEADS, 2),
    ("bf16 cache, one KV head per query head", HEADS, 2),
    ("fp8 cache", KV_HEADS, 1),
    ("4-bit cache, one fp16 scale per 32 values", KV_HEADS, 4.5 / 8),
):
    users = room * GB // (CONTEXT * kv_bytes(LAYERS, heads, HEAD_DIM, size))
    print(f"  full contexts that fit: {users:>3.0f}  {name}")


def waste(seed):
    """Share of cache memory without a token: 2,048 slots reserved per request, and 16-token pages."""
    lengths = np.random.default_rng(seed).integers(1, 2048, 64)  # synthetic, uniform
    paged = -(-lengths // 16) * 16
    return 1 - lengths.sum() / (64 * 2048), 1 - lengths.sum() / paged.sum()


print("\nmemory wasted by 64 synthetic requests: 2,048 slots reserved, 16-token pages")
print("  seed 0               {:.3f}  {:.4f}".format(*waste(0)))
low, high = np.quantile([waste(seed) for seed in range(1000)], [0.05, 0.95], axis=0)
print(f"  5 to 95 % of 1,000   {low[0]:.3f} to {high[0]:.3f}  {low[1]:.4f} to {high[1]:.4f}")

system = list(range(2000))  # one instruction text in front of 32 different questions
requests = [system + [10_000 * user + i for i in range(100)] for user in range(1, 33)]
alone, shared = sum(pages_used([r], 16) for r in requests), pages_used(requests, 16)
print(f"\npages for 32 requests with a common prefix: {alone:,} alone, {shared:,} shared")
print(f"  saved {(alone - shared) * 16 * token / GB:.2f} GB")

size, flop = CONTEXT * token, 2 * PARAMETERS_BN * GB * CONTEXT
fetch, recompute = size / PCIE5_X16, flop / (PEAK_BF16 * 1e12)
print(f"\none cache of {size / GB:.2f} GB, at best: {fetch * 1e3:.0f} ms over PCIe 5 x16, {recompute * 1e3:.0f} ms to recompute")
print(f"  fetching wins above {size / recompute / GB:.1f} GB/s one way")
