// Keys of a figure, which its controls come before.

const isChoice = ({ type }) => ["checkbox", "radio", "range"].includes(type);

/** Whether a key was pressed in a field that text is typed into or that a choice is made in by letters. */
export function isInField(event) {
  const target = event.composedPath()[0];
  return (/^(input|textarea|select)$/i.test(target.tagName) && !isChoice(target)) || target.isContentEditable;
}

/** Whether no control has a use for a key itself; a scrubber moves by itself, and has none for letters or Space. */
export function isFree(event) {
  const target = event.composedPath()[0];
  const scrubbing = target.type === "range" && (event.key === " " || /^[a-z]$/.test(event.key));
  const typing = /^(input|textarea|select)$/i.test(target.tagName) || target.isContentEditable;
  const pressing = /^(button|summary)$/i.test(target.tagName) && event.key === " ";
  return !((typing && !scrubbing) || pressing || event.altKey || event.ctrlKey || event.metaKey);
}
