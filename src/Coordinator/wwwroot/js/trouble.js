// What stands between this page and the server, in one line that a screen reader hears too; gone when it is well again.
const line = document.createElement("p");
line.id = "trouble";
line.setAttribute("role", "status");
document.getElementById("main").append(line);
const known = new Map();

/** Says what is wrong with a thing; null once it is well. Of several the one that was first is shown. */
export function trouble(thing, words) {
  if (words) known.set(thing, words);
  else known.delete(thing);
  const text = known.values().next().value ?? "";
  if (line.textContent !== text) line.textContent = text;
}

/** What is said while a cause keeps the page from being renewed. */
export const stale = cause => `${cause}: what is shown may be old. Trying again …`;

/** What is wrong with an answer; null stands for none. */
export const cause = answer => answer ? `The server answered ${answer.status}` : "No connection to the server";

/** How long to wait after so many failures in a row, in milliseconds: ever longer, and not all pages at the same moment. */
export const backoff = (failed, first) => Math.min(30_000, first * 2 ** Math.min(failed, 10)) * (0.8 + 0.4 * Math.random());

/**
 * Fetches what the page shows. When it does not come, the page says so until it comes, and this throws: whoever asks must
 * ask again, as `paced` does. When the session is over, the page is loaded anew, which leads to sign-in.
 */
export async function load(path, options) {
  const answer = await fetch(path, options).catch(() => null);
  if (answer?.status === 401) return leave();
  trouble(path, answer?.ok ? null : stale(cause(answer)));
  if (answer?.ok) return answer;
  throw new Lost(`${path}: ${cause(answer)}`);
}

/** Loads the page anew and never comes back. */
export function leave() {
  location.reload();
  return new Promise(() => {});
}

/** Something did not come, and the page says so already. */
export class Lost extends Error {}
