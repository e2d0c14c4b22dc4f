// @ts-check
/** What the form says: hints before anything is typed, and faults in words that tell what to do. */

/** What a field is for, where its title does not say it. @type {Record<string, string>} */
export const HINTS = {
  name: "As its makers write it.",
  id: "The last part of the tool’s address here. It is made of the name; it cannot change later.",
  summary: "One neutral sentence that says what it is and does, and ends with a full stop.",
  also_in: "Further categories a reader would look in.",
  homepage: "One of homepage, repository and documentation is needed.",
  repo: "github:owner/name, gitlab:…, codeberg:…, huggingface:…, or an https address.",
  path: "Where several tools share a repository.",
  packages: "Package URLs, such as pkg:pypi/name or pkg:npm/name.",
  openness: "Open source means a licence that the OSI approved.",
  license: "As SPDX writes it, such as Apache-2.0. Read it in the licence file. A vendor’s terms are LicenseRef-proprietary.",
  owner: "The company, foundation or group behind it.",
  status: "What its owner says, not how busy it looks.",
  status_since: "The day of the notice.",
  successor: "The id of the tool that takes its place.",
  alternatives: "Ids of tools a reader would choose instead.",
  works_with: "Ids of tools it is used together with.",
  built_on: "Ids of tools it needs.",
  part_of: "The id of the larger tool.",
  use_when: "Name the situation, not the quality: “You serve one model to many users.”",
  avoid_when: "When somebody should choose a neighbour instead.",
  first_release: "A year, a month or a day: 2024, 2024-03 or 2024-03-18.",
  sources: "Pages you opened. One of them must show the licence, one the status.",
  reviewed: "The day somebody last compared the whole row with its sources.",
  paper: "An id of the papers tables.",
};

/** What a pattern asks, by field. @type {Record<string, string>} */
const PATTERNS = {
  repo: "Write github:owner/name (gitlab, codeberg, gitcode and huggingface likewise), or an https address.",
  packages: "Write pkg:pypi/name, pkg:npm/name or another package URL, without a version.",
};
const ID = "Write 2 to 48 lower-case letters, digits and hyphens, beginning with a letter or digit.";

/**
 * @param {import("./schema.js").Fault} fault
 * @param {import("./fields.js").Field} field
 * @returns {string}
 */
export function inWords(fault, field) {
  const entry = typeof fault.path[1] === "number" && field.kind !== "choices" ? `Line ${fault.path[1] + 1}: ` : "";
  const inner = fault.path[2] ? `${INNER[String(fault.path[2])] ?? fault.path[2]}: ` : "";
  return entry + inner + said(fault, field);
}

/** @type {Record<string, string>} */
const INNER = { url: "address", shows: "what it shows", accessed: "opened on" };

/**
 * @param {import("./schema.js").Fault} fault
 * @param {import("./fields.js").Field} field
 */
function said(fault, field) {
  const length = typeof fault.value === "string" ? [...fault.value].length : (fault.value?.length ?? 0);
  switch (fault.keyword) {
    case "required": return field.kind === "choice" ? "Choose one." : field.kind === "lines" || field.kind === "sources" ? "At least one is needed." : field.name === "status_since" ? "A status other than active needs the day it began." : "This is needed.";
    case "minLength": return `${length} characters so far; ${fault.wanted} is the least.`;
    case "maxLength": return `${length} characters; ${fault.wanted} is the most. Shorten it.`;
    case "minItems": return "At least one is needed.";
    case "maxItems": return `${length} lines; ${fault.wanted} is the most. Remove one.`;
    case "enum": return `Choose one of: ${fault.wanted.join(", ")}.`;
    case "pattern": return PATTERNS[field.name] ?? ID;
    case "format": return "This is no day of the calendar. Write it as 2026-11-21.";
    case "anyOf": return `Give at least one of: ${fault.wanted.join(", ")}.`;
    default: return "This value does not fit here.";
  }
}
