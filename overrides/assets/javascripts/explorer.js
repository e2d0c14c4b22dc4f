// @ts-check
/** Any two figures of a kind against each other, as an SVG that a keyboard and a screen reader can follow. */

/** @typedef {import("./axis.js").Axis} Axis */

import { address, showAddress } from "./address.js";
import { axis } from "./axis.js";
import { choose, chosen, onChoice } from "./choice.js";
import { fetchKind, figure, numberAt } from "./data.js";
import { node, text } from "./drawing.js";
import { legend, shape, styled } from "./marks.js";

const WIDTH = 860;
const HEIGHT = 520;
const MARGIN = { left: 76, right: 24, top: 18, bottom: 56 };
/** Compute over bandwidth: along these lines a device offers so many operations per byte. */
const RIDGES = [10, 30, 100, 300, 1000, 3000];

/** @typedef {{path: string, title: string, unit: string, numeric: boolean}} Column */

/** @param {HTMLElement} place */
export async function explore(place) {
  const kind = place.dataset.kind ?? "accelerators";
  const data = await fetchKind(kind).catch((problem) => void place.querySelector("p")?.replaceChildren(`The plot could not be loaded (${problem}). The table below holds every value.`));
  if (!data) return;
  const { columns, rows } = data;
  const numeric = /** @type {Column[]} */ (columns.filter((/** @type {Column} */ one) => one.numeric && rows.filter((row) => numberAt(row, one.path) !== null).length > 2));
  const groups = ["vendor", "owner"].find((field) => rows.some((row) => row[field])) ?? "vendor";
  const names = byFrequency(rows.map((row) => row[groups]).filter(Boolean));
  const query = new URLSearchParams(location.search);
  const asked = query.get("group") ?? "";
  const state = {
    x: pick(numeric, query.get("x"), place.dataset.x),
    y: pick(numeric, query.get("y"), place.dataset.y),
    log: query.get("scale") !== "linear",
    group: names.includes(asked) ? asked : "",
  };
  const form = document.createElement("form");
  form.className = "dd-bar";
  const figureBox = document.createElement("figure");
  figureBox.className = "dd-plot dd-scatter";
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  status.className = "dd-quiet";

  const follow = () => {
    const ids = new Set(chosen(kind).map((one) => one.id));
    for (const point of figureBox.querySelectorAll(".dd-point")) point.setAttribute("aria-pressed", String(ids.has(/** @type {SVGElement} */ (point).dataset.choice ?? "")));
  };
  onChoice(follow);

  const draw = () => {
    const url = address();
    url.searchParams.set("x", state.x.path);
    url.searchParams.set("y", state.y.path);
    if (state.log) url.searchParams.delete("scale");
    else url.searchParams.set("scale", "linear");
    if (state.group) url.searchParams.set("group", state.group);
    else url.searchParams.delete("group");
    showAddress(url);
    const whole = rows
      .map((row) => ({ row, x: numberAt(row, state.x.path), y: numberAt(row, state.y.path) }))
      .filter((point) => point.x !== null && point.y !== null);
    const points = whole
      .filter((point) => !state.log || (Number(point.x) > 0 && Number(point.y) > 0))
      .filter((point) => !state.group || point.row[groups] === state.group);
    figureBox.replaceChildren(plot(kind, points, state, groups, names), legend(names, new Set(points.map((point) => point.row[groups]))));
    follow();
    const drawn = points.length < whole.length ? `; ${points.length} of them are drawn` : "";
    status.textContent = `${whole.length} of ${rows.length} rows have both figures${drawn}. Choose a point to compare it; the table below holds every value.`;
  };

  form.append(
    select("Across", numeric, state.x, (column) => ((state.x = column), draw())),
    select("Up", numeric, state.y, (column) => ((state.y = column), draw())),
    check("Logarithmic", state.log, (on) => ((state.log = on), draw())),
    words(groups === "vendor" ? "Vendor" : "Owner", [...names].sort(), state.group, (value) => ((state.group = value), draw())),
  );
  place.replaceChildren(form, figureBox, status);
  draw();
}

/**
 * @param {Column[]} columns
 * @param {(string | null | undefined)[]} wanted
 */
function pick(columns, ...wanted) {
  return wanted.flatMap((path) => columns.filter((column) => column.path === path))[0] ?? columns[0];
}

/**
 * @param {string} kind
 * @param {{row: any, x: any, y: any}[]} points
 * @param {{x: Column, y: Column, log: boolean}} state
 * @param {string} groups
 * @param {string[]} names of the groups, in the order of their marks
 */
