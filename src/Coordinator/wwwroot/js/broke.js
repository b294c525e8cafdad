// What broke: the timeline of slots; the rest of the page renews itself.
import { axis, chart, colour, echarts, grid } from "./charts.js";
import { follow, paced, renew } from "./live.js";
import { duration } from "./words.js";

const { sweep } = document.getElementById("broke").dataset;
const element = document.getElementById("timeline");
const inks = { ended: "dcgan", running: "wgan", left: "other", lost: "lsgan", bad: "bad" };

const timeline = chart(element, attempts => {
  const workers = [...new Set(attempts.map(a => a.worker))].sort().reverse();
  const from = Math.min(...attempts.map(a => a.start)), to = Math.max(...attempts.map(a => a.end));
  return {
    grid: grid({ left: Math.min(190, 24 + 7 * Math.max(...workers.map(w => w.length), 4)), right: 24 }),
    xAxis: { ...axis("time", { gap: 28, format: null }), type: "time", min: from, max: to, axisLabel: { color: colour("soft"), hideOverlap: true } },
    yAxis: { ...axis("", { category: workers }), axisLabel: { color: colour("soft"), width: 160, overflow: "truncate" }, splitLine: { show: false } },
    dataZoom: [{ type: "inside", xAxisIndex: 0, filterMode: "weakFilter" }],
    tooltip: { trigger: "item", formatter: p => words(p.data.attempt) },
    series: [{
      type: "custom", progressive: 1000, encode: { x: [1, 2], y: 0 },
      data: attempts.map(a => ({ value: [workers.indexOf(a.worker), a.start, a.end], attempt: a, itemStyle: { color: colour(inks[a.how]) } })),
      renderItem: bar,
    }],
  };
}, p => p.data?.attempt && location.assign(`/sweeps/${sweep}/experiments/${p.data.attempt.experiment}`));

function bar(params, api) {
  const [x, y] = api.coord([api.value(1), api.value(0)]), [end] = api.coord([api.value(2), api.value(0)]);
  const height = Math.max(3, Math.min(26, api.size([0, 1])[1] * 0.7));
  const area = params.coordSys;
  const shape = echarts.graphic.clipRectByRect({ x, y: y - height / 2, width: Math.max(2, end - x), height }, area);
  return shape && { type: "rect", shape, style: { fill: api.visual("color"), stroke: colour("card"), lineWidth: 0.5 } };
}

const words = a => `experiment ${a.experiment}, attempt ${a.epoch}\n${a.worker}\n${a.how}${a.how === "running" ? "" : ` after ${duration((a.end - a.start) / 1000)}`}${a.why ? `\n${a.why}` : ""}`;

async function draw() {
  const answer = await fetch(`/api/v1/sweeps/${sweep}/attempts`);
  if (!answer.ok) return;
  const attempts = (await answer.json()).map(a => ({ ...a, start: Date.parse(a.from), end: a.to ? Date.parse(a.to) : Date.now() }));
  if (attempts.length === 0) return;
  const rows = new Set(attempts.map(a => a.worker)).size;
  element.style.height = `${Math.max(9, Math.min(40, 5 + rows * 2))}rem`;
  timeline.show(attempts);
}

const again = paced(async () => { await renew(); await draw(); }, 3000);
follow(sweep, type => { if (type !== "status" && type !== "alive") again(); });
await draw();
