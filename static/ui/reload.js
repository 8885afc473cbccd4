// Retry where the page itself is incomplete: load it again, the files that failed past the browser's cache.

export const FAILED = "failed";         // data-failed, on the <script> or <link> of such a file

export async function reload() {
  const elements = Array.from(document.querySelectorAll(`[data-${FAILED}]`));
  const again = (element) => fetch(element.src || element.href, { cache: "reload" }).catch(() => {});
  await Promise.all(elements.map(again));
  location.reload();
}
