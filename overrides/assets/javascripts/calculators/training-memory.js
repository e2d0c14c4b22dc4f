// @ts-check
/** Memory of a training step with ZeRO. Derived on training/training-memory; shares its test vectors. */

import { memory, parameters } from "./inputs.js";

/** @typedef {import("./calculator.js").Calculator} Calculator */

/** Activations per token and hidden value, in bytes, after Korthikanti et al.; full recomputation keeps the layer inputs. */
const KEPT = ["everything", "selective recomputation", "layer inputs only"];

/** @type {Calculator} */
export default {
  model: "llama-3-8b",
  device: "h100-sxm",
  inputs: [
    parameters,
    { id: "stage", label: "ZeRO stage", symbol: "z", unit: "", value: 3, options: [[0, "0: nothing sharded"], [1, "1: optimizer states"], [2, "2: and gradients"], [3, "3: and weights (FSDP)"]] },
    { id: "devices", label: "Devices", symbol: "N", unit: "", value: 8, least: 1, most: 1e6, whole: true },
    { id: "weight_bytes", label: "Weights", symbol: "w", unit: "B", value: 2, least: 0, most: 8 },
    { id: "gradient_bytes", label: "Gradients", symbol: "g", unit: "B", value: 2, least: 0, most: 8 },
    { id: "optimizer_bytes", label: "Master weights and moments", symbol: "o", unit: "B", value: 12, least: 0, most: 24 },
    { id: "sequence", label: "Tokens per sequence", symbol: "s", unit: "", value: 8192, least: 1, most: 1e8 },
    { id: "batch", label: "Sequences at once per device", symbol: "b", unit: "", value: 1, least: 0, most: 1e5 },
    { id: "hidden", label: "Hidden size", symbol: "h", unit: "", model: "hidden", least: 1, most: 1e6 },
    { id: "heads", label: "Attention heads", symbol: "a", unit: "", model: "heads", least: 1, most: 1e4 },
    { id: "layers", label: "Layers", symbol: "L", unit: "", model: "layers", least: 1, most: 1e4 },
    { id: "kept", label: "Activations kept", symbol: "k", unit: "", value: 2, options: /** @type {[number, string][]} */ (KEPT.map((name, number) => [number, name])) },
    memory,
    { id: "usable", label: "Usable share", symbol: "u", unit: "", value: 0.9, least: 0.01, most: 1 },
  ],
  compute(v) {
    /** @param {number} devices */
    const states = (devices) => v.parameters_bn * (v.weight_bytes / (v.stage >= 3 ? devices : 1) + v.gradient_bytes / (v.stage >= 2 ? devices : 1) + v.optimizer_bytes / (v.stage >= 1 ? devices : 1));
    /** @param {number} stage */
    const over = (stage) => (v.stage >= stage ? " / {devices}" : "");
    const factor = [34 + (5 * v.heads * v.sequence) / v.hidden, 34, 2][v.kept];
    const activations = (v.sequence * v.batch * v.hidden * v.layers * factor) / 1e9;
    const held = states(v.devices);
    const room = v.usable * v.memory_gb;
    const least = fewest((devices) => states(devices) + activations <= room);
    return [
      { id: "states", label: "Weights, gradients, optimizer per device", symbol: "m", formula: `{parameters_bn} · ({weight_bytes}${over(3)} + {gradient_bytes}${over(2)} + {optimizer_bytes}${over(1)})`, value: held, unit: "GB" },
      { id: "factor", label: "Activation bytes per hidden value", symbol: "c", formula: ["34 + 5 · {heads} · {sequence} / {hidden}", "34", "2"][v.kept], value: factor, unit: "B", note: v.kept === 2 ? "One layer at work and the logits come on top; the page counts them." : v.kept === 0 ? "Counts stored score matrices with dropout, as the paper did; tiled attention stores none." : "" },
      { id: "activations", label: "Activations per device", symbol: "A", formula: "{sequence} · {batch} · {hidden} · {layers} · {factor} / 10⁹", value: activations, unit: "GB" },
      { id: "total", label: "Together", formula: "{states} + {activations}", value: held + activations, unit: "GB", note: held + activations <= room ? "Fits." : `Does not fit in ${Number(room.toPrecision(4))} GB.` },
      { id: "least", label: "Fewest devices on which it fits", formula: "smallest N with m + {activations} ≤ {usable} · {memory_gb}", value: least, unit: "", note: Number.isFinite(least) ? "" : "No number of devices is enough: shard more, or keep less." },
    ];
  },
};

/** @param {(devices: number) => boolean} fits monotone */
function fewest(fits) {
  let high = 1;
  while (!fits(high)) {
    if (high > 1e7) return Infinity;
    high *= 2;
  }
  let low = high / 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) high = middle;
    else low = middle;
  }
  return Math.ceil(high);
}
