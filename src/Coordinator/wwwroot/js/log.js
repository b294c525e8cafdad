// A log that grows while its experiment runs.
import { follow, paced, renew } from "./live.js";

const { sweep, experiment } = document.getElementById("log").dataset;
const text = document.getElementById("text");
const again = paced(async () => {
  const end = text && text.scrollTop + text.clientHeight >= text.scrollHeight - 5;
  await renew();
  if (end) text.scrollTop = text.scrollHeight;
}, 3000);
if (text) text.scrollTop = text.scrollHeight;
follow(sweep, (type, event) => {
  if (type === "status" ? event.experiments?.some(e => String(e.number) === experiment) : String(event.number) === experiment) again();
});
