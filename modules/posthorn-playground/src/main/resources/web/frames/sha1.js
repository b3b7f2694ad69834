/**
 * SHA-1 (RFC 3174) of a byte array. By hand, because browsers offer `crypto.subtle` over https and on localhost only, and
 * the handshake should be explained on every address.
 */
export function sha1(message) {
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const padded = pad(message);
  for (let block = 0; block < padded.byteLength; block += 64) {
    compress(state, schedule(padded, block));
  }
  const digest = new DataView(new ArrayBuffer(20));
  state.forEach((word, index) => digest.setUint32(index * 4, word));
  return new Uint8Array(digest.buffer);
}

function pad(message) {
  const size = Math.ceil((message.length + 9) / 64) * 64;
  const padded = new Uint8Array(size);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(size - 8, BigInt(message.length) * 8n);
  return view;
}

function schedule(view, block) {
  const words = [];
  for (let t = 0; t < 80; t++) {
    words[t] =
      t < 16
        ? view.getUint32(block + t * 4)
        : rotate(words[t - 3] ^ words[t - 8] ^ words[t - 14] ^ words[t - 16], 1);
  }
  return words;
}

function compress(state, words) {
  let [a, b, c, d, e] = state;
  words.forEach((word, t) => {
    const next = (rotate(a, 5) + round(t, b, c, d) + e + word) | 0;
    [a, b, c, d, e] = [next, a, rotate(b, 30), c, d];
  });
  [a, b, c, d, e].forEach((value, index) => {
    state[index] = (state[index] + value) | 0;
  });
}

function round(t, b, c, d) {
  if (t < 20) {
    return ((b & c) | (~b & d)) + 0x5a827999;
  }
  if (t < 40) {
    return (b ^ c ^ d) + 0x6ed9eba1;
  }
  return t < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc : (b ^ c ^ d) + 0xca62c1d6;
}

function rotate(value, by) {
  return (value << by) | (value >>> (32 - by));
}
