// @ts-check
/** Memory of a key-value cache. Derived on serving/kv-cache; shares its test vectors. */

import { cached, layers, memory, parameters, stopped, weightBytes, windows } from "./inputs.js";

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
    ...windows,
    ...cached,
    { id: "context", label: "Tokens per conversation", symbol: "S", unit: "", value: 8192, least: 1, most: 1e8 },
    { id: "users", label: "Conversations", symbol: "n", unit: "", value: 32, least: 1, most: 1e7 },
    memory,
    { id: "devices", label: "Devices", symbol: "D", unit: "", value: 1, least: 1, most: 1e6 },
    { id: "usable", label: "Share of memory for weights and cache", symbol: "u", unit: "", value: 0.9, least: 0.01, most: 1 },
  ],
  compute(v) {
    const layer = 2 * v.kv_heads * v.head_dim * v.value_bytes;
    const token = v.layers * layer;
    const kept = stopped(v, v.context);
    const conversation = layer * ((v.layers - kept) * v.context + kept * v.window);
    const cache = (conversation * v.users) / 1e9;
    const weights = v.parameters_bn * v.weight_bytes;
    const room = v.usable * v.devices * v.memory_gb - weights;
    const fit = Math.max(0, Math.floor((room * 1e9) / conversation));
    return [
      { id: "token", label: "Cache per token", symbol: "t", formula: "2 · {layers} · {kv_heads} · {head_dim} · {value_bytes}", value: token, unit: "B", note: kept ? `After ${v.window} tokens only ${v.layers - kept} of ${v.layers} layers grow.` : "" },
      {
        id: "conversation",
        label: "Cache of one conversation",
        symbol: "C",
        formula: kept ? "2 · {kv_heads} · {head_dim} · {value_bytes} · (({layers} − {windowed_layers}) · {context} + {windowed_layers} · {window}) / 10⁹" : "{token} · {context} / 10⁹",
        value: conversation / 1e9,
        unit: "GB",
        note: kept ? "Where the engine frees pages per kind of layer." : "",
      },
      { id: "cache", label: "Cache of all conversations", formula: "{conversation} · {users}", value: cache, unit: "GB" },
      { id: "weights", label: "Weights", symbol: "W", formula: "{parameters_bn} · {weight_bytes}", value: weights, unit: "GB" },
      { id: "room", label: "Room for cache", symbol: "R", formula: "{usable} · {devices} · {memory_gb} − {weights}", value: room, unit: "GB", note: room < 0 ? "The weights alone do not fit." : "" },
      { id: "fit", label: "Full conversations that fit", formula: "⌊{room} / {conversation}⌋", value: fit, unit: "", note: room >= 0 && fit < v.users ? `Fewer than the ${v.users} asked for.` : "" },
    ];
  },
};
