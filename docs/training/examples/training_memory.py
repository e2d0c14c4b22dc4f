"""Bytes per parameter, ZeRO shards, activations of GPT-3, and whether an 8B model trains on one card."""

GB = 1e9
# Bytes per parameter: (16-bit weights, gradients, fp32 master, Adam m + v)
CONVENTIONS = {
    "mixed precision, 16-bit gradients": (2, 2, 4, 8),
    "all fp32, no second copy of weights": (4, 4, 0, 8),
    "mixed precision, fp32 gradients": (2, 4, 4, 8),
    "16-bit and fp32 gradients both kept": (2, 6, 4, 8),
    "mixed precision, 8-bit Adam": (2, 2, 4, 2),
    "bf16 for everything, no master": (2, 2, 0, 4),
}
# GPT-3 175B, the worked example of the activation formula
LAYERS = 96  # fact:gpt-3-175b.layers
HIDDEN = 12288  # fact:gpt-3-175b.hidden
HEADS = 96  # fact:gpt-3-175b.heads
SEQUENCE = 2048  # fact:gpt-3-175b.context
# Llama 3 8B, an H100, an H200
PARAMETERS_BN = 8.030261248  # bn, fact:llama-3-8b.parameters_bn
L_LAYERS = 32  # fact:llama-3-8b.layers
L_HIDDEN = 4096  # fact:llama-3-8b.hidden
L_HEADS = 32  # fact:llama-3-8b.heads
L_KV_HEADS = 8  # fact:llama-3-8b.kv_heads
L_HEAD_DIM = 128  # fact:llama-3-8b.head_dim
L_FFN = 14336  # fact:llama-3-8b.intermediate
L_VOCABULARY = 128256  # fact:llama-3-8b.vocabulary
TOKENS = 8192  # fact:llama-3-8b.context
H100_GB = 80  # GB, fact:h100-sxm.memory_gb
H200_GB = 141  # GB, fact:h200-sxm.memory_gb
PEAK_BF16 = 989.4  # TFLOPS dense, fact:h100-sxm.peak_dense.bf16
PCIE5_X16 = 32e9 * 16 * 128 / 130 / 8  # byte/s one way: 32 GT/s, 16 lanes, 128b/130b coding
USABLE = 0.9  # assumed: a tenth goes to context, communication buffers and fragmentation


def zero(stage, parameters, devices):
    """Bytes of model states per device: 2 for weights, 2 for gradients, 12 for master, m and v."""
    weights = 2 / devices if stage >= 3 else 2
    gradients = 2 / devices if stage >= 2 else 2
    optimizer = 12 / devices if stage >= 1 else 12
    return (weights + gradients + optimizer) * parameters


print("bytes per parameter: weights, gradients, master, moments")
for name, parts in CONVENTIONS.items():
    print(f"  {name:<36}{parts!s:<14}= {sum(parts):>2}")
print("7.5 bn parameters, 64 devices, GB each, ZeRO 0 to 3:", *(f"{zero(s, 7.5e9, 64) / GB:.1f}" for s in range(4)))

scores = 5 * HEADS * SEQUENCE / HIDDEN
print(f"\nGPT-3, one sequence: 34 + 5as/h = 34 + {scores:.0f} per value of sbh")
for name, factor in (("nothing recomputed", 34 + scores), ("selective", 34), ("full", 2)):
    print(f"  {name:<19}{SEQUENCE * HIDDEN * factor * LAYERS / GB:>6.1f} GB")
forward = 24 * HIDDEN + 4 * SEQUENCE  # FLOP per token and layer, divided by HIDDEN
again = 4 * SEQUENCE / forward
print(f"  extra arithmetic: full {1 / 3:.1%}, selective {again / 3:.1%} ({again:.1%} of forward)")

P = PARAMETERS_BN * 1e9
layer = 12 * L_HIDDEN + 4 * L_KV_HEADS * L_HEAD_DIM + 8 * L_FFN + 4 * L_HEADS
stored, kept, logits = layer * L_LAYERS, 2 * L_HIDDEN * L_LAYERS, 8 * L_VOCABULARY
naive = stored + 2 * L_HEADS * TOKENS * L_LAYERS  # no dropout: only the softmax output
print(f"\nLlama 3 8B, {TOKENS:,} tokens: {naive * TOKENS / GB:.0f} GB with stored score matrices, "
      f"{stored * TOKENS / GB:.1f} GB with tiled attention")
print(f"  checkpointed: {kept * TOKENS / GB:.1f} layer inputs, {layer * TOKENS / GB:.1f} one layer at work, "
      f"{logits * TOKENS / GB:.1f} fp32 logits and their gradient")
work = (kept + layer + logits) * TOKENS

lora = 16 * L_LAYERS * (3 * L_HIDDEN + L_KV_HEADS * L_HEAD_DIM)  # rank 16 on q and v
ends = 2 * L_VOCABULARY * L_HIDDEN  # embedding and output layer stay in 16 bits
print(f"\ndoes it fit in {USABLE * H100_GB:.0f} of {H100_GB} GB?     states  +{work / GB:.1f} GB")
for name, states in {
    "Adam, 18 B": 18 * P, "Adam, 16 B": 16 * P,
    "8-bit Adam, master kept, 10 B": 10 * P, "bf16 everywhere, 8 B": 8 * P,
    "8-bit Adam, no master, 6 B": 6 * P,
    "LoRA r=16 on q and v": 2 * P + 16 * lora,
    "QLoRA, 4.127-bit base": 2 * ends + 4.127 / 8 * (P - ends) + 16 * lora,
    "ZeRO-3 / FSDP on 8 cards": zero(3, P, 8),
    "ZeRO-1 on 8 cards": zero(1, P, 8), "optimizer on the host": 2 * P,
}.items():
    total = (states + work) / GB
    print(f"  {name:<30}{states / GB:>6.1f} {total:>8.1f}  {'yes' if total <= USABLE * H100_GB else 'no'}")
flop = 8 * P * TOKENS  # 6ND and one more forward pass for the recomputation
print(f"offload: {2 * P / GB:.1f} GB each way a step, {2 * P / PCIE5_X16:.2f} s at best; "
      f"arithmetic {flop / PEAK_BF16 / 1e12:.2f} s at best; host holds {14 * P / GB:.0f} GB")

print("\ntokens per card, FSDP:      8 cards   64 cards")
for card, memory in (("80 GB", H100_GB), ("141 GB", H200_GB)):
    for name, per_token in (("all stored", stored + logits), ("layer inputs", kept + layer + logits)):
        free = [USABLE * memory * GB - zero(3, P, n) for n in (8, 64)]
        print(f"  {card:<7}{name:<17}" + "".join(f"{room / per_token:>11,.0f}" for room in free))
    cards = next(n for n in range(1, 99) if zero(3, P, n) + work <= USABLE * memory * GB)
    print(f"  {card:<7}fewest cards for {TOKENS:,} tokens each: {cards}")
