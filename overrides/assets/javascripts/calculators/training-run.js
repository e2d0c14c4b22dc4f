// @ts-check
/** Time, energy and price of a training run. Derived on training/scaling-laws and hardware/power-and-physical-limits. */

import { peak } from "./inputs.js";

/** @typedef {import("./calculator.js").Calculator} Calculator */

/** @type {Calculator} */
export default {
  model: "llama-3-8b",
  device: "h100-sxm",
  inputs: [
    { id: "parameters_bn", label: "Parameters used per token", symbol: "P", unit: "bn", model: "active_parameters_bn", or: "parameters_bn", least: 0.001, most: 1e5 },
    { id: "tokens_bn", label: "Training tokens", symbol: "T", unit: "bn", value: 1000, least: 0.001, most: 1e7 },
    { id: "devices", label: "Devices", symbol: "N", unit: "", value: 1024, least: 1, most: 1e7, whole: true },
    peak,
    { id: "mfu", label: "Share of peak reached (MFU)", symbol: "η", unit: "", value: 0.4, least: 0.01, most: 1 },
    { id: "power_w", label: "Power per device", symbol: "p", unit: "W", device: "power_w", least: 1, most: 1e5 },
    { id: "pue", label: "Power usage effectiveness", symbol: "PUE", unit: "", value: 1.2, least: 1, most: 4 },
    { id: "carbon", label: "Carbon intensity", symbol: "c", unit: "g/kWh", value: 400, least: 0, most: 2000 },
    { id: "price", label: "Price per device-hour", symbol: "r", unit: "USD", value: 2.5, least: 0, most: 1000 },
  ],
  compute(v) {
    const flop = 6 * v.parameters_bn * 1e9 * v.tokens_bn * 1e9;
    const days = flop / (v.devices * v.peak * 1e12 * v.mfu) / 86_400;
    const hours = v.devices * days * 24;
    const energy = (((hours * v.power_w) / 1e3) * v.pue) / 1e3;
    return [
      { id: "flop", label: "Arithmetic", symbol: "C", formula: "6 · {parameters_bn} · 10⁹ · {tokens_bn} · 10⁹", value: flop, unit: "FLOP" },
      { id: "days", label: "Time", symbol: "t", formula: "{flop} / ({devices} · {peak} · 10¹² · {mfu}) / 86 400", value: days, unit: "days" },
      { id: "hours", label: "Device-hours", symbol: "H", formula: "{devices} · {days} · 24", value: hours, unit: "h" },
      { id: "energy", label: "Energy at the meter", symbol: "E", formula: "{hours} · {power_w} · {pue} / 10⁶", value: energy, unit: "MWh", note: "Every device at its power rating throughout; hosts and network come on top." },
      { id: "co2", label: "Emissions", formula: "{energy} · {carbon} / 1000", value: (energy * v.carbon) / 1e3, unit: "t CO₂e" },
      { id: "cost", label: "Rent", formula: "{hours} · {price}", value: hours * v.price, unit: "USD" },
    ];
  },
};
