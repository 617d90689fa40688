// What the help pages load. Each works without it.
import { leaveQuickly } from "./modules/exit.js";
import { printPages } from "./modules/print.js";

document.documentElement.classList.add("js");
leaveQuickly();
printPages();
