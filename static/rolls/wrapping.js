// The opening key in the keeper's browser: made, wrapped under a passphrase, unwrapped again.
// The recipe is that of voting/sealing.py: JWE, PBES2-HS512+A256KW, A256GCM (RFC 7518 4.8).
const ALG = "PBES2-HS512+A256KW";
const ROUNDS = 600000;
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const utf8 = new TextEncoder();

export function b64url(bytes) {
  const text = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export function unb64url(text) {
  const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

async function wrappingKey(passphrase, salt, uses) {
  const base = await crypto.subtle.importKey(
    "raw", utf8.encode(passphrase.normalize("NFC")), "PBKDF2", false, ["deriveKey"]);
  const full = new Uint8Array([...utf8.encode(ALG), 0, ...salt]);
  const how = { name: "PBKDF2", hash: "SHA-512", salt: full, iterations: ROUNDS };
  return crypto.subtle.deriveKey(how, base, { name: "AES-KW", length: 256 }, false, uses);
}

// Returns {public: canonical JWK text, wrapped: compact JWE}; the private half never leaves here.
export async function makeOpeningKey(passphrase) {
  const pair = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const { crv, d, kty, x, y } = await crypto.subtle.exportKey("jwk", pair.privateKey);
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const header = b64url(utf8.encode(
    JSON.stringify({ alg: ALG, enc: "A256GCM", p2c: ROUNDS, p2s: b64url(salt) })));
  const content = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt"]);
  const kek = await wrappingKey(passphrase, salt, ["wrapKey"]);
  const wrapped = await crypto.subtle.wrapKey("raw", content, kek, "AES-KW");
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: utf8.encode(header), tagLength: 128 };
  const plain = utf8.encode(JSON.stringify({ crv, d, kty, x, y }));
  const sealed = new Uint8Array(await crypto.subtle.encrypt(how, content, plain));
  const parts = [wrapped, iv, sealed.slice(0, -16), sealed.slice(-16)].map(b64url);
  return { public: JSON.stringify({ crv, kty, x, y }), wrapped: [header, ...parts].join(".") };
}

// Returns the private JWK as text; throws where the passphrase is not the one.
export async function unwrapOpeningKey(token, passphrase) {
  const [header, wrapped, iv, ciphertext, tag] = token.split(".");
  const { p2s } = JSON.parse(new TextDecoder().decode(unb64url(header)));
  const kek = await wrappingKey(passphrase, unb64url(p2s), ["unwrapKey"]);
  const content = await crypto.subtle.unwrapKey(
    "raw", unb64url(wrapped), kek, "AES-KW", { name: "AES-GCM" }, false, ["decrypt"]);
  const how = {
    name: "AES-GCM", iv: unb64url(iv), additionalData: utf8.encode(header), tagLength: 128 };
  const sealed = new Uint8Array([...unb64url(ciphertext), ...unb64url(tag)]);
  return new TextDecoder().decode(await crypto.subtle.decrypt(how, content, sealed));
}
