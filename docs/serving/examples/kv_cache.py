"""What a key-value cache costs: bytes per token, with latents and windows; users per card; waste with and
without pages; memory saved by a shared prefix; and the price of fetching a cache over the host link."""

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
# Gemma 3 12B: five layers with a window for each layer that sees everything
G3_LAYERS = 48  # fact:gemma-3-12b.layers
G3_KV_HEADS = 8  # fact:gemma-3-12b.kv_heads
G3_HEAD_DIM = 256  # fact:gemma-3-12b.head_dim
G3_CONTEXT = 131072  # fact:gemma-3-12b.context
G3_WINDOWED = 40  # fact:gemma-3-12b.windowed_layers
G3_WINDOW = 1024  # tokens, fact:gemma-3-12b.window
# NVIDIA H100 SXM5
MEMORY_GB = 80  # GB, fact:h100-sxm.memory_gb
BANDWIDTH = 3.35  # TB/s, fact:h100-sxm.memory_bandwidth
PEAK_BF16 = 989.4  # TFLOPS dense, fact:h100-sxm.peak_dense.bf16
PCIE5_X16 = 32e9 * 16 * 128 / 130 / 8  # byte/s one way: 32 GT/s, 16 lanes, 128b/130b coding


def kv_bytes(layers, kv_heads, head_dim, value_bytes=2.0):
    """Bytes per token: one key and one value vector per layer and key-value head."""
    return 2 * layers * kv_heads * head_dim * value_bytes


def cache_bytes(tokens, layers, windowed, window, layer):
    """Bytes of one text: `windowed` of the layers keep its last `window` tokens only."""
    return layer * ((layers - windowed) * tokens + windowed * min(tokens, window))


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

layer = kv_bytes(1, G3_KV_HEADS, G3_HEAD_DIM)
kept, all_kept = (cache_bytes(G3_CONTEXT, G3_LAYERS, n, G3_WINDOW, layer) for n in (G3_WINDOWED, 0))
print(f"Gemma 3 12B, {G3_CONTEXT:,} tokens: {kept / GB:.1f} GB with windows, {all_kept / GB:.1f} GB without")

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


lengths = np.random.default_rng(0).integers(1, 2048, 64)  # synthetic, uniform
paged = -(-lengths // 16) * 16
print("\nmemory without a token in it, 64 synthetic requests of mean length {:.0f}".format(lengths.mean()))
print(f"  2,048 slots reserved each  {1 - lengths.sum() / (64 * 2048):.3f}")
print(f"  16-token pages             {1 - lengths.sum() / paged.sum():.4f}, by the formula {7.5 / (lengths.mean() + 7.5):.4f}")

system = list(range(2000))  # one instruction text in front of 32 different questions
requests = [system + [10_000 * user + i for i in range(100)] for user in range(1, 33)]
alone, shared = sum(pages_used([r], 16) for r in requests), pages_used(requests, 16)
print(f"\npages for 32 requests with a common prefix: {alone:,} alone, {shared:,} shared")
print(f"  saved {(alone - shared) * 16 * token / GB:.2f} GB")

size, flop = CONTEXT * token, 2 * PARAMETERS_BN * GB * CONTEXT
scores = 2 * LAYERS * HEADS * HEAD_DIM * CONTEXT**2  # causal half of attention, both products
fetch, recompute, attend = size / PCIE5_X16, flop / (PEAK_BF16 * 1e12), scores / (PEAK_BF16 * 1e12)
print(f"\none cache of {size / GB:.2f} GB, at best: {fetch * 1e3:.0f} ms over PCIe 5 x16")
print(f"  to recompute: {recompute * 1e3:.0f} ms, and {attend * 1e3:.0f} ms more for attention")
print(f"  fetching wins above {size / recompute / GB:.1f} GB/s one way, with attention {size / (recompute + attend) / GB:.1f}")
