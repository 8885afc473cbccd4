// Printed text as a terminal has it: \r goes back to the line's beginning, \b one to the left, what is written there
// replaces what stood there. Colours of ANSI sequences become classes; other sequences are dropped.

const COLOURS = ["ink", "red", "green", "yellow", "blue", "magenta", "cyan", "ink"];
const ESC = "\u001b";
// CSI sequences, OSC sequences to their end, then other escapes of one or two characters.
const SEQUENCE = new RegExp(`${ESC}(?:\\[([0-9;:?<=>]*)[ -/]*([@-~])|\\][^\u0007${ESC}]*(?:\u0007|${ESC}\\\\)|[ -/]?[0-Z\\\\^-~])`, "y");
const PART = new RegExp(`[\\n\\r\\b${ESC}]|[^\\n\\r\\b${ESC}]+`, "g");
const LONGEST = 200;            // characters of a sequence; what is longer is none

/** The classes that numbers of an SGR sequence lead to, from those before: {colour, bold}. */
export function styled(before, codes) {
  let { colour, bold } = before;
  const numbers = codes.split(/[;:]/).map(Number);
  for (let i = 0; i < numbers.length; i++) {
    const code = numbers[i];
    if (code === 0) [colour, bold] = ["", false];
    else if (code === 1) bold = true;
    else if (code === 22) bold = false;
    else if (code === 39) colour = "";
    else if (code === 38 || code === 48) i += numbers[i + 1] === 5 ? 2 : 4;      // one of 256, or red, green, blue
    else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) colour = COLOURS[code % 10];
  }
  return { colour, bold };
}

const classOf = ({ colour, bold }) => [colour && `ansi-${colour}`, bold && "ansi-bold"].filter(Boolean).join(" ");

/** The lines of a terminal, of which only the last can change. */
export class Lines {
  constructor() {
    Object.assign(this, { line: [], column: 0, style: { colour: "", bold: false }, rest: "" });
  }

  /** Take in text; gives the lines that it has ended, each a list of [text, class]. */
  write(text) {
    const ended = [];
    const whole = this.rest + text;
    this.rest = "";
    PART.lastIndex = 0;
    for (let part = PART.exec(whole); part; part = PART.exec(whole)) {
      const [found] = part;
      if (found === "\n") {
        ended.push(this.pieces());
        Object.assign(this, { line: [], column: 0 });
      } else if (found === "\r") this.column = 0;
      else if (found === "\b") this.column = Math.max(0, this.column - 1);
      else if (found === ESC) {
        SEQUENCE.lastIndex = part.index;
        const sequence = SEQUENCE.exec(whole);
        if (sequence) {
          this.obey(sequence);
          PART.lastIndex = SEQUENCE.lastIndex;
        } else if (whole.length - part.index < LONGEST) {       // the rest of it may come with the next text
          this.rest = whole.slice(part.index);
          break;
        }
      } else this.put(found);
    }
    return ended;
  }

  obey([, codes, letter]) {
    if (letter === "m") this.style = styled(this.style, codes);
    else if (letter === "K") {
      if (codes === "2") this.line.fill([" ", ""], 0, this.column);
      if (codes !== "1") this.line.length = Math.min(this.line.length, this.column);
    }
  }

  put(text) {
    const className = classOf(this.style);
    for (const character of text) this.line[this.column++] = [character, className];
  }

  /** The last line as [text, class], neighbours of one class joined. */
  pieces() {
    const joined = [];
    for (const [character, className] of Array.from(this.line, (cell) => cell ?? [" ", ""])) {
      if (joined.at(-1)?.[1] === className) joined.at(-1)[0] += character;
      else joined.push([character, className]);
    }
    return joined;
  }
}

const nodeOf = ([text, className]) => className
  ? Object.assign(document.createElement("span"), { className, textContent: text }) : document.createTextNode(text);

/** Text that is written into an element. */
export class Terminal {
  constructor(place) {
    this.place = place;
    this.lines = new Lines();
    this.live = place.appendChild(document.createElement("span"));      // the last line
  }

  write(text) {
    const ended = this.lines.write(text).flatMap((pieces) => [...pieces, ["\n", ""]]);
    const joined = [];
    for (const [words, className] of ended) {
      if (joined.at(-1)?.[1] === className) joined.at(-1)[0] += words;
      else joined.push([words, className]);
    }
    this.live.before(...joined.map(nodeOf));
    this.live.replaceChildren(...this.lines.pieces().map(nodeOf));
  }
}
