// Printed text as a terminal has it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Lines } from "../../static/cells/terminal.js";

/** What stands after some texts: lines, with classes in brackets. */
function shown(...texts) {
  const lines = new Lines();
  const ended = texts.flatMap((text) => lines.write(text));
  return [...ended, lines.pieces()]
    .map((pieces) => pieces.map(([text, className]) => className ? `[${className}:${text}]` : text).join("")).join("\n");
}

test("text without control characters stands as it was written", () => {
  assert.equal(shown("one\ntwo\n", "\tthree 👩 é"), "one\ntwo\n\tthree 👩 é");
});

test("a carriage return writes over the line, over batches too", () => {
  assert.equal(shown("a\n 10%\r", " 20%", "\r100%"), "a\n100%");
  assert.equal(shown("long line\rshort"), "shortline");
  assert.equal(shown("one\r\ntwo\r\n"), "one\ntwo\n");
});

test("a backspace goes one to the left, no further than the beginning", () => {
  assert.equal(shown("|\b/\b-\b\b\b\b\\"), "\\");
  assert.equal(shown("a👩\bx"), "ax");
});

test("colours become classes until they are reset", () => {
  assert.equal(shown("\x1b[31mred\x1b[0m plain \x1b[1;92mgreen\x1b[22m\x1b[39m!"), "[ansi-red:red] plain [ansi-green ansi-bold:green]!");
  assert.equal(shown("\x1b[38;5;200mpink\x1b[m \x1b[38;2;1;31;3mtrue\x1b[48;5;31m ground"), "pink true ground");
});

test("a sequence that is cut by a batch is one", () => {
  assert.equal(shown("\x1b", "[3", "1mred"), "[ansi-red:red]");
});

test("other sequences are dropped, and what is none does not swallow text", () => {
  assert.equal(shown("\x1b[2J\x1b[H\x1b]0;title\x07a\x1b(Bb\x1b[?25lc"), "abc");
  assert.equal(shown(`\x1b[${"1;".repeat(150)}`, "x").endsWith("x"), true);
});

test("erasing a line", () => {
  assert.equal(shown("progress\r\x1b[Kdone"), "done");
  assert.equal(shown("progress\x1b[2K\rdone"), "done    ");
});
