// Cells as a Jupyter notebook: nbformat 4.5, as an object. https://nbformat.readthedocs.io/en/latest/format_description.html

const KERNEL = {
  kernelspec: { name: "python3", display_name: "Python 3", language: "python" },
  language_info: { name: "python" },
};

/** What the first cell installs, and where the code finds the page's files; page and wheel: addresses. */
export const setUp = ({ page, wheel }) => `%pip install -q ${wheel} matplotlib
import lab

lab.data_from(${JSON.stringify(page)})`;

const text = (id, source) => ({ cell_type: "markdown", id, metadata: {}, source });
const code = (id, source, outputs = [], metadata = {}) =>
  ({ cell_type: "code", id, metadata, execution_count: null, source, outputs });

/** Python that asks for the check of an exercise. */
export const asksCheck = (exercise) => `from lab.checks import check\n\ncheck(${JSON.stringify(exercise)})`;

/** What is printed, an nbformat output. */
export const printed = (words, name = "stdout") => ({ output_type: "stream", name, text: words });
export const shown = (data) => ({ output_type: "display_data", data, metadata: {} });
export const result = (words) =>
  ({ output_type: "execute_result", execution_count: null, data: { "text/plain": words }, metadata: {} });

/** A traceback as the page shows it. */
export function failure(words) {
  const [, ename, evalue = ""] = words.split("\n").at(-1).match(/^([\w.]+)(?:: (.*))?$/) ?? [null, "Error", words];
  return { output_type: "error", ename, evalue, traceback: words.split("\n") };
}

/**
 * A notebook of parts in order: { heading, level, link } or { name, title, source, outputs, exercise, verdict },
 * exercise being the name that its check has, verdict { passed, words, ... } what that said last.
 * about: { title, page, wheel }; metadata: more of the notebook's own.
 */
export function notebook(parts, about, metadata = {}) {
  const head = `# ${about.title}\n\nFrom [Embedding Lab](${about.page}). The first cell installs what the others import.`;
  const cells = [text("about", head), code("set-up", setUp(about))];
  parts.forEach((part, i) => {
    if (part.heading) {
      cells.push(text(`heading-${i}`, `${"#".repeat(part.level)} ${part.heading}\n\n[In the chapter](${part.link})`));
      return;
    }
    const { name, title, source, outputs, exercise, verdict } = part;
    cells.push(text(`title-${name}`, `**${title}**`), code(`cell-${name}`, source, outputs));
    if (!exercise) return;
    const told = verdict ? [shown({ "text/plain": verdict.words })] : [];
    cells.push(code(`check-${exercise}`, asksCheck(exercise), told, { embedlab: { exercise, verdict: verdict ?? null } }));
  });
  return { nbformat: 4, nbformat_minor: 5, metadata: { ...KERNEL, embedlab: { page: about.page, ...metadata } }, cells };
}
