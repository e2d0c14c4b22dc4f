"""Counts parameters, arithmetic and memory from dimensions: MLP, ResNet-50, GPT-2, Llama 3 8B; then, for five
decoders, where scores outweigh the matrices; the experts a step reads; a fixed state beside a cache; diffusion."""

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

DECODERS = {  # parameters used per token in bn, embedding rows only looked up, layers, with full context, window, heads
    "Llama 3 8B": (8.030261248, 128256 * 4096, 32, 32, 0, 32, 8, 128),  # fact:llama-3-8b.parameters_bn
    "Qwen3-32B": (32.762123264, 151936 * 5120, 64, 64, 0, 64, 8, 128),  # fact:qwen-3-32b.parameters_bn
    "Qwen3-30B-A3B": (3.353032704, 151936 * 2048, 48, 48, 0, 32, 4, 128),  # fact:qwen-3-30b-a3b.active_parameters_bn
    "gpt-oss-20b": (3.608307264, 0, 24, 12, 128, 64, 8, 64),  # fact:gpt-oss-20b.active_parameters_bn
    "Gemma 3 27B": (27.00900224, 0, 62, 10, 1024, 32, 16, 128),  # fact:gemma-3-27b.parameters_bn
}


def mlp(*widths):
    return sum(a * b + b for a, b in zip(widths, widths[1:]))


def resnet50(stride_at=1, size=224, classes=1000):
    """Parameters and multiply-adds; stride_at=1 halves the image in the first 1x1 as in the paper, 3 as torchvision."""
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
print(
    f"ResNet-50: {weights:,} parameters, {multiplies / 1e9:.2f} billion multiply-adds an image, "
    f"{2 * multiplies / weights:.0f} FLOP per parameter; torchvision's strides: {resnet50(3)[1] / 1e9:.2f} billion"
)
print(f"GPT-2 small: {gpt2():,}; 12Ld^2 alone: {12 * G_LAYERS * G_HIDDEN**2:,}")
parts = llama()
total = sum(parts.values())
print(f"Llama 3 8B: {total:,}")
for name, count in parts.items():
    print(f"  {name:<22}{count:>14,} {count / total:>6.1%}")

matrices = 2 * (total - VOCABULARY * HIDDEN - parts["norms"])  # looking up a row costs no arithmetic
per_past_token = LAYERS * 4 * HEADS * HEAD_DIM  # query times key, and the mix of values
even = matrices / per_past_token
print(
    f"  a token: matrices {matrices / 1e9:.1f} GFLOP, scores {per_past_token * 131072 / 1e9:.1f} after 131,072 tokens"
)
print(f"  equal after {even:,.0f} tokens; averaged over a causal training sequence, at {2 * even:,.0f}")

print("\nGFLOP a token in matrices; tokens before it at which scores cost as much; GB of 16-bit cache at 32,768 tokens")
for name, (used, looked_up, layers, full, window, heads, kv_heads, dim) in DECODERS.items():
    matrices = 2 * (used * 1e9 - looked_up)
    windows = (layers - full) * 4 * heads * dim * window  # a window's scores stop growing
    tokens = full * 32768 + (layers - full) * min(window, 32768)
    even = round((matrices - windows) / (full * 4 * heads * dim), -2)
    print(f"  {name:<14}{matrices / 1e9:6.1f}{even:10,.0f}{2 * kv_heads * dim * 2 * tokens / 1e9:7.2f}")

print("\nshare of the experts that a step reads, if routing is uniform, at 1, 16, 64, 256 tokens")
for name, experts, chosen in (("Mixtral 8x7B", 8, 2), ("Qwen3-30B-A3B", 128, 8), ("DeepSeek-V3", 256, 8)):
    shares = (1 - (1 - chosen / experts) ** batch for batch in (1, 16, 64, 256))
    print(f"  {name:<14}{chosen:>2} of {experts:>3}" + "".join(f"{share:>8.1%}" for share in shares))

cache = 2 * LAYERS * KV_HEADS * HEAD_DIM * 2  # bytes per token in 16 bits
print()
for states in (16, 128):  # state-space layers of the same width and depth, expansion 2
    state = LAYERS * 2 * HIDDEN * states * 2
    print(
        f"32 state-space layers, {states} states: {state / 1e6:.1f} MB, as much as a cache of {state // cache} tokens"
    )

kept = math.prod(1 - (1e-4 + step / 999 * (0.02 - 1e-4)) for step in range(1000))
print(f"diffusion: share of the image's variance left after 1,000 steps {kept:.1e}")
