// @ts-check
/** Memory of a key-value cache. Derived on serving/kv-cache; shares its test vectors. */

import { cached, layers, memory, parameters, weightBytes, windowed } from "./inputs.js";

/** @typedef {import("./calculator.js").Calculator} Calculator */

/** @type {Calculator} */
export default {
  model: "llama-3-8b",
  device: "h100-sxm",
  // A latent cache holds one shared vector instead of keys and values per head: another formula.
  suits: (model) => model.attention !== "mla",
  inputs: [
    parameters,
    weightBytes,
    layers,
    ...cached,
    { id: "context", label: "Tokens per conversation", symbol: "S", unit: "", value: 8192, least: 1, most: 1e8 },
    { id: "users", label: "Conversations", symbol: "n", unit: "", value: 32, least: 1, most: 1e7 },
    memory,
    { id: "devices", label: "Devices", symbol: "D", unit: "", value: 1, least: 1, most: 1e6 },
    { id: "usable", label: "Share of memory for weights and cache", symbol: "u", unit: "", value: 0.9, least: 0.01, most: 1 },
  ],
  compute(v, model) {
    const token = 2 * v.layers * v.kv_heads * v.head_dim * v.value_bytes;
    const cache = (token * v.context * v.users) / 1e9;
    const weights = v.parameters_bn * v.weight_bytes;
    const room = v.usable * v.devices * v.memory_gb - weights;
    const fit = Math.max(0, Math.floor((room * 1e9) / (token * v.context)));
    return [
      { id: "token", label: "Cache per token", symbol: "t", formula: "2 · {layers} · {kv_heads} · {head_dim} · {value_bytes}", value: token, unit: "B" },
      { id: "cache", label: "Cache of all conversations", formula: "{token} · {context} · {users} / 10⁹", value: cache, unit: "GB", note: windowed(model, "a ceiling") },
      { id: "weights", label: "Weights", symbol: "W", formula: "{parameters_bn} · {weight_bytes}", value: weights, unit: "GB" },
      { id: "room", label: "Room for cache", symbol: "R", formula: "{usable} · {devices} · {memory_gb} − {weights}", value: room, unit: "GB", note: room < 0 ? "The weights alone do not fit." : "" },
      { id: "fit", label: "Full conversations that fit", formula: "⌊{room} · 10⁹ / ({token} · {context})⌋", value: fit, unit: "", note: [room >= 0 && fit < v.users && `Fewer than the ${v.users} asked for.`, room >= 0 && windowed(model, "at least so many fit")].filter(Boolean).join(" ") },
    ];
  },
};
