// @ts-check
/** The id a name suggests; the program that reads the issue form makes the same. */

/**
 * @param {string} name
 * @param {{has: (id: string) => boolean}} taken
 */
export function proposeId(name, taken) {
  const bare = name.toLowerCase().replaceAll("ß", "ss").replaceAll("+", "-plus").replaceAll("#", "-sharp").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 48);
  const stem = bare.length > 1 ? bare.replace(/-+$/, "") : `${bare || "tool"}-tool`;
  let proposed = stem;
  for (let number = 2; taken.has(proposed); number += 1) proposed = `${stem.slice(0, 44)}-${number}`;
  return proposed;
}
