// Stands first in the page that these tests load: what the page complains of and saves, where things are on it.
{
  const complaints = [];
  const saved = [];            // Blobs

  /** The sum of layout shifts that no input caused, where the engine tells them. */
  let shift = null;
  if (PerformanceObserver.supportedEntryTypes.includes("layout-shift")) {
    shift = 0;
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput } of list.getEntries()) shift += hadRecentInput ? 0 : value;
    }).observe({ type: "layout-shift", buffered: true });
  }

  for (const level of ["error", "warn"]) {
    const log = console[level];
    console[level] = (...words) => {
      complaints.push(words.join(" "));
      log.apply(console, words);
    };
  }
  addEventListener("error", ({ message, target }) => complaints.push(`uncaught: ${message ?? target.outerHTML}`), true);
  addEventListener("unhandledrejection", ({ reason }) => complaints.push(`unhandled: ${reason}`));
  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) =>
    complaints.push(`policy: ${effectiveDirective} ${blockedURI} ${sourceFile}:${lineNumber}`));

  const createObjectURL = URL.createObjectURL;
  URL.createObjectURL = (blob) => {
    saved.push(blob);
    return createObjectURL(blob);
  };

  const frame = () => new Promise(requestAnimationFrame);

  /** The elements inside a place, in shadow roots too. */
  const everything = (place) => [...place.querySelectorAll("*")]
    .flatMap((element) => element.shadowRoot ? [element, ...everything(element.shadowRoot)] : [element]);

  /** Whether a text begins with these words. */
  const begins = (text, words) => !words || text?.trim().startsWith(words) && !/^\w/.test(text.trim().slice(words.length));

  /** The first element on show inside a place that a selector finds; words: how its text or name begins. */
  const find = (selector, words = "", place = "html") => everything(document.querySelector(place)).find((element) =>
    element.matches(selector) && element.checkVisibility()
      && [element.innerText, element.ariaLabel, element.title].some((text) => begins(text, words)));

  /** Whether an element, or something in it, is what a mouse would hit at a place. */
  function hit(element, [x, y]) {
    let [found, inside] = [null, document.elementFromPoint(x, y)];
    while (inside && inside !== found) [found, inside] = [inside, inside.shadowRoot?.elementFromPoint(x, y)];
    while (found && found !== element) found = found.parentNode ?? found.host;
    return Boolean(found);
  }

  /** The element that point found last, and what a pointer has hit instead. */
  let aim = null, missed = null;
  addEventListener("pointerdown", (event) => {
    const path = event.composedPath();
    if (aim && !path.includes(aim)) missed = path[0].outerHTML.slice(0, 200);
    aim = null;
  }, true);

  globalThis.probe = {
    complaints, saved, find,

    get shift() { return shift; },

    model: (name) => Bokeh.documents[0].get_model_by_name(name),

    /** The text on show in a place. */
    text(place) {
      const inside = document.querySelector(place);
      const roots = [inside, ...everything(inside)].flatMap(({ shadowRoot }) => shadowRoot ? [...shadowRoot.children] : []);
      return [inside, ...roots].map(({ innerText }) => innerText ?? "").join(" ").trim();
    },

    /** Where a mouse finds such an element: its middle, scrolled to if need be; null while it moves or is covered. */
    async point(...which) {
      const element = find(...which);
      if (!element || element.disabled) return null;
      const middle = () => {
        const { left, top, width, height } = element.getBoundingClientRect();
        return [left + width / 2, top + height / 2].map(Math.round);
      };
      if (!hit(element, middle())) element.scrollIntoView({ block: "center", behavior: "instant" });
      const before = middle();
      for (let i = 0; i < 3; i += 1) await frame();
      const found = `${middle()}` === `${before}` && hit(element, before);
      [aim, missed] = [found ? element : null, null];
      return found ? before : null;
    },

    /** What the last pointer hit instead of what point found; null if it hit that. */
    missed: () => missed,

    /** How far below its place the target of a fragment is, in px; the page's ends are as far as it can be scrolled. */
    off(fragment) {
      const target = document.getElementById(fragment), page = document.documentElement;
      const space = parseFloat(getComputedStyle(target).scrollMarginTop) + (parseFloat(getComputedStyle(page).scrollPaddingTop) || 0);
      const off = target.getBoundingClientRect().top - space;
      return Math.max(-scrollY, Math.min(page.scrollHeight - innerHeight - scrollY, off));
    },

    /** The page's height, once it has been the same for a second. */
    async settled() {
      let height, since;
      do {
        await frame();
        if (document.documentElement.scrollHeight === height) continue;
        [height, since] = [document.documentElement.scrollHeight, performance.now()];
      } while (performance.now() - since < 1000);
      return height;
    },
  };
}
