// Makes one piece of the page like another with the fewest changes, so that focus, selections, open details and what a
// person has typed or ticked stay.

/** Makes `from` (in the page) like `to`. */
export function morph(from, to) {
  if (from.nodeType !== to.nodeType || from.nodeName !== to.nodeName || key(from) !== key(to)) {
    from.replaceWith(to.cloneNode(true));
    return;
  }
  if (from.nodeType !== Node.ELEMENT_NODE) {
    if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
    return;
  }
  if (from.hasAttribute("data-keep")) return;
  attributes(from, to);
  children(from, to);
}

const key = node => node.nodeType === Node.ELEMENT_NODE ? node.id || node.dataset?.key || "" : "";
const personal = (element, name) => (element.nodeName === "DETAILS" || element.nodeName === "DIALOG") && name === "open";

function attributes(from, to) {
  for (const { name, value } of to.attributes) {
    if (!personal(from, name) && from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
  for (const { name } of [...from.attributes]) {
    if (!personal(from, name) && !to.hasAttribute(name)) from.removeAttribute(name);
  }
}

// Rows with a key are found again wherever they moved to.
function children(from, to) {
  const keyed = new Map([...from.childNodes].filter(n => key(n)).map(n => [key(n), n]));
  let at = from.firstChild;
  for (const next of [...to.childNodes]) {
    const known = key(next) ? keyed.get(key(next)) : null;
    if (known) {
      if (known !== at) from.insertBefore(known, at);
      else at = at.nextSibling;
      morph(known, next);
    } else if (at && !key(at) && at.nodeType === next.nodeType && at.nodeName === next.nodeName && !key(next)) {
      const same = at;
      at = at.nextSibling;
      morph(same, next);
    } else {
      from.insertBefore(next.cloneNode(true), at);
    }
  }
  while (at) {
    const rest = at.nextSibling;
    at.remove();
    at = rest;
  }
}
