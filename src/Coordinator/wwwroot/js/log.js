// A log that grows while its experiment runs.
import { paced, renew } from "./live.js";
import { follow } from "./stream.js";

const { sweep, experiment } = document.getElementById("log").dataset;
const end = text => text.scrollTop = text.scrollHeight;
// It may come later than this script.
const find = () => document.getElementById("text");
const again = paced(async () => {
  const before = find(), atEnd = !before || before.scrollTop + before.clientHeight >= before.scrollHeight - 5;
  await renew();
  if (atEnd && find()) end(find());
}, 3000);
if (find()) end(find());
follow(sweep, (type, event) => {
  if (type === "reset" || (type === "status" ? event.experiments?.some(e => String(e.number) === experiment) : String(event.number) === experiment)) again();
});
