/** Opens a WebSocket at an address that begins with http or https. */
export function openSocket(address, ...protocols) {
  const url = new URL(address);
  url.protocol = url.protocol.replace("http", "ws");
  return new WebSocket(url, protocols);
}

/** Closes it without another word. Browsers complain where it is not open yet: then it is closed as soon as it is. */
export function closeSocket(socket) {
  socket.onmessage = null;
  socket.onclose = null;
  socket.onopen = () => socket.close();
  if (socket.readyState === WebSocket.OPEN) {
    socket.close();
  }
}
