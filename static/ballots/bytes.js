// Bytes and text: base64url, canonical JSON (RFC 8785 for text, whole numbers, null, lists, objects), SHA-256.

const encoder = new TextEncoder();

export const utf8 = (text) => encoder.encode(text);

export function b64url(bytes) {
  let text = "";
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export function join(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(new Uint8Array(part), at);
    at += part.byteLength;
  }
  return whole;
}

// RFC 8785 3.2: JSON.stringify writes text as it asks; keys in the order of their UTF-16 units.
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value && typeof value === "object") {
    const fields = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
    return `{${fields.join(",")}}`;
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new TypeError("whole numbers only");
  return JSON.stringify(value);
}

export const sha256 = (bytes) => crypto.subtle.digest("SHA-256", bytes);


export const random = (size) => crypto.getRandomValues(new Uint8Array(size));
