// @ts-check
/** Licences as SPDX writes them, as far as the published list of known ones can tell. */

/**
 * What is wrong with an expression. `sure` is false where only the checker's full list can tell.
 * @param {string} text
 * @param {any} known
 * @returns {{said: string, sure: boolean} | null}
 */
export function licenceFault(text, known) {
  const words = text.replace(/[()]/g, " $& ").trim().split(/\s+/);
  const open = words.filter((word) => word === "(").length;
  const names = words.filter((word) => word !== "(" && word !== ")");
  const shape = names.map((word) => (/^(?:AND|OR|WITH)$/.test(word) ? "o" : "n")).join("");
  const operator = names.find((word) => /^(?:and|or|with)$/i.test(word) && word !== word.toUpperCase());
  if (operator) return { said: `Write ${operator.toUpperCase()} in capitals between two licences.`, sure: true };
  if (open !== words.filter((word) => word === ")").length) return { said: "A bracket is missing.", sure: true };
  const joined = names.join("-");
  if (!/^n(?:on)*$/.test(shape)) {
    const near = closest(joined, known.licences) || closest(names.join(""), known.licences);
    return { said: near ? `SPDX writes ${near}.` : "Write one SPDX identifier such as Apache-2.0, or several joined by AND or OR.", sure: true };
  }
  for (const [place, name] of names.entries()) {
    if (shape[place] === "o" || names[place - 1] === "WITH" || known.licences.includes(name) || /^LicenseRef-[A-Za-z0-9.-]+$/.test(name)) continue;
    const near = closest(name, known.licences);
    if (near) return { said: `SPDX writes ${near}.`, sure: true };
    return { said: `No row uses ${name} yet: compare the spelling with spdx.org/licenses. A vendor's own terms are LicenseRef-proprietary.`, sure: false };
  }
  return null;
}

/**
 * @param {string} name
 * @param {string[]} known
 */
function closest(name, known) {
  /** @param {string} text */
  const bare = (text) => text.toLowerCase().replace(/[^a-z0-9]|license|licence|version/g, "");
  const wanted = bare(name);
  return known.find((one) => one.toLowerCase() === name.toLowerCase()) ?? known.find((one) => bare(one) === wanted || bare(one) === `${wanted}0`) ?? "";
}

/**
 * Whether a reader can take the work under an approved licence: every part of an AND, one of an OR.
 * @param {string} text
 * @param {string[]} approved
 */
export function isOpen(text, approved) {
  const choices = text.replace(/[()]/g, " ").split(/\s+OR\s+/);
  return choices.some((choice) => choice.split(/\s+AND\s+/).every((part) => approved.includes(part.split(" WITH ")[0].trim())));
}
