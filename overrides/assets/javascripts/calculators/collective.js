// @ts-check
/** Time of a collective in the latency-bandwidth model. Derived on infrastructure/collectives; shares its test vectors. */

/** @typedef {import("./calculator.js").Calculator} Calculator */

/** @type {Calculator} */
export default {
  inputs: [
    { id: "halves", label: "Operation", symbol: "k", unit: "", value: 2, options: [[2, "all-reduce"], [1, "all-gather or reduce-scatter"]] },
    { id: "ranks", label: "Ranks", symbol: "n", unit: "", value: 64, least: 2, most: 1e7, whole: true },
    { id: "megabytes", label: "Data per rank", symbol: "S", unit: "MB", value: 1000, least: 1e-6, most: 1e7 },
    { id: "bandwidth", label: "Bandwidth per rank and direction", symbol: "B", unit: "GB/s", device: "scale_up_bandwidth", value: 50, least: 0.001, most: 1e5 },
    { id: "latency", label: "Fixed cost of a message", symbol: "α", unit: "µs", value: 5, least: 0, most: 1e6 },
  ],
  compute(v) {
    const steps = v.halves * (v.ranks - 1);
    const sent = (steps / v.ranks) * v.megabytes;
    const ring = (steps * v.latency) / 1e3 + sent / v.bandwidth;
    const tree = v.halves * Math.log2(v.ranks) * (v.latency / 1e3 + v.megabytes / v.bandwidth);
    return [
      { id: "sent", label: "Sent by each rank", symbol: "s", formula: "{halves} · ({ranks} − 1) / {ranks} · {megabytes}", value: sent, unit: "MB" },
      { id: "ring", label: "Ring", symbol: "r", formula: "{halves} · ({ranks} − 1) · {latency} / 1000 + {sent} / {bandwidth}", value: ring, unit: "ms" },
      { id: "tree", label: "Tree, not pipelined", formula: "{halves} · log₂ {ranks} · ({latency} / 1000 + {megabytes} / {bandwidth})", value: tree, unit: "ms", note: tree < ring ? "The tree wins: the message is small for so many ranks." : "The ring wins: the message is large." },
      { id: "bus", label: "Bus bandwidth of the ring", formula: "{sent} / {ring}", value: sent / ring, unit: "GB/s" },
    ];
  },
};
