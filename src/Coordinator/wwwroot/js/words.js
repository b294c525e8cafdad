// Numbers and times as the server words them (Report/Words.cs), for what is drawn in the browser.

/** A score or loss in three significant digits. */
export function score(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return value > 0 ? "infinite" : "−infinite";
  if (size >= 1e6 || (size > 0 && size < 1e-3)) return value.toExponential(2).replace("e+", "e").replace(/\.?0+e/, "e");
  const decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : size >= 0.09995 || size === 0 ? 3 : size >= 0.009995 ? 4 : 5;
  return value.toFixed(decimals);
}

/** A whole count in full: 9,303. */
export const whole = value => Math.round(value).toLocaleString("en-US");

/** A count with k and M: 120k. */
export function count(value) {
  const size = Math.abs(value);
  const [by, mark] = size >= 999.5e6 ? [1e9, "G"] : size >= 999500 ? [1e6, "M"] : size >= 1000 ? [1e3, "k"] : [1, ""];
  return `${Number((value / by).toPrecision(3))}${mark}`;
}

/** A number of any size, short: learning rates as powers of ten. */
export function number(value) {
  if (typeof value !== "number") return `${value ?? "–"}`;
  const size = Math.abs(value);
  return size !== 0 && (size < 0.01 || size >= 1e5) ? value.toExponential(2).replace("e+", "e").replace(/\.?0+e/, "e") : `${Number(value.toPrecision(4))}`;
}

/** A duration in its two largest units. */
export function duration(seconds) {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.floor(seconds / 86400)} d ${Math.floor((seconds % 86400) / 3600)} h`;
}

/** How long ago, in one unit; the words of the server's Ago. */
export function ago(then, now = Date.now()) {
  const seconds = Math.max(0, (now - then) / 1000);
  if (seconds < 10) return "just now";
  if (seconds < 60) return `${Math.floor(seconds)} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86400)} d ago`;
}
