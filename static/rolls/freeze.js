// The freeze page: the keeper's passphrase stays in this page; the server gets the wrapped key.
import { makeOpeningKey } from "/static/rolls/wrapping.js";

const form = document.getElementById("freeze");
const said = document.getElementById("freeze-said");
const first = document.getElementById("f-passphrase");
const second = document.getElementById("f-again");
const LEAST = 8;

function say(text) {
  said.textContent = text;
  said.hidden = false;
}

function keepFile(wrapped) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([wrapped + "\n"], { type: "text/plain" }));
  link.download = "开票钥匙备份.txt";
  link.click();
}

form.addEventListener("submit", async (event) => {
  if (form.elements.wrapped.value) return;
  event.preventDefault();
  if (first.value.length < LEAST) return say(`口令至少 ${LEAST} 个字符。`);
  if (first.value !== second.value) return say("两次输入的口令不一样，请重新输入。");
  if (!window.crypto || !crypto.subtle) return say("这个浏览器不能生成钥匙，请换用新版浏览器。");
  say("正在生成开票钥匙，请稍候……");
  const made = await makeOpeningKey(first.value);
  form.elements.public.value = made.public;
  form.elements.wrapped.value = made.wrapped;
  keepFile(made.wrapped);
  form.requestSubmit();
});
