// The editor of a cell: CodeMirror with what a cell needs of it. build.py bundles this file; cells.js loads it late.

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, drawSelection, EditorView, GutterMarker, keymap, lineNumberMarkers, lineNumbers } from "@codemirror/view";
import { tagHighlighter, tags } from "@lezer/highlight";

// The classes of cells.css; app/chapter/render.py gives the same to code that is not in an editor.
const colours = tagHighlighter([
  { tag: tags.comment, class: "tok-comment" }, { tag: tags.string, class: "tok-string" },
  { tag: tags.number, class: "tok-number" }, { tag: tags.bool, class: "tok-bool" }, { tag: tags.null, class: "tok-bool" },
  { tag: [tags.keyword, tags.operatorKeyword, tags.self], class: "tok-keyword" }, { tag: tags.meta, class: "tok-meta" },
  { tag: [tags.definition(tags.className), tags.function(tags.definition(tags.variableName))], class: "tok-definition" },
]);

/**
 * Whoever comes by Tab goes on by Tab, until they type or click into the code: then Tab indents, and Esc lets it leave.
 * tabLeaves(yes) is told which.
 */
function leaving(tabLeaves) {
  const leave = (view, yes) => {
    view.setTabFocusMode(yes);
    tabLeaves(yes);
  };
  return [
    EditorView.domEventHandlers({
      focus(_event, view) { leave(view, true); },
      mouseup(_event, view) { leave(view, false); },
      keydown(event, view) { if (event.key === "Escape") leave(view, true); },
    }),
    EditorView.updateListener.of(({ docChanged, view }) => { if (docChanged && view.hasFocus) leave(view, false); }),
  ];
}

/** The number of a line at which a run failed, with what went wrong. */
class Failed extends GutterMarker {
  constructor(line, words) {
    super();
    Object.assign(this, { line, words });
  }

  toDOM() {
    return Object.assign(document.createElement("span"), { className: "cell-failed-number", title: this.words, textContent: this.line });
  }
}

/** {line, words, from} of the line that is marked, until the text is changed. */
const setMarked = StateEffect.define();
const marked = StateField.define({
  create: () => null,
  update(mark, { docChanged, effects }) {
    const set = effects.find((effect) => effect.is(setMarked));
    return set ? set.value : docChanged ? null : mark;
  },
  provide: (field) => [
    EditorView.decorations.from(field, (mark) => mark
      ? Decoration.set(Decoration.line({ class: "cell-failed-line" }).range(mark.from)) : Decoration.none),
    lineNumberMarkers.from(field, (mark) => mark
      ? RangeSet.of(new Failed(mark.line, mark.words).range(mark.from)) : RangeSet.empty),
  ],
});

/** An editor below `parent`; attributes: of what has the focus in it; it calls changed(), run() and tabLeaves(yes). */
export function createEditor(parent, text, attributes, { changed, run, tabLeaves }) {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(), marked, history(), drawSelection(), indentOnInput(), indentUnit.of("    "), bracketMatching(), python(),
        syntaxHighlighting(colours), EditorView.contentAttributes.of(attributes), leaving(tabLeaves),
        keymap.of([...["Ctrl-Enter", "Meta-Enter", "Shift-Enter"].map((key) => ({ key, run: () => { run(); return true; } })),
                   indentWithTab, ...defaultKeymap, ...historyKeymap]),
        EditorView.updateListener.of((update) => { if (update.docChanged) changed(); }),
      ],
    }),
  });
  return {
    get text() { return view.state.doc.toString(); },
    set text(words) { view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: words } }); },
    focus: () => view.focus(),
    /** Mark a line as the one at which a run failed, with what went wrong; null: none. */
    markLine(line, words) {
      const there = line !== null && line >= 1 && line <= view.state.doc.lines;
      view.dispatch({ effects: setMarked.of(there ? { line: String(line), words, from: view.state.doc.line(line).from } : null) });
    },
  };
}
