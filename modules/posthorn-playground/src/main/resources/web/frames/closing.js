/** The sentence that says who closed the connection and with what: its key and the values for its places. */
export function closingSentence({ by, code, reason }) {
  const told = code === null ? ".bare" : reason === "" ? "" : ".reason";
  return [`closed.${by}${told}`, { code, reason }];
}
