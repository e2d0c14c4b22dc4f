"""From watts to megawatt-hours, FLOP per joule of four devices, the heat of a rack in air and in water,
the energy of moving weights, and what a power cap costs if voltage falls with frequency."""

HOURS_PER_MONTH = 30 * 24


def energy_mwh(devices, kw, hours, pue):
    """E = n x P x t x PUE: energy at the meter of the building."""
    return devices * kw * hours * pue / 1e3


# 1,024 H100 for 30 days. Utilisation of the power rating is taken as full; PUE is an assumption.
H100_W = 700  # W, fact:h100-sxm.power_w
mwh = energy_mwh(1024, H100_W / 1e3, HOURS_PER_MONTH, pue=1.2)
print(f"1,024 H100, 30 days, PUE 1.2: {mwh:.1f} MWh, {mwh * 0.4:.1f} t CO2e at 400 g/kWh, {mwh * 80:,.0f} USD at 0.08 USD/kWh")
print(f"  the same at PUE 1.54: {energy_mwh(1024, H100_W / 1e3, HOURS_PER_MONTH, 1.54):.1f} MWh")
SERVER_KW = 10.2  # rated maximum of a machine with eight H100, hosts and fans included
server = energy_mwh(1024 / 8, SERVER_KW, HOURS_PER_MONTH, pue=1.2)
print(f"  with their servers: {server:.1f} MWh, {server * 80:,.0f} USD; {SERVER_KW / 8 * 1e3 / H100_W:.2f} times the devices alone")

# Llama 3.1 405B as its model card counts it: GPU hours at the power rating, without PUE.
GPU_HOURS, TONNES = 30.84e6, 8930
card = energy_mwh(1, H100_W / 1e3, GPU_HOURS, 1.0)
print(f"Llama 3.1 405B: {card / 1e3:.1f} GWh, which the card's {TONNES:,} t put at {TONNES / card * 1e3:.0f} g CO2e per kWh")

A100_BF16 = 312  # TFLOPS dense, fact:a100-sxm-80gb.peak_dense.bf16
A100_W = 400  # W, fact:a100-sxm-80gb.power_w
H100_BF16 = 989.4  # TFLOPS dense, fact:h100-sxm.peak_dense.bf16
MI355X_BF16 = 2516.6  # TFLOPS dense, fact:mi355x.peak_dense.bf16
MI355X_W = 1400  # W, fact:mi355x.power_w
B200_BF16 = 2250  # TFLOPS dense, fact:b200.peak_dense.bf16
B200_W = 1000  # W, fact:b200.power_w
print("\npeak bf16 per watt of the rating, which is TFLOP per joule, at best")
for name, tflops, watts in [("A100", A100_BF16, A100_W), ("H100", H100_BF16, H100_W), ("MI355X", MI355X_BF16, MI355X_W), ("B200", B200_BF16, B200_W)]:
    print(f"  {name:7}{watts:6} W{tflops / watts:8.2f}{watts / tflops:8.2f} pJ per FLOP")

# MLPerf Inference 6.1, closed division, DeepSeek-R1: tokens per second of 72 devices; limit of each in W
GB300 = {"limit": 1400, "server": 596_944, "offline": 679_740, "interactive": 253_506}
RUBIN = {"limit": 2300, "server": 1_175_890, "offline": 1_183_327, "interactive": 652_750}  # preview
ratio = {key: RUBIN[key] / GB300[key] for key in GB300}
print("\nRubin over GB300: " + ", ".join(f"{key} {value:.2f}" for key, value in ratio.items()), end="")
RUBIN_BF16 = 4000  # TFLOPS dense, as announced
print("; per watt of the limit: " + ", ".join(f"{key} {ratio[key] / ratio['limit']:.2f}" for key in ("server", "offline", "interactive")))
print(f"  Rubin's announced bf16 at that limit: {RUBIN_BF16 / RUBIN['limit']:.2f} TFLOP per joule")

# Heat: P = flow x density x heat capacity x temperature rise.
RACK_W, RISE_K = 135_000, 10
air = RACK_W / (1.2 * 1005 * RISE_K)  # kg/m3, J/(kg K)
water = RACK_W / (998 * 4186 * RISE_K)
print(f"\na rack of 135 kW, coolant warmed by {RISE_K} K: {air:.1f} m3 of air per second, or {water * 60e3:.0f} litres of water per minute")

# Energy of one decode step of Llama 3 8B in bf16: the weights cross the HBM interface once.
PARAMETERS_BN = 8.030261248  # bn, fact:llama-3-8b.parameters_bn
H100_TB_S = 3.35  # TB/s, fact:h100-sxm.memory_bandwidth
bits = PARAMETERS_BN * 1e9 * 2 * 8
step_s = bits / 8 / (H100_TB_S * 1e12)
print("\ndecode step of Llama 3 8B on an H100")
print(f"  moving the weights at 3.92 pJ per bit: {bits * 3.92e-12:.2f} J")
print(f"  the device at its rating for {step_s * 1e3:.1f} ms: {H100_W * step_s:.2f} J, for 1 token or for a batch")
for batch in (1, 8, 64):
    print(f"    batch {batch:2}: {H100_W * step_s / batch:.3f} J per token, {H100_W * step_s / batch / 3.6:.3f} Wh per 1,000 tokens")

print("\npower cap: clock, and energy for fixed compute-bound work, if power goes with the cube of the clock")
for cap in (1.0, 0.8, 0.7, 0.6):
    line = f"  {cap:4.0%} power:"
    for static in (0.0, 0.3):  # share of the rating that does not depend on the clock
        clock = ((cap - static) / (1 - static)) ** (1 / 3)
        line += f"  {clock:5.1%} and {cap / clock:5.1%} with {static:.0%} static"
    print(line)
MI350X_BF16 = 2306.9  # TFLOPS dense, fact:mi350x.peak_dense.bf16
MI350X_W = 1000  # W, fact:mi350x.power_w
print(f"  MI350X against MI355X: {1 - MI350X_W / MI355X_W:.0%} fewer watts, {1 - MI350X_BF16 / MI355X_BF16:.1%} less peak, by the cube {1 - (MI350X_W / MI355X_W) ** (1 / 3):.1%}")
