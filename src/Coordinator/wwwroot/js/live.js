// Keeps a page live: the parts marked data-live are fetched anew when something happened, and put in place where they
// differ. What happened is told by stream.js. A hidden tab asks for nothing.
import { morph } from "./morph.js";
import { backoff, leave, load, Lost } from "./trouble.js";

/**
 * A function that runs `work` at most once in `wait` milliseconds, and once more after the last call. Never twice at a
 * time, and never more than a tenth of the time: what takes long, because a sweep is large, is done more seldom. Work that
 * throws is done again, ever more seldom, until it succeeds.
 */
export function paced(work, wait) {
  const share = 10;
  let timer = null, running = false, again = false, from = 0, took = 0, failed = 0;
  async function run() {
    timer = null;
    if (document.hidden) return void (again = true);
    running = true;
    again = false;
    from = Date.now();
    try {
      await work();
      failed = 0;
    } catch (fault) {
      if (!(fault instanceof Lost)) console.warn(fault);
      failed++;
      again = true;
    }
    running = false;
    took = Date.now() - from;
    if (again) ask();
  }
  function ask() {
    if (running || document.hidden) again = true;
    else timer ??= setTimeout(run, Math.max(0, from + Math.max(wait, took * share, failed && backoff(failed, wait)) - Date.now()));
  }
  document.addEventListener("visibilitychange", () => { if (!document.hidden && again) ask(); });
  return ask;
}

/** Fetches this page and renews its live parts. Throws when the page does not come. */
export async function renew() {
  const answer = await load(location.href, { headers: { Accept: "text/html" } });
  if (answer.redirected) return leave(); // the session is over
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const fresh = part.id && page.getElementById(part.id);
    if (fresh) morph(part, fresh);
  }
}

/** Renews the page as soon as it may, for whoever does not wait for it. */
export const renewed = paced(renew, 2000);

/** Renews the page every so often while it is seen, for pages that no stream tells of. */
export function poll(milliseconds) {
  const ask = paced(async () => {
    await renew();
    ask(); // a failed one is asked again by itself
  }, milliseconds);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  setTimeout(ask, milliseconds);
}

/**
 * Tells what happens: each sentence in the line that is seen, and to a screen reader, for whom a sweep with many slots
 * would otherwise never be silent, the latest at most every 20 seconds, with how many it stands for.
 */
export function teller(line) {
  const heard = document.createElement("p");
  heard.className = "sr";
  heard.setAttribute("role", "status");
  line.after(heard);
  let waiting = 0, text = "";
  const speak = paced(async () => {
    heard.textContent = waiting > 1 ? `${text} ${waiting - 1} more before it.` : text;
    waiting = 0;
  }, 20000);
  return said => {
    line.textContent = text = said;
    waiting++;
    speak();
  };
}

/** What an event says, in a sentence; null for what nobody needs to hear. */
export function sentence(type, event) {
  switch (type) {
    case "attempt_started": return `Experiment ${event.number} started${event.epoch > 1 ? `, attempt ${event.epoch}` : ""}.`;
    case "attempt_lost": return `Experiment ${event.number} lost its attempt ${event.epoch}: ${event.reason}.`;
    case "rung_reached": return `Experiment ${event.number} was scored at ${Number(event.images).toLocaleString("en-US")} images.`;
    case "experiment_ended": return `Experiment ${event.number} ended: ${String(event.outcome).replaceAll("_", " ")}.`;
    case "pause_requested": return "The sweep is being paused.";
    case "resumed": return "The sweep goes on.";
    case "cancel_requested": return "The sweep is being cancelled.";
    case "sweep_extended": return "The sweep was extended.";
    default: return null;
  }
}
