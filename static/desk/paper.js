// A paper at the desk: transcribed, read back, sealed and signed here under a key that is used once and never kept.

import { choicesOf, longestOf, titleOf, tooMany, wordsOf } from "../ballots/choices.js";
import { newKey, sealChoices, signBallot } from "../ballots/sign.js";

const LEFT_OUT = ["纸票上没有勾选", "这一项不算参与"];
const PATIENCE = 20000;
const by = (id) => document.getElementById(id);
const form = by("paper");

function show(name) {
  for (const view of ["fill", "check"]) by(view).hidden = view !== name;
  by("to-check").hidden = name !== "fill";
  by("back").hidden = by("sign").hidden = name !== "check";
  const head = by(name).querySelector("h1");
  head.tabIndex = -1;
  head.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function line(item) {
  const row = by("line").content.firstElementChild.cloneNode(true);
  row.querySelector(".stage").textContent = item.querySelector(".stage").textContent;
  row.querySelector("h2").textContent = titleOf(item);
  row.querySelector(".field-error").hidden = !tooMany(item);
  row.querySelector("dl").append(...wordsOf(item, LEFT_OUT, "纸票上勾的是").map(([name, word]) => {
    const pair = document.createElement("div");
    pair.append(element("dt", name), element("dd", word));
    return pair;
  }));
  return row;
}

async function signed(items) {
  const paper = JSON.parse(form.dataset.paper);
  const sealed = await sealChoices(choicesOf(items), longestOf(items), paper);
  return signBallot(sealed, { counter: 1, previous: null }, await newKey(), paper, "paper");
}

// Answers with where to go on, or throws the server's own sentence.
async function post(token) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch(form.dataset.cast, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": form.dataset.csrf },
      body: JSON.stringify({ token, note: form.elements.note.value }),
      signal: stop.signal,
    });
    const answer = await response.json();
    return response.ok ? { url: answer.url } : { said: answer.said };
  } catch (error) {
    return { said: "没有连上，还不知道有没有录入。请再按一次，同一张票不会记两次。" };
  } finally {
    clearTimeout(timer);
  }
}

function begin() {
  const items = Array.from(form.querySelectorAll("[data-item]"));
  let token = null; // once signed, only this one is sent, however often

  for (const item of items) {
    item.querySelector("[data-clear]").addEventListener("click", () => {
      for (const input of item.querySelectorAll("input:checked")) input.checked = false;
    });
  }
  by("to-check").addEventListener("click", () => {
    by("chosen").replaceChildren(...items.map(line));
    by("status").textContent = "";
    show("check");
  });
  by("back").addEventListener("click", () => show("fill"));
  by("sign").addEventListener("click", async () => {
    by("sign").disabled = by("back").disabled = true;
    by("status").textContent = "正在加密、签名并录入……";
    token = token || await signed(items);
    const answer = await post(token);
    if (answer.url) {
      location.replace(answer.url);
      return;
    }
    by("status").textContent = answer.said;
    by("sign").disabled = false;
  });
  by("to-check").hidden = false;
}

if (form) begin();
