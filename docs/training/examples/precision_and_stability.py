"""What 16-bit formats lose in training, how a dynamic loss scale finds its value,
why block scales help fp8, and a triage that stops at the first bad step."""

import numpy as np


def bf16(x):
    """Round to nearest even bf16, kept in fp32: 8 exponent bits, 7 mantissa bits."""
    bits = np.atleast_1d(np.asarray(x, np.float32)).view(np.uint32).astype(np.uint64)
    bits = (bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000
    return bits.astype(np.uint32).view(np.float32)


def e4m3(x):
    """Round to nearest fp8 E4M3; values beyond 448 saturate."""
    x = np.clip(x, -448, 448)
    exponent = np.maximum(np.floor(np.log2(np.maximum(np.abs(x), 1e-30))), -6)
    step = 2.0 ** (exponent - 3)
    return np.round(x / step) * step


tiny = np.float32(2e-8)
print(f"gradient 2e-8: fp16 {float(np.float16(tiny)):.0e}, times 65,536 and back "
      f"{float(np.float32(np.float16(tiny * 65536))) / 65536:.1e}, bf16 {bf16(tiny)[0]:.1e}")

rng = np.random.default_rng(0)
gradients = 10 ** rng.normal(-7, 1.5, 200_000)  # synthetic magnitudes over many decades
for scale in (1, 1024, 65536, 2.0**30):
    with np.errstate(over="ignore"):  # fp16 ends at 65,504
        half = (gradients * scale).astype(np.float16)
    print(f"  scale {scale:>13,.0f}: {np.mean(half == 0):>6.1%} zero, {np.sum(~np.isfinite(half)):>6,} infinite")

scale, skipped, good, largest = 65536.0, 0, 0, 40.0
for step in range(10_000):  # PyTorch's defaults: halve on infinity, double after 2,000 good steps
    if largest * scale > 65504:
        scale, skipped, good = scale / 2, skipped + 1, 0
    else:
        good += 1
        if good == 2000:
            scale, good = scale * 2, 0
print(f"dynamic scale, largest gradient {largest:.0f}: settles at {scale:,.0f}, {skipped} of 10,000 steps skipped")

weight, update = 1.0, 1e-3
print(f"\nadd {update} to a weight of 1, one thousand times:")
for name, cast in (("bf16", bf16), ("fp16", np.float16), ("fp32", np.float32)):
    value = cast(weight)
    for _ in range(1000):
        value = cast(np.float32(value) + np.float32(update))
    print(f"  {name}: {float(np.ravel(value)[0]):.4f}")
value = np.full(2000, 1.0, np.float32)
for _ in range(1000):  # stochastic rounding: add random bits below the cut, then cut
    bits = (value + np.float32(update)).view(np.uint32) + rng.integers(0, 65536, value.size, dtype=np.uint32)
    value = (bits & np.uint32(0xFFFF0000)).view(np.float32)
print(f"  bf16, stochastic rounding: mean {value.mean():.3f}, spread {value.std():.3f}")

tensor = rng.normal(size=(128, 1024))
tensor[:, 7] *= 1e5  # one outlier channel
rest = np.delete(np.arange(1024), 7)
blocks = tensor.reshape(128, 8, 128)
print("\nfp8 E4M3 with an outlier channel: error and zeros in the other channels")
for name, view in (("one scale per tensor", tensor.reshape(1, -1)), ("one scale per 1 x 128 tile", blocks.reshape(-1, 128))):
    scales = np.abs(view).max(1, keepdims=True) / 448
    back = (e4m3(view / scales) * scales).reshape(tensor.shape)
    error = np.linalg.norm((back - tensor)[:, rest]) / np.linalg.norm(tensor[:, rest])
    print(f"  {name:<28}{error:>6.1%} {np.mean(back[:, rest] == 0):>6.1%}")

parts = np.float32([1e8, 1.0, -1e8, 1.0])
print(f"\nsame four numbers, two orders: {parts[0] + parts[1] + parts[2] + parts[3]:.0f} and "
      f"{parts[0] + parts[2] + parts[1] + parts[3]:.0f}")


def triage(log):
    """First step whose loss is not finite, whose norm is, or whose loss jumps above six deviations."""
    for step, (loss, norm) in enumerate(log):
        past = np.array([entry[0] for entry in log[max(0, step - 50):step]])
        if not np.isfinite(loss):
            return step, "loss not finite: look at the forward pass of this batch"
        if not np.isfinite(norm):
            return step, "gradient not finite: skip the step, lower the loss scale"
        if len(past) == 50 and loss > past.mean() + 6 * past.std():
            return step, f"spike: go back about 100 steps and skip the batches, norm was {norm:.0f}"
    return None


log = [(2.5 + 0.02 * rng.normal(), 0.4) for _ in range(300)]
log[220] = (3.4, 9.0)
print("triage:", *triage(log))
