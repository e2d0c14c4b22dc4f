// @ts-check
/** How often to save a training run. Derived on infrastructure/storage-and-checkpoints; shares its test vectors. */

import { parameters } from "./inputs.js";

/** @typedef {import("./calculator.js").Calculator} Calculator */

/** @type {Calculator} */
export default {
  model: "llama-3-70b",
  inputs: [
    parameters,
    { id: "state_bytes", label: "Bytes saved per parameter", symbol: "s", unit: "B", value: 14, least: 0.1, most: 32 },
    { id: "storage", label: "Write rate of all ranks together", symbol: "B", unit: "GB/s", value: 100, least: 0.001, most: 1e5 },
    { id: "devices", label: "Devices", symbol: "N", unit: "", value: 16_384, least: 1, most: 1e7, whole: true },
    { id: "device_hours", label: "Device-hours between failures", symbol: "h", unit: "h", value: 50_000, least: 1, most: 1e9 },
  ],
  compute(v) {
    const size = v.parameters_bn * v.state_bytes;
    const write = size / v.storage;
    const mtbf = (v.device_hours / v.devices) * 3600;
    const interval = Math.sqrt(2 * write * mtbf);
    const lost = 1 - interval / (mtbf * Math.expm1((interval + write) / mtbf));
    return [
      { id: "size", label: "Checkpoint", symbol: "C", formula: "{parameters_bn} · {state_bytes}", value: size, unit: "GB" },
      { id: "write", label: "Time to write it", symbol: "δ", formula: "{size} / {storage}", value: write, unit: "s" },
      { id: "mtbf", label: "Time between failures of the job", symbol: "M", formula: "{device_hours} · 3600 / {devices}", value: mtbf, unit: "s" },
      { id: "interval", label: "Save every", symbol: "τ", formula: "√(2 · {write} · {mtbf})", value: interval, unit: "s" },
      { id: "lost", label: "Time lost to saving and repeating", formula: "100 · (1 − {interval} / ({mtbf} · (exp(({interval} + {write}) / {mtbf}) − 1)))", value: lost * 100, unit: "%", note: "For failures at random, restart time not counted." },
    ];
  },
};
