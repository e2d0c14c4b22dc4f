// @ts-check
/** One axis of a plot: where a value stands, and which values are named along it. */

/** @typedef {{low: number, high: number, at: (value: number) => number, ticks: number[]}} Axis */

/**
 * @param {number[]} values
 * @param {boolean} log
 * @param {number} from place of the lowest value
 * @param {number} to place of the highest
 * @returns {Axis}
 */
export function axis(values, log, from, to) {
  const [smallest, largest] = [Math.min(...values), Math.max(...values)];
  const low = log ? smallest / 1.25 : Math.min(0, smallest);
  const high = log ? largest * 1.25 : largest * 1.05 || 1;
  const scale = log ? Math.log : (/** @type {number} */ value) => value;
  const span = scale(high) - scale(low) || 1;
  return { low, high, at: (value) => from + ((scale(value) - scale(low)) / span) * (to - from), ticks: log ? decades(low, high) : evenly(low, high) };
}

/** @param {number} low @param {number} high powers of ten, with 2 and 5 between when there are few, or even steps where those are too far apart */
function decades(low, high) {
  const parts = Math.log10(high / low) > 3 ? [1] : [1, 2, 5];
  const found = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1) {
    for (const part of parts) {
      const tick = Number((part * 10 ** power).toPrecision(3));
      if (tick >= low && tick <= high) found.push(tick);
    }
  }
  return found.length < 2 ? evenly(low, high) : found;
}

/** @param {number} low @param {number} high */
function evenly(low, high) {
  const rough = (high - low) / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((part) => part * power).find((one) => one >= rough) ?? rough;
  const found = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high; tick += step) found.push(Number(tick.toPrecision(10)));
  return found;
}
