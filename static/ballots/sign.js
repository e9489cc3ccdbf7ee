// Keys, seals and signatures of a ballot, as voting/signing.py, voting/sealing.py and voting/ballot.py read them.

import { b64url, canonical, join, random, sha256, utf8 } from "./bytes.js";

const P256 = { namedCurve: "P-256" };
const PAD_TO = 256;

// The private half never leaves the browser: not even this page can read it.
export const newKey = () => crypto.subtle.generateKey({ name: "ECDSA", ...P256 }, false, ["sign"]);

export async function jwkOf(publicKey) {
  const { x, y } = await crypto.subtle.exportKey("jwk", publicKey);
  return { crv: "P-256", kty: "EC", x, y };
}

// RFC 7638.
export const thumbprint = async (jwk) => b64url(await sha256(utf8(canonical(jwk))));

// RFC 7516, ECDH-ES with A256GCM: nobody but the holder of the opening key can read it, the sender included.
export async function seal(plaintext, to) {
  const own = await crypto.subtle.generateKey({ name: "ECDH", ...P256 }, false, ["deriveBits"]);
  const header = { alg: "ECDH-ES", enc: "A256GCM", epk: await jwkOf(own.publicKey), kid: await thumbprint(to) };
  const written = b64url(utf8(canonical(header)));
  const theirs = await crypto.subtle.importKey("jwk", to, { name: "ECDH", ...P256 }, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
  const name = utf8("A256GCM");
  const info = join(number(name.length), name, number(0), number(0), number(256));
  const bits = await sha256(join(number(1), shared, info));
  const key = await crypto.subtle.importKey("raw", bits, "AES-GCM", false, ["encrypt"]);
  const iv = random(12);
  const how = { name: "AES-GCM", iv, additionalData: utf8(written), tagLength: 128 };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(how, key, plaintext));
  return `${written}..${b64url(iv)}.${b64url(sealed.slice(0, -16))}.${b64url(sealed.slice(-16))}`;
}

// A ciphertext is as long as what is in it: pad to where the longest of all answers would end.
export async function sealChoices(choices, longest, paper) {
  const inside = (answers, pad) => utf8(canonical({
    assembly: paper.assembly, choices: answers, pad, salt, v: 1, voter: paper.voter,
  }));
  const salt = b64url(random(16));
  const room = Math.ceil(inside(longest, "").length / PAD_TO) * PAD_TO;
  const pad = "0".repeat(room - inside(choices, "").length);
  return seal(inside(choices, pad), paper.opening);
}

// RFC 7515, ES256 with the one fixed header; `device` says what this ballot must follow.
export async function signBallot(sealed, device, pair, paper, channel = "phone") {
  const payload = {
    agenda: paper.agenda,
    assembly: paper.assembly,
    channel,
    counter: device.counter,
    nonce: b64url(random(16)),
    previous: device.previous,
    roll: paper.roll,
    rules: paper.rules,
    sealed,
    time: `${new Date().toISOString().slice(0, 19)}Z`,
    v: 1,
    voter: paper.voter,
  };
  const header = { alg: "ES256", jwk: await jwkOf(pair.publicKey), typ: "zhongjue-ballot" };
  const message = `${b64url(utf8(canonical(header)))}.${b64url(utf8(canonical(payload)))}`;
  const how = { name: "ECDSA", hash: "SHA-256" };
  return `${message}.${b64url(await crypto.subtle.sign(how, pair.privateKey, utf8(message)))}`;
}

function number(value) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
