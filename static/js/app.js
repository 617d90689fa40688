// What every page loads. Each module makes something nicer that works without it.
import "htmx.org";
import { countCharacters } from "./modules/count.js";
import { openDialogs } from "./modules/dialog.js";
import { forgetDrafts } from "./modules/draft.js";
import { focusErrors } from "./modules/errors.js";
import { focusFlash } from "./modules/flash.js";
import { keepPlaceInLanguage } from "./modules/language.js";
import { askBeforeLeaving } from "./modules/leave.js";
import { closeMenus } from "./modules/menu.js";
import { forgetAnswers } from "./modules/own.js";
import { printPages } from "./modules/print.js";
import { revealPasswords } from "./modules/reveal.js";
import { stayAwake } from "./modules/stay.js";
import { guardSubmits } from "./modules/submit.js";

askBeforeLeaving();
closeMenus();
forgetDrafts();
openDialogs();
guardSubmits();
forgetAnswers();
keepPlaceInLanguage();
printPages();
stayAwake();

// Parts that htmx swaps in are set up like a page.
function setUp(part) {
  countCharacters(part);
  revealPasswords(part);
  focusErrors(part);
}

setUp(document);
focusFlash();
document.addEventListener("htmx:after:swap", (event) => setUp(event.target instanceof Element ? event.target : document));
