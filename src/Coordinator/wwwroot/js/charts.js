// Charts by Apache ECharts on canvas. Colours come from the page's tokens, so that a chart follows light and dark.
import * as echarts from "/lib/echarts.esm.min.js";
import { count, number, score } from "./words.js";

const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The page's colours, by token. */
export const colour = name => style(`--${name}`);

/** Class of a variant's colour, as the server gives it, as a colour. */
export const familyColour = family => colour(family.replace(/^f-/, ""));

/**
 * A chart in an element. `option(data)` gives what ECharts shows; it is asked again when the theme changes, so it must
 * read its colours each time. `click(params)` may follow a point to its experiment.
 */
export function chart(element, option, click) {
  let drawn = null, data;
  element.dataset.drawn = "0";

  // Drawn anew, it keeps what a person has zoomed to or marked on an axis.
  function draw() {
    if (data === undefined) return;
    const first = drawn === null;
    drawn ??= make();
    drawn.setOption(base(option(data)), first ? { notMerge: true } : { replaceMerge: ["series"] });
    element.dataset.drawn = String(Number(element.dataset.drawn) + 1);
  }

  function make() {
    const made = echarts.init(element, null, { renderer: "canvas" });
    new ResizeObserver(() => made.resize()).observe(element);
    if (click) made.on("click", click);
    return made;
  }

  document.addEventListener("catgan:theme", draw);
  return {
    show(fresh) {
      data = fresh;
      draw();
    },
    /** What is shown now, with what a person has zoomed to. */
    option: () => drawn.getOption(),
    /** Does something in a person's place. */
    act: action => drawn.dispatchAction(action),
    /** Hears of what a person does; of each kind one listener. */
    on(event, listener) {
      drawn?.off(event);
      drawn?.on(event, listener);
    },
  };
}

function base(option) {
  const text = { color: colour("soft"), fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 };
  return {
    animation: false,
    backgroundColor: "transparent",
    textStyle: text,
    ...option,
    tooltip: option.tooltip === null ? undefined : {
      renderMode: "richText",
      confine: true,
      backgroundColor: colour("card"),
      borderColor: colour("edge"),
      textStyle: { color: colour("ink"), fontSize: 12, fontFamily: text.fontFamily },
      ...option.tooltip,
    },
  };
}

/**
 * An axis: linear, or logarithmic where `log` says so. A logarithmic one with bounds has its marks at round numbers of
 * our own, as many as its `length` in pixels has room for: ECharts marks whole powers of ten alone, of which there may be
 * one or none.
 */
export function axis(name, { log = false, category = null, format = null, min = null, max = null, gap = 40, scale = true, length = 240, label = 18 } = {}) {
  const line = { lineStyle: { color: colour("line") } };
  const marks = log && min !== null && max !== null ? { customValues: roundIn(min, max, length / label) } : {};
  return {
    type: category ? "category" : log ? "log" : "value",
    data: category ?? undefined,
    name,
    nameLocation: "middle",
    nameGap: gap,
    nameTextStyle: { color: colour("soft") },
    scale,
    min: min ?? undefined,
    max: max ?? undefined,
    axisLine: { show: true, ...line },
    axisTick: { show: true, ...line, ...marks },
    splitLine: { show: true, lineStyle: { color: colour("line"), opacity: 0.6 }, ...marks },
    axisLabel: { color: colour("soft"), hideOverlap: true, formatter: format ?? (category ? undefined : number), ...marks },
  };
}

/** Round numbers within bounds of a logarithmic axis that has room for so many labels: as many of each power of ten as fit. */
export function roundIn(low, high, labels) {
  const decades = Math.log10(high / low);
  const fits = steps => Math.min(...steps.map((step, i) => Math.log10((steps[i + 1] ?? 10) / step))) * labels >= decades;
  const steps = [[1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 5, 7], [1, 2, 5], [1, 3]].find(fits) ?? [1];
  const found = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    for (const step of steps) {
      const value = Number(`${step}e${power}`);
      if (value >= low && value <= high) found.push(value);
    }
  }
  return found;
}

/** The axis of images. */
export const imagesAxis = (extra = {}) => axis("images shown", { format: count, gap: 28, scale: false, min: 0, ...extra });

/**
 * Zooming into a plot: with Ctrl and the wheel, or two fingers on a touchpad. The wheel alone and a finger on a screen
 * scroll the page: a chart as wide as the window must not hold it fast.
 */
export const zoom = (extra = {}) => ({ type: "inside", zoomOnMouseWheel: "ctrl", disabled: matchMedia("(pointer: coarse)").matches, ...extra });

/** Where a plot lies in its element. */
export const grid = (extra = {}) => ({ left: 62, right: 18, top: 14, bottom: 44, ...extra });

/**
 * The least and the greatest of the finite values; the least is above the greatest where there is none. A loop, because
 * a column of a large sweep is longer than what a call takes as arguments.
 */
export function extent(values) {
  let low = Infinity, high = -Infinity;
  for (const v of values) {
    if (!Number.isFinite(v)) continue;
    low = Math.min(low, v);
    high = Math.max(high, v);
  }
  return [low, high];
}

/** True where values spread so far that only powers of ten show them. */
export function wide(values, times = 8) {
  const [low, high] = extent(values);
  return low <= high && low > 0 && high / low > times;
}

/** Bounds of values on a logarithmic axis, with a little room; a linear one finds round ones itself. */
export function bounds(values, log) {
  const [low, high] = log ? extent(values) : [1, 0];
  return low > high ? [null, null] : [low / 1.1, high * 1.1];
}

export { count, echarts, number, score };
