// Files of the page's head that have failed, and Retry: load the page again, those files past the browser's cache.

/** Note that a <script> or <link> of the head has failed. */
export const fail = (part) => { part.dataset.failed = ""; };

export const hasFailed = (part) => "failed" in part.dataset;

const addressOf = (part) => part.src || part.href;

export const fileName = (part) => addressOf(part).split("/").pop().split("?")[0];

export const failedParts = () => Array.from(document.querySelectorAll("head [data-failed]"));

export async function reload() {
  await Promise.all(failedParts().map((part) => fetch(addressOf(part), { cache: "reload" }).catch(() => {})));
  location.reload();
}
