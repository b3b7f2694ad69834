export function serveEngineClient() {}
