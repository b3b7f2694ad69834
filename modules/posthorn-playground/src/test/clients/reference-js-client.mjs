export function serveJsClient() {}
