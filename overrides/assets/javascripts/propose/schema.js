// @ts-check
/** What a JSON Schema asks of a value: the keywords that the schemas of this site use. */

/** @typedef {{path: (string | number)[], keyword: string, wanted: any, value: any}} Fault */

/** Functions that say what is wrong with a text of a format, or nothing. @type {Record<string, (text: string) => string>} */
const FORMATS = { date: (text) => (isDay(text) ? "" : "date") };

/**
 * @param {any} schema
 * @param {any} value
 * @param {any} root the document that `$ref` points into
 * @param {(string | number)[]} [path]
 * @returns {Fault[]}
 */
export function faults(schema, value, root, path = []) {
  if (schema.$ref) return faults(resolve(schema.$ref, root), value, root, path);
  /** @param {string} keyword @param {any} wanted @param {(string | number)[]} [at] @returns {Fault} */
  const fault = (keyword, wanted, at = path) => ({ path: at, keyword, wanted, value });
  if (schema.type && !isType(schema.type, value)) return [fault("type", schema.type)];
  /** @type {Fault[]} */
  const found = [];
  if (schema.enum && !schema.enum.includes(value)) found.push(fault("enum", schema.enum));
  if ("const" in schema && schema.const !== value) found.push(fault("const", schema.const));
  if (schema.not && !faults(schema.not, value, root, path).length) found.push(fault("not", schema.not));
  if (typeof value === "string") {
    const length = [...value].length;
    if (schema.minLength > length) found.push(fault("minLength", schema.minLength));
    if (schema.maxLength < length) found.push(fault("maxLength", schema.maxLength));
    if (schema.pattern && !new RegExp(schema.pattern, "u").test(value)) found.push(fault("pattern", schema.pattern));
    if (FORMATS[schema.format]?.(value)) found.push(fault("format", schema.format));
  }
  if (Array.isArray(value)) {
    if (schema.minItems > value.length) found.push(fault("minItems", schema.minItems));
    if (schema.maxItems < value.length) found.push(fault("maxItems", schema.maxItems));
    if (schema.items) value.forEach((one, index) => found.push(...faults(schema.items, one, root, [...path, index])));
  } else if (isType("object", value)) {
    for (const name of schema.required ?? []) if (!Object.hasOwn(value, name)) found.push(fault("required", name, [...path, name]));
    for (const [name, one] of Object.entries(value)) {
      const known = schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
      if (known) found.push(...faults(known, one, root, [...path, name]));
      else if (schema.additionalProperties === false) found.push(fault("additionalProperties", name, [...path, name]));
    }
  }
  if (schema.anyOf) found.push(...ofBranches(schema.anyOf, value, root, path));
  if (schema.if) {
    const branch = faults(schema.if, value, root, path).length ? schema.else : schema.then;
    if (branch) found.push(...faults(branch, value, root, path));
  }
  return found;
}

/**
 * The faults of the branch that was most likely meant; one fault when the branches ask for different fields.
 * @param {any[]} branches
 * @param {any} value
 * @param {any} root
 * @param {(string | number)[]} path
 * @returns {Fault[]}
 */
function ofBranches(branches, value, root, path) {
  const tried = branches.map((branch) => faults(branch, value, root, path));
  if (tried.some((found) => !found.length)) return [];
  if (branches.every((branch) => branch.required)) return [{ path, keyword: "anyOf", wanted: branches.flatMap((branch) => branch.required), value }];
  const shaped = tried.filter((found) => !found.some((one) => one.keyword === "type" && one.path.length === path.length));
  return [...(shaped.length ? shaped : tried)].sort((a, b) => a.length - b.length)[0];
}

/**
 * @param {string} type
 * @param {any} value
 */
function isType(type, value) {
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  if (type === "array") return Array.isArray(value);
  if (type === "null") return value === null;
  if (type === "integer") return Number.isInteger(value);
  return typeof value === type;
}

/** @param {string} text whether it is a day of the calendar */
export function isDay(text) {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return Boolean(day && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text));
}

/**
 * @param {string} ref
 * @param {any} root
 */
export const resolve = (ref, root) => ref.replace(/^#\//, "").split("/").reduce((here, name) => here[name], root);

/**
 * A schema without its "or nothing": what a filled-in value must be.
 * @param {any} schema
 * @param {any} root
 */
export function filled(schema, root) {
  const branches = (schema.anyOf ?? []).filter((/** @type {any} */ one) => one.type !== "null");
  const own = branches.length === 1 ? { ...schema, ...branches[0], anyOf: undefined } : schema;
  return own.$ref ? { ...own, ...resolve(own.$ref, root) } : own;
}
