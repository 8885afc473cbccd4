// Files for Python as they are: a File goes to the worker, which reads it.

/** The file that the user chooses, or drops on an input, is the value of the message in the input's `data-file`; of an
    input that takes several it is an array of them, and each choice counts, not the last alone. */
export function attachFiles(ask) {
  for (const input of document.querySelectorAll("input[data-file]")) {
    input.addEventListener("change", () => {
      const { files, multiple, dataset: { file: message } } = input;
      if (files.length) ask(message, multiple ? [...files] : files[0], multiple);
      input.value = "";        // so that the same file can be chosen again
    });
  }
  for (const type of ["dragover", "drop"]) {
    addEventListener(type, (event) => {
      if (!event.target.matches?.("input[data-file]:enabled")) event.preventDefault();     // else the browser would open it
    });
  }
}
