// Keys of a figure, which its controls come before.

/** Whether no control has a use for a key itself; a scrubber moves by itself, and has none for letters or Space. */
export function isFree(event) {
  const target = event.composedPath()[0];
  const scrubbing = target.type === "range" && (event.key === " " || /^[a-z]$/.test(event.key));
  const typing = /^(input|textarea|select)$/i.test(target.tagName) || target.isContentEditable;
  const pressing = /^(button|summary)$/i.test(target.tagName) && event.key === " ";
  return !((typing && !scrubbing) || pressing || event.altKey || event.ctrlKey || event.metaKey);
}
