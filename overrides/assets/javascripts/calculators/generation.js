// @ts-check
/** Bounds of prefill and decode. Derived on serving/inference-fundamentals; shares its test vectors. */

import { cached, layers, parameters, peak, stopped, weightBytes, windows } from "./inputs.js";

/** @typedef {import("./calculator.js").Calculator} Calculator */

/** @type {Calculator} */
export default {
  model: "llama-3-8b",
  device: "h100-sxm",
  suits: (model) => model.attention !== "mla",
  inputs: [
    parameters,
    { id: "active_bn", label: "Parameters used per token", symbol: "Pₐ", unit: "bn", model: "active_parameters_bn", or: "parameters_bn", least: 0.001, most: 1e5 },
    weightBytes,
    layers,
    ...windows,
    { id: "heads", label: "Attention heads", symbol: "a", unit: "", model: "heads", least: 1, most: 1e4 },
    ...cached,
    { id: "prompt", label: "Prompt", symbol: "S", unit: "tokens", value: 2048, least: 1, most: 1e8 },
    { id: "answer", label: "Answer", symbol: "A", unit: "tokens", value: 256, least: 1, most: 1e7 },
    { id: "batch", label: "Requests decoded together", symbol: "n", unit: "", value: 1, least: 1, most: 1e6, whole: true },
    { id: "bandwidth", label: "Memory bandwidth", symbol: "B", unit: "TB/s", device: "memory_bandwidth", least: 0.001, most: 1e4 },
    peak,
  ],
  compute(v) {
    const prefill = (2 * v.active_bn * 1e9 * v.prompt) / (v.peak * 1e12);
    // Half of a square: each token sees those before it. With a window, all but the first see as many as it holds.
    const narrow = stopped(v, v.prompt);
    const seen = (v.layers - narrow) * v.prompt ** 2 + narrow * (2 * v.prompt * v.window - v.window ** 2);
    const attention = (2 * v.heads * v.head_dim * seen) / (v.peak * 1e12);
    // While the answer is written, half of it has been on the average.
    const text = v.prompt + v.answer / 2;
    const short = stopped(v, text);
    const cache = 2 * v.kv_heads * v.head_dim * v.value_bytes * ((v.layers - short) * text + short * v.window);
    // Alone, a request reads the experts it uses; a batch soon reads them all.
    const read = v.batch === 1 ? v.active_bn : v.parameters_bn;
    const moved = (read * 1e9 * v.weight_bytes + v.batch * cache) / (v.bandwidth * 1e12);
    const counted = (2 * v.active_bn * 1e9 * v.batch) / (v.peak * 1e12);
    const step = Math.max(moved, counted);
    const weights = v.batch === 1 ? "{active_bn}" : "{parameters_bn}";
    return [
      { id: "prefill", label: "Prefill, weights", symbol: "p", formula: "2 · {active_bn} · {prompt} / {peak}", value: prefill * 1e3, unit: "ms" },
      { id: "attention", label: "Prefill, attention", symbol: "q", formula: `2 · ${narrow ? "{heads} · {head_dim} · (({layers} − {windowed_layers}) · {prompt}² + {windowed_layers} · (2 · {prompt} · {window} − {window}²))" : "{layers} · {heads} · {head_dim} · {prompt}²"} / ({peak} · 10⁹)`, value: attention * 1e3, unit: "ms" },
      { id: "cache", label: "Cache read per request and step", symbol: "c", formula: short ? "2 · {kv_heads} · {head_dim} · {value_bytes} · (({layers} − {windowed_layers}) · ({prompt} + {answer} / 2) + {windowed_layers} · {window}) / 10⁹" : "2 · {layers} · {kv_heads} · {head_dim} · {value_bytes} · ({prompt} + {answer} / 2) / 10⁹", value: cache / 1e9, unit: "GB" },
      { id: "moved", label: "Decode step, memory", symbol: "m", formula: `(${weights} · {weight_bytes} + {batch} · {cache}) / {bandwidth}`, value: moved * 1e3, unit: "ms" },
      { id: "counted", label: "Decode step, arithmetic", symbol: "f", formula: "2 · {active_bn} · {batch} / {peak}", value: counted * 1e3, unit: "ms", note: moved >= counted ? "Memory is the bound." : "Arithmetic is the bound." },
      { id: "rate", label: "Tokens per second, all requests", formula: "{batch} / max({moved}, {counted}) · 1000", value: v.batch / step, unit: "tokens/s" },
      { id: "whole", label: "Whole answer, alone in the queue", formula: "({prefill} + {attention}) / 1000 + ({answer} − 1) · max({moved}, {counted}) / 1000", value: prefill + attention + (v.answer - 1) * step, unit: "s" },
    ];
  },
};
