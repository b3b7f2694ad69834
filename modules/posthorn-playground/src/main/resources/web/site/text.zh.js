/** 每个页面都有的中文。 */
export const zh = {
  pages: "页面",
  "page.lab": "实验室",
  "page.frames": "WebSocket 帧",
  "page.transports": "传输方式",
  settings: "设置",
  language: "语言",
  "theme.auto": "外观：跟随系统",
  "theme.light": "外观：浅色",
  "theme.dark": "外观：深色",
  footer: "Posthorn，Java 实时服务器。Apache License 2.0。",
  "footer.metrics": "指标",
  "footer.health": "健康状况",
};
