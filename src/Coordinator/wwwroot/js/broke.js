// What broke: the timeline of slots; the rest of the page renews itself.
import { axis, chart, colour, echarts, grid, zoom } from "./charts.js";
import { paced, renew } from "./live.js";
import { follow } from "./stream.js";
import { load } from "./trouble.js";
import { duration, whole } from "./words.js";

const { sweep } = document.getElementById("broke").dataset;
const element = document.getElementById("timeline");
const open = attempt => location.assign(`/sweeps/${sweep}/experiments/${attempt.experiment}`);
// What went wrong is drawn last: it must not vanish under what went well.
const kinds = ["ended", "running", "left", "bad", "lost"];
const steps = 1500; // across the chart; two bars closer than one of these are one block
let attempts = [], shown = "", range = null;

const timeline = chart(element, ({ workers, from, to, blocks }) => ({
  grid: grid({ left: Math.min(190, 24 + 7 * Math.max(...workers.map(w => w.length), 4), element.clientWidth * 0.4), right: 24 }),
  useUTC: true, // as all times on the pages
  xAxis: { ...axis("time (UTC)", { gap: 28, format: null }), type: "time", min: from, max: to, axisLabel: { color: colour("soft"), hideOverlap: true } },
  yAxis: { ...axis("", { category: workers }), axisLabel: { color: colour("soft"), width: Math.min(160, element.clientWidth * 0.4 - 24), overflow: "truncate" }, splitLine: { show: false } },
  dataZoom: [zoom({ xAxisIndex: 0, filterMode: "weakFilter" })],
  tooltip: { trigger: "item", formatter: p => words(p.data.block) },
  series: [{
    id: "bars", type: "custom", encode: { x: [1, 2], y: 0 },
    data: blocks.map(b => ({ value: [workers.indexOf(b.worker), b.start, b.end], block: b, itemStyle: { color: colour(`t-${b.how}`) } })),
    renderItem: bar,
  }],
}), p => p.data?.block && (p.data.block.all.length === 1 ? open(p.data.block.all[0]) : timeline.act({ type: "dataZoom", startValue: p.data.block.start, endValue: p.data.block.end })));

function bar(params, api) {
  const [x, y] = api.coord([api.value(1), api.value(0)]), [end] = api.coord([api.value(2), api.value(0)]);
  const height = Math.max(3, Math.min(26, api.size([0, 1])[1] * 0.7));
  const wide = Math.max(2, end - x);
  const shape = echarts.graphic.clipRectByRect({ x, y: y - height / 2, width: wide, height }, params.coordSys);
  return shape && { type: "rect", shape, style: { fill: api.visual("color"), stroke: colour("card"), lineWidth: wide > 4 ? 0.5 : 0 } };
}

// Bars of one kind on one slot that lie closer than a pixel are one block: ten thousand attempts are a few hundred blocks.
function together(list, from, to) {
  const gap = (to - from) / steps;
  const blocks = [], last = new Map();
  for (const a of list) {
    if (a.end < from || a.start > to) continue;
    const key = `${a.worker} ${a.how}`, before = last.get(key);
    if (before && a.start - before.end < gap && Math.min(a.end - a.start, before.short) < 2 * gap) {
      before.end = Math.max(before.end, a.end);
      before.short = Math.min(before.short, a.end - a.start);
      before.all.push(a);
    } else {
      const block = { worker: a.worker, how: a.how, start: a.start, end: a.end, short: a.end - a.start, all: [a] };
      last.set(key, block);
      blocks.push(block);
    }
  }
  return blocks.sort((a, b) => kinds.indexOf(a.how) - kinds.indexOf(b.how));
}

const clock = time => new Date(time).toISOString().slice(0, 19).replace("T", " ");

function words({ worker, how, start, end, all }) {
  const when = `${clock(start)} to ${how === "running" ? "now" : clock(end)} UTC`;
  if (all.length === 1) {
    const [a] = all;
    return `experiment ${a.experiment}, attempt ${a.epoch}${a.alone ? ", alone on its silo" : ""}\n${worker}\n${when}\n${how === "bad" ? "failed or diverged" : how}${how === "running" ? " for" : " after"} ${duration((end - start) / 1000)}${a.why ? `\n${a.why}` : ""}`;
  }
  const numbers = all.map(a => a.experiment).sort((a, b) => a - b);
  return `${whole(all.length)} attempts, ${how === "bad" ? "failed or diverged" : how}\nof experiments ${numbers[0]} to ${numbers.at(-1)}\n${worker}\n${when}\nclick to look closer`;
}

function show() {
  if (attempts.length === 0) return;
  const workers = [...new Set(attempts.map(a => a.worker))].sort().reverse();
  const from = attempts.reduce((least, a) => Math.min(least, a.start), Infinity), to = attempts.reduce((most, a) => Math.max(most, a.end), from + 1000);
  element.style.height = `${Math.max(9, Math.min(40, 5 + workers.length * 2))}rem`;
  timeline.show({ workers, from, to, blocks: together(attempts, ...range ?? [from, to]) });
}

// Zoomed in, blocks fall apart into the attempts that they are made of.
const closer = paced(async () => {
  const [{ startValue, endValue, start, end }] = timeline.option().dataZoom;
  range = start > 0 || end < 100 ? [startValue, endValue] : null;
  show();
}, 150);

async function draw() {
  const answer = await load(`/api/v1/sweeps/${sweep}/attempts`);
  const text = await answer.text();
  if (text === shown && !attempts.some(a => a.how === "running")) return;
  shown = text;
  attempts = JSON.parse(text).map(a => ({ ...a, start: Date.parse(a.from), end: a.to ? Date.parse(a.to) : Date.now() }));
  show();
  timeline.on("datazoom", closer);
}

const again = paced(async () => { await renew(); await draw(); }, 3000);
let hold;
follow(sweep, (type, event) => {
  if (type === "alive" || (type === "status" && event.hold === hold)) return;
  if (type === "status") hold = event.hold;
  again();
});
paced(draw, 3000)();
