// Keeps a page live: the parts marked data-live are fetched anew when something happened, and put in place where they
// differ. What happened is told by the API's server-sent events. A hidden tab holds no stream and asks for nothing; a
// tab that is shown again goes on after the last event that it had.
import { morph } from "./morph.js";

const types = [
  "status", "reset", "fault", "alive", "submitted", "capacity", "attempt_started", "attempt_lost", "checkpoint_saved", "rung_reached",
  "experiment_ended", "checkpoints_deleted", "pause_requested", "resumed", "cancel_requested", "experiment_pause_requested",
  "experiment_resumed", "experiment_cancel_requested", "experiment_retried", "sweep_extended", "share_changed", "tags_changed",
  "checkpoint_pinned", "checkpoint_unpinned", "notice_closed",
];

/** Follows the events of a sweep: `on(type, data)` is called for each. Returns a function that ends it. */
export function follow(sweep, on) {
  const url = `/api/v1/sweeps/${encodeURIComponent(sweep)}/events`;
  let source = null, last = null, ended = false, status = null;

  function open() {
    if (source || ended || document.hidden) return;
    source = new EventSource(last ? `${url}?after=${encodeURIComponent(last)}` : url);
    source.onopen = () => document.documentElement.dataset.stream = "open";
    source.onerror = () => document.documentElement.dataset.stream = "lost";
    for (const type of types) {
      source.addEventListener(type, event => {
        if (event.lastEventId) last = event.lastEventId;
        if (type === "status" && event.data === status) return; // it was told already
        if (type === "status") status = event.data;
        on(type, event.data ? JSON.parse(event.data) : {});
      });
    }
  }

  function close() {
    source?.close();
    source = null;
    document.documentElement.dataset.stream = "closed";
  }

  function seen() {
    if (document.hidden) close();
    else open();
  }

  document.addEventListener("visibilitychange", seen);
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
  return () => {
    ended = true;
    document.removeEventListener("visibilitychange", seen);
    close();
  };
}

/**
 * A function that runs `work` at most once in `wait` milliseconds, and once more after the last call. Never twice at a
 * time, and never more than a tenth of the time: what takes long, because a sweep is large, is done more seldom.
 */
export function paced(work, wait) {
  const share = 10;
  let timer = null, running = false, again = false, from = 0, took = 0;
  async function run() {
    timer = null;
    if (document.hidden) return void (again = true);
    running = true;
    again = false;
    from = Date.now();
    try {
      await work();
    } catch (fault) {
      console.warn(fault);
    }
    running = false;
    took = Date.now() - from;
    if (again) ask();
  }
  function ask() {
    if (running || document.hidden) again = true;
    else timer ??= setTimeout(run, Math.max(0, from + Math.max(wait, took * share) - Date.now()));
  }
  document.addEventListener("visibilitychange", () => { if (!document.hidden && again) ask(); });
  return ask;
}

/** Fetches this page and renews its live parts. */
export async function renew() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (answer.redirected) return location.reload(); // the session is over
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const fresh = part.id && page.getElementById(part.id);
    if (fresh) morph(part, fresh);
  }
  document.dispatchEvent(new CustomEvent("catgan:renewed"));
}

/** Renews the page every so often while it is seen, for pages that no stream tells of. */
export function poll(milliseconds) {
  const ask = paced(renew, milliseconds);
  document.addEventListener("catgan:renewed", ask);
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
