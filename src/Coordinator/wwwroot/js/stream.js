// What happens to a sweep, as the API's server-sent events tell it. A hidden tab holds no stream; a tab that is shown again,
// or whose stream broke, goes on after the last event that it had, from the one on that the page was rendered with.
import { backoff, cause, leave, stale, trouble } from "./trouble.js";

const types = [
  "status", "reset", "fault", "alive", "submitted", "capacity", "attempt_started", "attempt_lost", "checkpoint_saved", "rung_reached",
  "experiment_ended", "checkpoints_deleted", "pause_requested", "resumed", "cancel_requested", "experiment_pause_requested",
  "experiment_resumed", "experiment_cancel_requested", "experiment_retried", "sweep_extended", "share_changed", "tags_changed",
  "checkpoint_pinned", "checkpoint_unpinned", "notice_closed", "marker_renewed",
];

// An id is batch.index; the page knows the batch, and has all of it.
const whole = 2 ** 31 - 1;

/**
 * Follows the events of a sweep: `on(type, data)` is called for each that comes after what the page shows, and for each
 * status that differs from the one before. `reset` means that some were missed: all must be renewed.
 */
export function follow(sweep, on) {
  const url = `/api/v1/sweeps/${encodeURIComponent(sweep)}/events`;
  const rendered = document.querySelector("[data-after]")?.dataset.after;
  let last = rendered ? `${rendered}.${whole}` : null;
  let source = null, timer = null, status = null, failed = 0;
  const at = () => last ? `${url}?after=${encodeURIComponent(last)}` : url;

  function open() {
    clearTimeout(timer);
    if (source || document.hidden) return;
    source = new EventSource(at());
    source.onopen = () => document.documentElement.dataset.stream = "open";
    source.onerror = () => lose(null);
    for (const type of types) source.addEventListener(type, event => take(type, event));
  }

  function take(type, event) {
    failed = 0;
    trouble(url, type === "fault" ? `The server cannot read the sweep at the moment: ${JSON.parse(event.data).detail}` : null);
    if (event.lastEventId) last = event.lastEventId;
    if (type === "status" && event.data === status) return; // it was told already
    if (type === "status") status = event.data;
    if (type !== "fault") on(type, event.data ? JSON.parse(event.data) : {});
  }

  // An EventSource asks again by itself after some faults and never after others, so that it is made anew after each. The
  // server ends a stream now and then, which is no trouble: it is told from the second failure in a row on.
  function lose(answer) {
    source?.close();
    source = null;
    document.documentElement.dataset.stream = "lost";
    if (failed++ > 0) trouble(url, stale(cause(answer)));
    clearTimeout(timer);
    timer = setTimeout(again, backoff(failed - 1, 1000));
  }

  // An EventSource tells nobody what it was answered; this does.
  async function again() {
    if (source || document.hidden) return;
    const answer = await fetch(at(), { method: "HEAD" }).catch(() => null);
    if (answer?.status === 401) return leave();
    if (source || document.hidden) return;
    if (answer?.ok) open();
    else lose(answer);
  }

  function close() {
    clearTimeout(timer);
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
  addEventListener("online", open);
  open();
}
