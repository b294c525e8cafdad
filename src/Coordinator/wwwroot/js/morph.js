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

// Rows with a key are found again wherever they moved to. What is gone leaves first, and only what is out of order moves:
// what is taken out of the page and put back loses the focus.
function children(from, to) {
  const keyed = new Map([...from.childNodes].filter(key).map(n => [key(n), n]));
  const wanted = [...to.childNodes];
  const kept = new Set(wanted.map(n => keyed.get(key(n))).filter(n => n));
  for (const node of [...from.childNodes]) if (key(node) && !kept.has(node)) node.remove();
  const still = inOrder([...kept], [...from.childNodes]);
  let at = from.firstChild;
  for (const next of wanted) {
    const known = keyed.get(key(next));
    keyed.delete(key(next)); // of several with one key, the first has it
    if (still.has(known)) {
      at = clear(at, known).nextSibling;
      morph(known, next);
    } else if (known) {
      if (known === at) at = at.nextSibling;
      else move(from, known, at);
      morph(known, next);
    } else if (at && !key(at) && at.nodeType === next.nodeType && at.nodeName === next.nodeName && !key(next)) {
      const same = at;
      at = at.nextSibling;
      morph(same, next);
    } else {
      from.insertBefore(next.cloneNode(true), at);
    }
  }
  clear(at, null);
}

// Removes what has no key from a node up to another; what has one moves elsewhere by itself.
function clear(at, end) {
  while (at && at !== end) {
    const rest = at.nextSibling;
    if (!key(at)) at.remove();
    at = rest;
  }
  return at;
}

// The most of some nodes that need not move: the longest run of them, in the order wanted, that rises in the order of the page.
function inOrder(nodes, page) {
  const place = new Map(page.map((n, i) => [n, i]));
  const ends = []; // of each length, the run with the lowest end
  for (const node of nodes) {
    let length = 0, high = ends.length;
    while (length < high) {
      const middle = (length + high) >> 1;
      if (place.get(ends[middle].node) < place.get(node)) length = middle + 1;
      else high = middle;
    }
    ends[length] = { node, before: ends[length - 1] };
  }
  const still = new Set();
  for (let run = ends.at(-1); run; run = run.before) still.add(run.node);
  return still;
}

function move(parent, node, before) {
  if (parent.moveBefore) return void parent.moveBefore(node, before);
  const focused = node.contains(document.activeElement) ? document.activeElement : null;
  parent.insertBefore(node, before);
  focused?.focus({ preventScroll: true });
}
