/** Asks the feed once, and delivers what it answers; throws where it does not. */
export async function poll(link, parameters, signal) {
  const answer = await fetch(link.url({ envelope: "json", ...parameters }), { cache: "no-store", signal });
  if (answer.status === 204) {
    link.deliver({ id: /"(.*)"/.exec(answer.headers.get("ETag"))[1] });
  } else if (answer.status === 200) {
    [await answer.json()].flat().forEach((envelope) => link.deliver(envelope));
  } else {
    throw new Error(`the feed answered with ${answer.status}`);
  }
}
