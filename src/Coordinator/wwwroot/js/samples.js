// A slider over the images an experiment was shown: one fixed z, so that each place of the grid is the same cat growing.
import { whole } from "./words.js";

/**
 * Moves pictures along with a slider. `tracks` are { image, samples: [{ images, url }], shown(sample) }; the slider stands
 * on counts of images that any track has a grid of, and each shows its last one up to there.
 */
export function slider(range, output, play, tracks) {
  let stops = [];
  let timer = null;

  function at() {
    return stops[Math.min(Number(range.value), stops.length - 1)] ?? 0;
  }

  function show() {
    const images = at();
    output.textContent = `${whole(images)} images`;
    range.setAttribute("aria-valuetext", output.textContent);
    for (const track of tracks) {
      const sample = track.samples.findLast(s => s.images <= images) ?? track.samples[0];
      if (!sample || !track.image) continue;
      if (track.image.getAttribute("src") !== sample.url) track.image.src = sample.url;
      track.image.alt = `${track.name} at ${whole(sample.images)} images`;
      track.shown?.(sample, images);
    }
    range.dataset.images = images;
    ahead();
  }

  // The neighbours of what is shown are fetched already, so that sliding does not flicker.
  function ahead() {
    const place = Number(range.value);
    for (const track of tracks) {
      for (const images of [stops[place + 1], stops[place - 1]]) {
        const sample = images === undefined ? null : track.samples.findLast(s => s.images <= images);
        if (sample) new Image().src = sample.url;
      }
    }
  }

  function stop() {
    clearInterval(timer);
    timer = null;
    play.textContent = "▶";
    play.setAttribute("aria-pressed", "false");
  }

  play.addEventListener("click", () => {
    if (timer) return stop();
    if (Number(range.value) >= stops.length - 1) range.value = 0;
    show();
    play.textContent = "❚❚";
    play.setAttribute("aria-pressed", "true");
    timer = setInterval(() => {
      if (document.hidden) return stop();
      range.value = Number(range.value) + 1;
      show();
      if (Number(range.value) >= stops.length - 1) stop();
    }, 500);
  });
  range.addEventListener("input", show);

  return {
    /** Takes grids that came meanwhile; a slider at its end stays there. */
    renew() {
      const images = at(), end = stops.length === 0 || Number(range.value) >= stops.length - 1;
      stops = [...new Set(tracks.flatMap(t => t.samples.map(s => s.images)))].sort((a, b) => a - b);
      range.max = Math.max(0, stops.length - 1);
      range.value = end ? stops.length - 1 : Math.max(0, stops.findLastIndex(s => s <= images));
      show();
    },
  };
}

/** One grid for each count of images: that of the latest attempt. */
export function latest(samples) {
  const by = new Map();
  for (const sample of samples) if (!(by.get(sample.images)?.epoch > sample.epoch)) by.set(sample.images, sample);
  return [...by.values()].sort((a, b) => a.images - b.images);
}
