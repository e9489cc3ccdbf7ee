// Finds out at once whether this browser can keep a key and sign with it; if not, shows the way out.

import { newKey } from "./sign.js";
import { drop, get, put } from "./store.js";

const IN_APP = /MicroMessenger|QQ\/|AlipayClient|DingTalk|Weibo|Lark|aweme/i;

async function tryOut() {
  if (!Object.fromEntries || !window.AbortController) throw new Error("too old");
  await put("keys", "probe", await newKey());
  const kept = await get("keys", "probe");
  await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, kept.privateKey, new Uint8Array(1));
  await drop("keys", "probe");
}

export async function able() {
  try {
    await tryOut();
    return true;
  } catch (error) {
    showWayOut();
    return false;
  }
}

function showWayOut() {
  const panel = document.getElementById("cannot");
  document.getElementById("in-app").hidden = !IN_APP.test(navigator.userAgent);
  panel.hidden = false;
  panel.focus();
  const copy = document.getElementById("copy");
  copy.addEventListener("click", async () => {
    const said = document.getElementById("copied");
    const { address } = copy.dataset;
    try {
      await navigator.clipboard.writeText(address);
      said.textContent = "已复制，请粘贴到手机自带的浏览器里。";
    } catch (error) {
      said.textContent = `请手动输入：${address}`;
    }
  });
}
