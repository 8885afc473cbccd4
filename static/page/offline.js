// The page without the connection: has the service worker keep it, says when it is all there, fetches the rest when asked to,
// and offers a newer version, which is never loaded into a page that is open. Its parts in common with the page are handed to
// it: if it imported them, the bundler would split them off into more files for the page's start to wait for.

const OWN = document.documentElement.dataset.version;
const byId = (id) => document.getElementById(id);

/** What the service worker answers to "check", after it has looked at all its files: {version, bytes, message}. */
function check(worker) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage("check", [port2]);
  });
}

/** Register the service worker; keeping: of page/connection.js; log(line) has what the user need not act on. */
export async function attachOffline(keeping, arrive, log) {
  const { serviceWorker } = navigator, { lookUp, tellKept } = keeping;
  serviceWorker.addEventListener("message", ({ data, ports: [port] }) => { if (data === "version") port.postMessage(OWN); });
  const registration = await serviceWorker.register("sw.js");

  async function look() {
    const { installing, waiting, active } = registration;
    if (waiting) return tellKept({ newer: true });
    if (installing || active?.state !== "activated") return;
    const { version, bytes, message } = await check(active), same = version === OWN;
    if (message) log(`Not all of the page could be kept for when the connection is down: ${message}.`);
    tellKept({ page: same, ready: same && !message, bytes, newer: !same });
  }

  function watch(worker) {
    worker?.addEventListener("statechange", () => {
      if (worker.state === "redundant") log("The page could not be kept for when the connection is down; the next visit tries again.");
      else look();
    });
  }

  function load() {
    if (!registration.waiting) return location.reload();
    serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    registration.waiting.postMessage("take over");
  }

  const update = () => registration.update().catch(() => {});      // without the connection, or behind a sign-in page
  registration.addEventListener("updatefound", () => watch(registration.installing));
  watch(registration.installing);
  byId("connection-load").onclick = load;
  byId("connection-panel").addEventListener("beforetoggle", lookUp);
  serviceWorker.addEventListener("controllerchange", look);       // another tab has loaded the newer version
  addEventListener("online", update);
  document.addEventListener("visibilitychange", () => document.hidden || update());
  attachRest(keeping, arrive);
  await Promise.all([lookUp(), registration.active && update()]);
  await look();
}

/** The button that fetches what is kept once it was asked for. */
function attachRest({ asked, KEPT, lookUp, megabytes }, arrive) {
  const [button, stop, bar, told] = ["fetch", "stop", "progress", "told"].map((name) => byId(`rest-${name}`));
  let fetching = null;

  function show() {
    const missing = asked(false).map(([, file]) => file);
    button.textContent = `Fetch the rest (${megabytes(missing)})`;
    button.hidden = fetching || !missing.length;
    stop.hidden = bar.hidden = !fetching;
  }

  async function fetchRest() {
    const missing = asked(false).sort(([, a], [, b]) => a.bytes - b.bytes);
    let loaded = 0;
    bar.max = missing.reduce((sum, [, { bytes }]) => sum + bytes, 0);
    for (const [name, file] of missing) {
      const received = (bytes) => { bar.value = loaded += bytes; };
      await arrive(file, name.split("/").at(-1), { received, signal: fetching.signal });
      await lookUp();
    }
    return asked(false).length ? "The browser has no room for all of it: free some, and fetch it again." : "All of it is here.";
  }

  button.onclick = async () => {
    fetching = new AbortController();
    bar.value = 0;
    told.textContent = "";
    show();
    stop.focus();
    const words = await fetchRest().catch(({ message }) => fetching.signal.aborted ? "Stopped: what had arrived whole is kept."
      : `Not all could be fetched: ${message}.`);
    fetching = null;
    show();
    told.textContent = words;
  };
  stop.onclick = () => fetching.abort();
  addEventListener(KEPT, show);
  show();
}
