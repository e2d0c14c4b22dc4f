"""How a GPU computes, in five small calculations: the peak from four factors, the warps that hide a
latency, the warps that fit the registers, the price of a branch, and the last wave of a matrix product."""

import math

# name: clock in GHz, FMA per clock and unit, units; as counted by the vendors
MATRIX_UNITS = {
    "A100": (1.41, 256, 4 * 108),
    "H100": (1.83, 512, 4 * 132),
    "MI250X": (1.70, 128, 4 * 220),
    "MI300X": (2.10, 256, 4 * 304),
    "MI355X": (2.40, 512, 4 * 256),
}
PRINTED = {
    "A100": 312,  # TFLOPS, fact:a100-sxm-80gb.peak_dense.bf16
    "H100": 989.4,  # TFLOPS, fact:h100-sxm.peak_dense.bf16
    "MI250X": 383,  # TFLOPS, fact:mi250x.peak_dense.bf16
    "MI300X": 1307.4,  # TFLOPS, fact:mi300x.peak_dense.bf16
    "MI355X": 2516.6,  # TFLOPS, fact:mi355x.peak_dense.bf16
}
H100_FP32 = 66.9  # TFLOPS, fact:h100-sxm.peak_dense.fp32
H100_TF32 = 494.7  # TFLOPS, fact:h100-sxm.peak_dense.tf32
SMS, LANES, REGISTERS, WARP = 132, 128, 65_536, 32  # H100: per device, per SM, per SM, threads

print("dense bf16 peak = clock x FMA per clock and unit x 2 x units")
for name, (clock, fma, units) in MATRIX_UNITS.items():
    peak = clock * fma * 2 * units / 1e3
    print(f"  {name:<7}{clock:.2f} GHz x {fma} x 2 x {units:>4} = {peak:7.1f} TFLOPS, printed {PRINTED[name]}")
print(f"  H100: matrix units over FP32 lanes {PRINTED['H100'] / H100_FP32:.1f} times in bf16, {H100_TF32 / H100_FP32:.1f} in TF32")
print(f"  clock behind its FP32 figure: {H100_FP32 * 1e3 / (SMS * LANES * 2):.2f} GHz")


def issued(warps, arithmetic, latency, loads=1, start=4_000, end=24_000):
    """Share of cycles in which one scheduler issues. Each warp starts its loads, waits for the
    last, then does the arithmetic that belongs to them; of the ready warps the first one goes.
    Cycles before start are not counted."""
    program = loads * (1 + arithmetic)
    ready, done, busy = [0] * warps, [0] * warps, 0
    for cycle in range(end):
        warp = next((w for w in range(warps) if ready[w] <= cycle), None)
        if warp is not None:
            busy += cycle >= start
            done[warp] = (done[warp] + 1) % program
            ready[warp] = cycle + (latency if done[warp] == loads else 1)
    return busy / (end - start)


print("\ncycles in which a scheduler issues; 12 arithmetic instructions per load")
print("  warps                      1      4      8     16")
for label, latency, loads in (
    ("34 cycles (L1)", 34, 1),  # latencies measured on an H100 without load
    ("265 (near L2)", 265, 1),
    ("650 (device memory)", 650, 1),
    ("650, 4 loads at once", 650, 4),
):
    shares = "".join(f"{issued(w, 12, latency, loads):7.1%}" for w in (1, 4, 8, 16))
    print(f"  {label:<22}{shares}")

print("\nregisters per thread -> warps that fit an H100 SM (at most 64)")
fit = {r: min(64, REGISTERS // (-(-r * WARP // 256) * 256)) for r in (32, 64, 128, 168, 255)}
print("  " + ", ".join(f"{r}: {warps}" for r, warps in fit.items()))

print("\ngroups in which some threads branch and some do not, if each branches with probability p")
for p in (0.001, 0.01, 0.05):
    both = {width: 1 - p**width - (1 - p) ** width for width in (32, 64)}
    print(f"  p = {p:.1%}: {both[32]:6.1%} of 32 threads, {both[64]:6.1%} of 64")

print("\nsquare products on 132 SMs, one 128 x 128 tile each at a time")
for n in (2048, 2176, 4096, 4224):
    tiles = math.ceil(n / 128) ** 2
    waves = math.ceil(tiles / SMS)
    print(f"  n = {n}: {tiles:>4} tiles, {waves} waves, {tiles / (waves * SMS):.1%} of the SMs busy")
