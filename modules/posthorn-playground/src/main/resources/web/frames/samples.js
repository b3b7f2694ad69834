const encoder = new TextEncoder();

/** A text of so many bytes, all of them ASCII, in which a reader can count. */
export function textOf(length) {
  return length === 5 ? "Hello" : "0123456789abcdef".repeat(Math.ceil(length / 16)).slice(0, length);
}

/** Sixteen bytes that are not UTF-8: 00 11 22 to ff. */
export function binarySample() {
  return Uint8Array.from({ length: 16 }, (_, index) => index * 0x11);
}

export function sizeOf(text) {
  return encoder.encode(text).length;
}

/**
 * What is wrong with a close code and reason that a page wants to send, as a key of its texts; null if nothing is.
 * RFC 6455 7.4.2 and 5.5: a page has 1000 and 3000 to 4999, and 123 bytes for the reason; a server has a few codes more.
 * A page may leave the code out (null), and then the reason too.
 */
export function closeFault(code, reason, isServer) {
  if (code === null && !isServer) {
    return reason === "" ? null : "close.fault.bare";
  }
  const isOwn = code >= 3000 && code <= 4999;
  const isNamed = isServer ? [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014].includes(code) : code === 1000;
  if (!isOwn && !isNamed) {
    return isServer ? "close.fault.server" : "close.fault.code";
  }
  return sizeOf(reason) > 123 ? "close.fault.reason" : null;
}
