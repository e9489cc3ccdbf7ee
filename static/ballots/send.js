// Brings a signed ballot to the server: stored before it is sent, sent again until it has arrived, the same one each time.

import { jwkOf, newKey, signBallot } from "./sign.js";
import { drop, get, nameOf, put } from "./store.js";

const WAITS = [1, 2, 4, 8, 15, 30];
const PATIENCE = 20000;
const SIGN_AGAIN = new Set(["BrokenChain", "UntrustedKey"]);

// What the server refused; `refusal` is its name, `said` its sentence.
export class Refused extends Error {
  constructor(status, answer) {
    super(answer.said || "");
    this.status = status;
    this.refusal = answer.refusal || "";
  }
}

export class Courier {
  // `holder` carries the addresses and the paper. `say(state)` is told "signing", "sending", "offline"
  // or "waiting"; `kept()` is told once the signed ballot is safe on this phone.
  constructor(holder, say, kept) {
    this.at = holder.dataset;
    this.kept = kept;
    this.signed = false;
    this.paper = JSON.parse(holder.dataset.paper);
    this.name = nameOf(this.paper);
    this.say = say;
  }

  waiting() {
    return get("outbox", this.name);
  }

  // Sign these sealed choices, keep the ballot, and send it until it has arrived.
  async sign(sealed) {
    this.say("signing");
    const pair = await this.pair();
    const jwk = await jwkOf(pair.publicKey);
    const device = await this.until(() => this.post(this.at.credential, { jwk }));
    await put("outbox", this.name, { token: await signBallot(sealed, device, pair, this.paper), sealed });
    this.kept();
    return this.deliver();
  }

  async deliver() {
    const kept = await this.waiting();
    this.signed = true;
    this.say("sending");
    try {
      const answer = await this.until(() => this.post(this.at.cast, { token: kept.token }));
      await drop("outbox", this.name);
      return answer;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (SIGN_AGAIN.has(error.refusal)) return this.sign(kept.sealed);
      if (error.status !== 401 && error.status !== 400) await drop("outbox", this.name);
      throw error;
    }
  }

  async pair() {
    const kept = await get("keys", this.name);
    if (kept) return kept;
    const made = await newKey();
    await put("keys", this.name, made);
    return made;
  }

  // Try until the server answers with a yes or a no; silence and trouble of its own are neither.
  async until(attempt) {
    for (let turn = 0; ; turn += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (error instanceof Refused && error.status < 500 && error.status !== 429) throw error;
        this.say(navigator.onLine ? "waiting" : "offline");
        await this.pause(WAITS[Math.min(turn, WAITS.length - 1)]);
        this.say("sending");
      }
    }
  }

  // Wait, but no longer than until the network or the reader comes back, or somebody presses the button.
  pause(seconds) {
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer);
        removeEventListener("online", go);
        document.removeEventListener("visibilitychange", seen);
        this.hurry = null;
        resolve();
      };
      const seen = () => document.visibilityState === "visible" && go();
      const timer = setTimeout(go, seconds * 1000);
      addEventListener("online", go);
      document.addEventListener("visibilitychange", seen);
      this.hurry = go;
    });
  }

  async post(address, body) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const response = await fetch(address, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.at.csrf },
        body: JSON.stringify(body),
        signal: stop.signal,
      });
      const answer = await response.json();
      if (!response.ok) throw new Refused(response.status, answer);
      return answer;
    } finally {
      clearTimeout(timer);
    }
  }
}

const SAFE = "您的票已经签好，存在这部手机里，不用重新填；关掉这一页也不会丢，再打开会接着提交。";
const STAY = "您的选择还没有签名，请先不要关掉这一页。";
const SAID = {
  signing: () => "正在签名……",
  sending: () => "正在提交，请稍候……",
  waiting: (signed) => `还没有连上，会自动再试。${signed ? SAFE : STAY}`,
  offline: (signed) => `网络断了，一恢复就自动接着提交。${signed ? SAFE : STAY}`,
};

// Tells the reader how it goes, in the page's own status line.
export function courierOf(holder, kept) {
  const status = document.getElementById("status");
  const retry = document.getElementById("retry");
  const courier = new Courier(holder, (state) => {
    if (state === "sending" && !retry.hidden) return; // no flicker between two tries
    status.textContent = SAID[state](courier.signed);
    retry.hidden = state !== "waiting" && state !== "offline";
  }, kept);
  retry.addEventListener("click", () => courier.hurry && courier.hurry());
  return courier;
}

// Go to the receipt, or say what stands in the way; true when the ballot is still kept on this phone.
export async function finish(sending) {
  const status = document.getElementById("status");
  try {
    const answer = await sending;
    location.replace(answer.url);
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    document.getElementById("retry").hidden = true;
    const again = error.status === 401 || error.status === 400;
    status.textContent = again
      ? "这一页打开得太久，需要重新输入投票码。您签好的票还在这部手机里，重新进来以后会接着提交。"
      : error.message;
    return again;
  }
}