function plot(kind, points, state, groups, names) {
  const svg = node("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": `${state.y.title} against ${state.x.title}` });
  if (!points.length) {
    svg.append(text(WIDTH / 2, HEIGHT / 2, "There is no point to draw.", "middle"));
    return svg;
  }
  const across = axis(points.map((point) => point.x), state.log, MARGIN.left, WIDTH - MARGIN.right);
  const up = axis(points.map((point) => point.y), state.log, HEIGHT - MARGIN.bottom, MARGIN.top);
  for (const tick of across.ticks) {
    svg.append(node("line", { x1: across.at(tick), x2: across.at(tick), y1: MARGIN.top, y2: HEIGHT - MARGIN.bottom, class: "dd-grid" }));
    svg.append(text(across.at(tick), HEIGHT - MARGIN.bottom + 18, figure(tick), "middle", "dd-tick"));
  }
  for (const tick of up.ticks) {
    svg.append(node("line", { x1: MARGIN.left, x2: WIDTH - MARGIN.right, y1: up.at(tick), y2: up.at(tick), class: "dd-grid" }));
    svg.append(text(MARGIN.left - 8, up.at(tick) + 4, figure(tick), "end", "dd-tick"));
  }
  svg.append(text((WIDTH + MARGIN.left) / 2, HEIGHT - 12, label(state.x), "middle"));
  const upward = text(0, 0, label(state.y), "middle");
  upward.setAttribute("transform", `translate(16 ${(HEIGHT - MARGIN.bottom) / 2}) rotate(-90)`);
  svg.append(upward);
  if (state.log && state.x.unit === "TB/s" && /FLOPS|TOPS/.test(state.y.unit)) svg.append(ridges(across, up));
  const taken = /** @type {number[][]} */ ([]);
  // A name gives way to points and to names already written.
  for (const point of points) taken.push([across.at(point.x) - 7, up.at(point.y) - 7, 14, 14]);
  for (const point of [...points].sort((a, b) => b.y - a.y)) {
    svg.append(mark(kind, point, state, names.indexOf(point.row[groups]), across.at(point.x), up.at(point.y), taken));
  }
  return svg;
}

/**
 * Lines of equal operations per byte.
 * @param {Axis} across
 * @param {Axis} up
 */
function ridges(across, up) {
  const group = node("g", { class: "dd-ridges" });
  for (const ridge of RIDGES) {
    // TFLOPS = FLOP per byte x TB/s; the part of the line inside the plot.
    const from = Math.max(across.low, up.low / ridge);
    const to = Math.min(across.high, up.high / ridge);
    if (from >= to) continue;
    group.append(node("line", { x1: across.at(from), y1: up.at(from * ridge), x2: across.at(to), y2: up.at(to * ridge), class: "dd-workload" }));
    group.append(text(across.at(to) - 4, up.at(to * ridge) + 14, `${ridge} op/B`, "end", "dd-workload-name"));
  }
  return group;
}

/**
 * @param {string} kind
 * @param {{row: any, x: number, y: number}} point
 * @param {{x: Column, y: Column}} state
 * @param {number} series
 * @param {number} x
 * @param {number} y
 * @param {number[][]} taken places of the names already written
 */
function mark(kind, point, state, series, x, y, taken) {
  const { row } = point;
  const group = node("g", {
    class: `dd-point ${styled(series)}`,
    role: "button",
    tabindex: "0",
    "aria-pressed": "false",
    "data-choice": row.id,
    "aria-label": `${row.name}: ${figure(point.x)} ${state.x.unit} across, ${figure(point.y)} ${state.y.unit} up`,
  });
  const title = node("title", {});
  title.textContent = `${row.name}: ${state.x.title} ${figure(point.x)} ${state.x.unit}, ${state.y.title} ${figure(point.y)} ${state.y.unit}`;
  group.append(title, shape(series, x, y));
  const width = row.name.length * 6.2;
  const left = x + width + 14 > WIDTH - MARGIN.right;
  const box = [left ? x - width - 10 : x + 8, y - 6, width, 12];
  if (!taken.some((other) => overlap(box, other))) {
    taken.push(box);
    group.append(text(left ? x - 9 : x + 9, y + 4, row.name, left ? "end" : "start", "dd-point-name"));
  }
  const press = () => choose(kind, row.id, row.name, group.getAttribute("aria-pressed") !== "true");
  group.addEventListener("click", press);
  group.addEventListener("keydown", (event) => {
    const key = /** @type {KeyboardEvent} */ (event).key;
    if (key !== "Enter" && key !== " ") return;
    event.preventDefault();
    press();
  });
  return group;
}

/** @param {number[]} a @param {number[]} b */
const overlap = (a, b) => a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3];

/** @param {string[]} words each once, the most frequent first */
function byFrequency(words) {
  const counts = new Map();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || a.localeCompare(b));
}

/** @param {Column} column */
const label = (column) => `${column.title}${column.unit ? ` (${column.unit})` : ""}`;

/**
 * @param {string} title
 * @param {Column[]} columns
 * @param {Column} now
 * @param {(column: Column) => void} change
 */
function select(title, columns, now, change) {
  const made = words(title, columns.map((one) => one.path), now.path, (path) => change(pick(columns, path)), false);
  made.querySelectorAll("option").forEach((option) => (option.textContent = label(pick(columns, option.value))));
  return made;
}

/**
 * @param {string} title
 * @param {string[]} options
 * @param {string} now
 * @param {(value: string) => void} change
 * @param {boolean} [any]
 */
function words(title, options, now, change, any = true) {
  const made = document.createElement("label");
  made.append(`${title} `);
  const box = document.createElement("select");
  box.setAttribute("aria-label", title);
  for (const value of any ? ["", ...options] : options) box.append(new Option(value || "all", value, false, value === now));
  box.addEventListener("change", () => change(box.value));
  made.append(box);
  return made;
}

/**
 * @param {string} title
 * @param {boolean} now
 * @param {(on: boolean) => void} change
 */
function check(title, now, change) {
  const made = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = now;
  box.addEventListener("change", () => change(box.checked));
  made.append(box, ` ${title}`);
  return made;
}
