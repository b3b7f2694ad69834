import { zh as shared } from "../site/text.zh.js";

/** 首页上的中文；反引号里是代码。 */
export const zh = {
  ...shared,
  "document.title": "Posthorn：Java 实时服务器",
  skip: "跳到各个页面",
  title: "Java 实时服务器",
  lead: "Posthorn 在服务器和浏览器之间传递消息，只占一个端口，只需一个 `main`：一个消息源可以用五种传输方式中的任何一种来读，离开过的读者回来后能补上错过的消息。",
  doors: "可以看什么",
  "lab.title": "传输实验室",
  "lab.text": "看看五种方式各自的代价：消息、字节、请求和延迟，在你自己的同一个时钟上并排比较。",
  "frames.title": "WebSocket 帧",
  "frames.text": "随便输入点什么，看经过的每一帧，一位一位地看。",
  "transports.title": "传输方式",
  "transports.text": "五种方式各是一个可以直接拿走的小网页，旁边就是运行结果。",
};
