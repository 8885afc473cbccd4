// Put beside index.html by `serve --watch`: reloads the page when it has been made anew, and keeps the scroll position.

{
  const { version } = document.currentScript.dataset;
  const PLACE = "lab-watch-scroll";
  const scrolled = sessionStorage.getItem(PLACE);
  sessionStorage.removeItem(PLACE);

  /** Again when the figures are drawn, for until then the page may be shorter. */
  function restore() {
    scrollTo({ top: Number(scrolled), behavior: "instant" });
  }

  /** Let the browser follow what grows above the window, or not: while the page is drawn, that would move it. */
  function anchor(value) {
    document.documentElement.style.overflowAnchor = value;
  }

  if (scrolled !== null) {
    history.scrollRestoration = "manual";
    anchor("none");
    for (const sign of ["wheel", "pointerdown", "keydown"]) addEventListener(sign, () => anchor(""), { once: true });
    addEventListener("DOMContentLoaded", restore);
    new PerformanceObserver((list, observer) => {
      if (!list.getEntriesByName("lab-drawn").length) return;
      observer.disconnect();
      restore();
    }).observe({ type: "mark", buffered: true });
  }

  new EventSource("watch-events").onmessage = ({ data }) => {
    if (data === version) return;
    sessionStorage.setItem(PLACE, scrollY);
    location.reload();
  };
}
