// @ts-check
/** Inputs that several calculators ask for: the same words, symbol and bounds wherever they stand. */

/** @typedef {import("./calculator.js").Input} Input */

/** @type {Input} */
export const parameters = { id: "parameters_bn", label: "Parameters", symbol: "P", unit: "bn", model: "parameters_bn", least: 0.001, most: 1e5 };

/** @type {Input} */
export const weightBytes = { id: "weight_bytes", label: "Bytes per weight", symbol: "w", unit: "B", value: 2, least: 0.1, most: 8 };

/** @type {Input} */
export const layers = { id: "layers", label: "Layers", symbol: "L", unit: "", model: "layers", least: 1, most: 1000 };

/** What a token leaves in the cache of each layer. @type {Input[]} */
export const cached = [
  { id: "kv_heads", label: "Key-value heads", symbol: "H", unit: "", model: "kv_heads", least: 1, most: 1000 },
  { id: "head_dim", label: "Head dimension", symbol: "d", unit: "", model: "head_dim", least: 1, most: 10_000 },
  { id: "value_bytes", label: "Bytes per cached value", symbol: "b", unit: "B", value: 2, least: 0.1, most: 8 },
];

/** Layers that see, and keep, a window of the text only; a model that names none has none. @type {Input[]} */
export const windows = [
  { id: "windowed_layers", label: "Windowed layers", symbol: "Lₛ", unit: "", model: "windowed_layers", absent: 0, value: 0, least: 0, most: 1000, whole: true, within: "layers" },
  { id: "window", label: "Their window", symbol: "s", unit: "tokens", model: "window", absent: 1024, value: 1024, least: 1, most: 1e8 },
];

/**
 * Layers whose cache stops growing before a text of so many tokens ends.
 * @param {Record<string, number>} v
 * @param {number} tokens
 */
export const stopped = (v, tokens) => (tokens > v.window ? v.windowed_layers : 0);

/** @type {Input} */
export const memory = { id: "memory_gb", label: "Memory per device", symbol: "M", unit: "GB", device: "memory_gb", least: 1, most: 1e5 };

/** @type {Input} */
export const peak = { id: "peak", label: "Peak rate, dense bf16", symbol: "F", unit: "TFLOPS", device: "peak_dense.bf16", least: 0.01, most: 1e6 };
