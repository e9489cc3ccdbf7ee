// The ballot paper: choose, read back, sign and send. One page, three views; the phone's own back button works.

import { able } from "./able.js";
import { approved, choicesOf, isAnswered, longestOf, titleOf, tooMany, wordsOf } from "./choices.js";
import { courierOf, finish } from "./send.js";
import { sealChoices } from "./sign.js";

const by = (id) => document.getElementById(id);
const form = by("paper");
const items = Array.from(form.querySelectorAll("[data-item]"));
const views = { fill: by("fill"), check: by("check"), sending: by("sending") };
const LEFT_OUT = ["您没有选", "这一项不算您参与"];
const DRAFT = `draft/${JSON.parse(form.dataset.paper).voter}`;

// ---- a draft that survives a look at a PDF, in this tab only, gone when signed

function keepDraft() {
  const checked = Array.from(form.querySelectorAll("input:checked"), (input) => [input.name, input.value]);
  try {
    sessionStorage.setItem(DRAFT, JSON.stringify(checked));
  } catch (error) {
    // A full or forbidden store costs only the draft.
  }
}

function restoreDraft() {
  try {
    for (const [name, value] of JSON.parse(sessionStorage.getItem(DRAFT) || "[]")) {
      const input = Array.from(form.elements).find((one) => one.name === name && one.value === value);
      if (input) input.checked = true;
    }
  } catch (error) {
    // As above.
  }
}

function dropDraft() {
  try {
    sessionStorage.removeItem(DRAFT);
  } catch (error) {
    // As above.
  }
}

// ---- the three views

function show(name) {
  for (const [one, view] of Object.entries(views)) view.hidden = one !== name;
  by("to-check").hidden = by("progress").hidden = name !== "fill";
  by("sign").hidden = name !== "check";
  const head = views[name].querySelector("h1");
  head.tabIndex = -1;
  head.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function count() {
  by("progress").textContent = `已选 ${items.filter(isAnswered).length}/${items.length} 项`;
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function fill(parent, ...children) {
  parent.textContent = "";
  parent.append(...children);
}

function line(text, href) {
  const item = document.createElement("li");
  const link = element("a", text);
  link.href = href;
  item.append(link);
  return item;
}

// Says what is missing and what is too much; only the second stands in the way.
function complain() {
  const blank = items.filter((item) => !isAnswered(item));
  const many = items.filter(tooMany);
  if (!blank.length && !many.length) return false;
  const panel = by("missing");
  panel.querySelector(".notice-title").textContent = many.length ? "有一项同意的人数太多" : `还有 ${blank.length} 项没有选`;
  fill(
    panel.querySelector("ul"),
    ...many.map((item) => line(`${titleOf(item)}：最多同意 ${item.dataset.seats} 人，您同意了 ${approved(item)} 人`, `#${item.id}`)),
    ...blank.map((item) => line(titleOf(item), `#${item.id}`)),
  );
  by("leave-blank").hidden = many.length > 0 || blank.length === items.length;
  panel.hidden = false;
  panel.focus();
  return true;
}

function readBack() {
  by("missing").hidden = true;
  fill(by("chosen"), ...items.map((item) => {
    const row = by("line").content.firstElementChild.cloneNode(true);
    row.querySelector(".stage").textContent = item.querySelector(".stage").textContent;
    row.querySelector("h2").textContent = titleOf(item);
    fill(row.querySelector("dl"), ...wordsOf(item, LEFT_OUT).map(([name, word]) => {
      const pair = document.createElement("div");
      pair.append(element("dt", name), element("dd", word));
      return pair;
    }));
    const change = row.querySelector("button");
    change.setAttribute("aria-label", `修改：${titleOf(item)}`);
    change.addEventListener("click", () => {
      target = item;
      history.back();
    });
    return row;
  }));
  history.pushState("check", "");
  show("check");
}

let target = null;
addEventListener("popstate", () => {
  if (!views.sending.hidden) return;
  show("fill");
  if (target) target.querySelector("h2").focus();
  if (target) target.scrollIntoView();
  target = null;
});

// ---- begin

async function submit(courier) {
  show("sending");
  const sealed = await sealChoices(choicesOf(items), longestOf(items), courier.paper);
  await conclude(courier.sign(sealed));
}

async function conclude(sending) {
  by("enter-again").hidden = !(await finish(sending));
}

async function begin() {
  if (!(await able())) {
    by("progress").textContent = "这个浏览器不能投票，请看页面最上面的办法。";
    return;
  }
  const courier = courierOf(form, dropDraft);
  restoreDraft();
  count();
  form.addEventListener("change", () => {
    count();
    keepDraft();
    by("missing").hidden = true;
  });
  by("to-check").addEventListener("click", () => complain() || readBack());
  by("leave-blank").addEventListener("click", readBack);
  by("sign").addEventListener("click", () => submit(courier));
  by("to-check").hidden = false;
  if (await courier.waiting()) {
    show("sending");
    await conclude(courier.deliver());
  }
}

begin();
