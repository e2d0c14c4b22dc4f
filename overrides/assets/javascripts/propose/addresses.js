// @ts-check
/** What is wrong with an address before anybody opens it; the checker judges it again. */

/**
 * @param {string} text
 * @param {any} known
 */
export function addressFault(text, known) {
  if (/^http:/i.test(text)) return "Write https instead of http; open it once to see that it works.";
  if (!/^https:\/\//i.test(text)) return "An address starts with https://. Copy it from the address bar.";
  if (/[\s\\<>"`{}|^\x00-\x1f\x7f]/.test(text)) return "An address has no spaces, quotes, brackets or backslashes. Copy it again from the address bar.";
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) return "A % in an address is written %25.";
  if (text.length > 2048) return "This address is longer than 2,048 characters; link to a shorter one.";
  let url;
  try {
    url = new URL(text);
  } catch {
    return "This is not an address. Copy it from the address bar.";
  }
  const authority = text.slice(8).split(/[/?#]/)[0];
  if (authority.includes("@")) return "Remove the user name or password before the @.";
  if (/:(?!443$)/.test(authority)) return "Remove the port; link to the public page.";
  const written = authority.replace(/:443$/, "").replace(/\.$/, "").toLowerCase();
  const labels = url.hostname.replace(/\.$/, "").split(".");
  const last = labels[labels.length - 1];
  const numeric = /^[0-9.]+$/.test(url.hostname) || /^\[|^0x/.test(url.hostname);
  if (numeric || labels.length < 2 || known.local.includes(last) || /^\d+$/.test(last)) return "Link to a public host name, such as example.com.";
  if (/[^\x00-\x7f]|xn--/.test(written)) return "Write the host name in plain ASCII letters, and check that it is not a look-alike.";
  if (!labels.every((label) => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(label))) return `${url.hostname} is not a host name.`;
  const tracking = new RegExp(known.patterns.tracking, "i");
  const follows = [...url.searchParams.keys()].find((name) => tracking.test(name));
  return follows ? `Remove ${follows}=… from the address: it only tracks readers.` : "";
}
