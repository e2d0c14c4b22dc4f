"""Counts parameters and arithmetic of GPT-2 and Llama 3 8B from their dimensions."""

# GPT-2 small
G_LAYERS = 12  # fact:gpt-2.layers
G_HIDDEN = 768  # fact:gpt-2.hidden
G_VOCABULARY = 50257  # fact:gpt-2.vocabulary
G_CONTEXT = 1024  # fact:gpt-2.context
# Llama 3 8B
LAYERS = 32  # fact:llama-3-8b.layers
HIDDEN = 4096  # fact:llama-3-8b.hidden
HEADS = 32  # fact:llama-3-8b.heads
KV_HEADS = 8  # fact:llama-3-8b.kv_heads
HEAD_DIM = 128  # fact:llama-3-8b.head_dim
FFN = 14336  # fact:llama-3-8b.intermediate
VOCABULARY = 128256  # fact:llama-3-8b.vocabulary
CONTEXT = 8192  # fact:llama-3-8b.context


def gpt2():
    """Tied embedding, learned positions, biases, two layer norms per block and one at the end."""
    d = G_HIDDEN
    attention = 4 * d * d + 4 * d
    feed_forward = 8 * d * d + 5 * d
    norms = 4 * d
    return (G_VOCABULARY + G_CONTEXT) * d + G_LAYERS * (attention + feed_forward + norms) + 2 * d


def llama():
    """Parts of Llama 3 8B: no biases, gated feed-forward, separate output matrix."""
    q, kv = HEADS * HEAD_DIM, KV_HEADS * HEAD_DIM
    return {
        "embedding and output": 2 * VOCABULARY * HIDDEN,
        "attention": LAYERS * HIDDEN * (2 * q + 2 * kv),
        "feed-forward": LAYERS * 3 * HIDDEN * FFN,
        "norms": LAYERS * 2 * HIDDEN + HIDDEN,
    }


print(f"GPT-2 small: {gpt2():,}; 12Ld^2 alone: {12 * G_LAYERS * G_HIDDEN**2:,}")
parts = llama()
total = sum(parts.values())
print(f"Llama 3 8B: {total:,}")
for name, count in parts.items():
    print(f"  {name:<22}{count:>14,} {count / total:>6.1%}")

matrices = 2 * (total - VOCABULARY * HIDDEN - parts["norms"])  # looking up a row costs no arithmetic
for tokens in (CONTEXT, 131072):
    scores = LAYERS * 4 * tokens * HEADS * HEAD_DIM  # QK^T and the mix of values, full square
    print(f"context {tokens:>7,}: matrices {matrices / 1e9:.1f}, scores {scores / 1e9:.1f} GFLOP per token")
print(f"scores equal matrices at {matrices / (LAYERS * 4 * HEADS * HEAD_DIM):,.0f} tokens")
