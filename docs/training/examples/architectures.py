"""Counts parameters, arithmetic and state: MLP, ResNet-50, GPT-2, Llama 3 8B, attention windows,
a state-space layer, the experts a batch touches, and the noise schedule of a diffusion model."""

import math

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


def mlp(*widths):
    return sum(a * b + b for a, b in zip(widths, widths[1:]))


def resnet50(stride_at=1, size=224, classes=1000):
    """Parameters and multiply-adds of the 50-layer network: bottlenecks 1x1, 3x3, 1x1 with batch norm.

    stride_at=1 halves the image in the first 1x1, as in the paper; 3 in the 3x3, as in torchvision."""
    parameters = multiplies = 0

    def convolution(channels_in, channels_out, kernel, side):
        nonlocal parameters, multiplies
        weights = kernel * kernel * channels_in * channels_out
        parameters += weights + 2 * channels_out  # batch norm: gain and shift
        multiplies += weights * side * side  # every weight is used at every output position

    convolution(3, 64, 7, size // 2)
    side, channels = size // 4, 64
    for width, blocks in ((64, 3), (128, 4), (256, 6), (512, 3)):
        before, side = side, side // 2 if width > 64 else side
        for block in range(blocks):
            if block == 0:  # the shortcut needs a projection where the shape changes
                convolution(channels, 4 * width, 1, side)
            convolution(channels, width, 1, before if block == 0 and stride_at == 3 else side)
            convolution(width, width, 3, side)
            convolution(width, 4 * width, 1, side)
            channels = 4 * width
    return parameters + channels * classes + classes, multiplies + channels * classes


def gpt2():
    """Tied embedding, learned positions, biases, two layer norms per block and one at the end."""
    d = G_HIDDEN
    attention, feed_forward, norms = 4 * d * d + 4 * d, 8 * d * d + 5 * d, 4 * d
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


print(f"MLP 10-64-64-1: {mlp(10, 64, 64, 1):,} parameters")
weights, multiplies = resnet50()
print(f"ResNet-50: {weights:,} parameters, {multiplies / 1e9:.2f} billion multiply-adds an image, "
      f"{2 * multiplies / weights:.0f} FLOP per parameter; torchvision's strides: {resnet50(3)[1] / 1e9:.2f} billion")
print(f"GPT-2 small: {gpt2():,}; 12Ld^2 alone: {12 * G_LAYERS * G_HIDDEN**2:,}")
parts = llama()
total = sum(parts.values())
print(f"Llama 3 8B: {total:,}")
for name, count in parts.items():
    print(f"  {name:<22}{count:>14,} {count / total:>6.1%}")

matrices = 2 * (total - VOCABULARY * HIDDEN - parts["norms"])  # looking up a row costs no arithmetic
per_past_token = LAYERS * 4 * HEADS * HEAD_DIM  # query times key, and the mix of values
for tokens in (CONTEXT, 131072):
    print(f"context {tokens:>7,}: matrices {matrices / 1e9:.1f}, scores {per_past_token * tokens / 1e9:.1f} GFLOP per token")
even = matrices / per_past_token
print(f"scores equal matrices at {even:,.0f} tokens; averaged over a causal sequence, at {2 * even:,.0f}")
WINDOW, GLOBAL = 1024, 1 / 6  # assumed: five layers of six see a window, as in Gemma 3
seen = GLOBAL * 131072 + (1 - GLOBAL) * WINDOW
print(f"five layers of six with a window of {WINDOW:,}: scores {per_past_token * seen / 1e9:.1f} GFLOP at 131,072")

cache = 2 * LAYERS * KV_HEADS * HEAD_DIM * 2  # bytes per token in 16 bits
print()
for states in (16, 128):  # state-space layers of the same width and depth, expansion 2
    state = LAYERS * 2 * HIDDEN * states * 2
    print(f"32 state-space layers, {states} states: {state / 1e6:.1f} MB, as much as a cache of {state // cache} tokens")

print("experts touched per layer in one step, if routing is uniform:")
for name, experts, chosen in (("Mixtral 8x7B", 8, 2), ("DeepSeek-V3", 256, 8)):
    shares = (1 - (1 - chosen / experts) ** batch for batch in (1, 16, 64, 256))
    print(f"  {name:<13}{chosen:>2} of {experts:>3}, batch 1/16/64/256:" + "".join(f"{share:>7.1%}" for share in shares))

kept = math.prod(1 - (1e-4 + step / 999 * (0.02 - 1e-4)) for step in range(1000))
print(f"diffusion: share of the image's variance left after 1,000 steps {kept:.1e}")
print(f"50 layers that pass on 90 % of a gradient: {0.9**50:.4f}")
