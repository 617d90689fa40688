// What the help pages load. Each works without it.
import { leaveQuickly } from "./modules/exit.js";
import { keepUnsent } from "./modules/keep.js";
import { printPages } from "./modules/print.js";
import { waitForALine } from "./modules/waits.js";

document.documentElement.classList.add("js");
leaveQuickly();
keepUnsent();
waitForALine();
printPages();
document.querySelector("[data-error-summary]")?.focus(); // who cannot see the page hears what is missing

// The page is there without a line the next time; what was written never is.
const worker = document.body.dataset.worker;
if (worker && "serviceWorker" in navigator) {
  addEventListener("load", async () => {
    await navigator.serviceWorker.register(worker, { scope: worker.replace("/sw.js", "") });
    (await navigator.serviceWorker.ready).active.postMessage(location.pathname + location.search);
  });
}
