import { h } from "../../site/dom.js";
import { clock } from "../../frames/time.js";
import { shown } from "./bytes.js";
import { arrow } from "./heads.js";
import { statusOf } from "./readings/reading.js";

const PREVIEW = 64;

/** The number that each message of the lab begins with. */
const NUMBER = /^(\d+) /;

/** The cells of a row: which way, what it is, how it begins, how much it was, and when. */
export function drawCells(row, language) {
  const { exchange, piece } = row;
  return [
    direction(row, language),
    h("span", { class: "kind" }, isWhole(row) ? requestOf(exchange, language) : kindOf(row, language)),
    h("span", { class: "preview" }, h("bdi", {}, preview(row, language))),
    h("span", { class: "size" }, size(row, language)),
    h("span", { class: "time" }, piece ? clock(piece.micros).slice(0, 12) : ""),
  ];
}

/** A place where something passed that is not shown: how much, and why. It cannot be picked. */
export function drawHole({ what, count, why }, language) {
  const key = count === 1 ? `wire.hole.${what}.one` : `wire.hole.${what}`;
  const values = { count: language.number(count), why: language.text(`wire.why.${why}`) };
  return h("div", { class: "hole", role: "option", "aria-disabled": "true" }, language.text(key, values));
}

/** Whether it stands for an exchange: a poll, or a stream's heads. */
function isWhole({ exchange, piece, reading }) {
  return exchange.isPoll || (piece === null && reading.kind !== "over");
}

function direction(row, language) {
  if (isWhole(row)) {
    return h("span", {}, arrow(true), arrow(false));
  }
  const isUp = row.piece?.from === "client";
  return h("span", {}, arrow(isUp), h("span", { class: "hidden" }, language.text(isUp ? "wire.up" : "wire.down")));
}

function requestOf({ number, response }, language) {
  return `${language.text("wire.row.request", { number: language.number(number) })} → ${statusOf(response) ?? "…"}`;
}

function kindOf({ reading }, language) {
  const numbers = numbersOf(reading, language);
  return numbers ?? language.text(`wire.kind.${reading.kind}`);
}

/** Which messages it holds; null where there are none, or their numbers are not known. */
function numbersOf({ kind, text, count, isExact, first }, language) {
  const number = kind === "message" ? NUMBER.exec(text)?.[1] : undefined;
  if (number === undefined) {
    return null;
  }
  const isPart = first !== undefined || (count > 1 && !isExact); // the end was not told
  const key = isPart ? "wire.row.from" : count > 1 ? "wire.row.messages" : "wire.row.message";
  return language.text(key, { first: number, last: Number(number) + count - 1 });
}

function preview(row, language) {
  const { exchange, reading } = row;
  const { kind, text } = reading;
  const numbers = numbersOf(reading, language);
  if (text !== "") {
    const begin = shown(text.slice(0, PREVIEW));
    return numbers === null ? begin : isWhole(row) ? `${numbers}: ${begin.replace(NUMBER, "")}` : begin.replace(NUMBER, "");
  }
  if (kind === "heads") {
    return `${language.text("wire.kind.heads")}: ${language.text(`wire.name.${exchange.transport}`)}`;
  }
  return isWhole(row) ? language.text(`wire.kind.${kind}`) : "";
}

function size(row, language) {
  const { exchange, piece, reading } = row;
  if (reading.kind === "over") {
    return "";
  }
  const { requestBytes, responseBytes } = exchange;
  const sizes = isWhole(row) ? [requestBytes, responseBytes, piece?.size ?? 0].filter((each) => each > 0) : [piece.size];
  return `${sizes.map((each) => language.number(each)).join(" + ")} B`;
}
