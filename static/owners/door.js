// At the door already: a browser that cannot keep a key is told so before anything is typed.

import { able } from "../ballots/able.js";

const wrong = document.querySelector(".notice-error");
if (wrong) wrong.focus();
able();
