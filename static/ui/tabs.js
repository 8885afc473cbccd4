// Tabs of a figure's side: one panel at a time, by pointer and keyboard as the ARIA practices describe them.

/** list: role=tablist with buttons role=tab aria-controls; chose(id of the tab), if given, is called when another one is chosen. */
export function attachTabs(list, chose = () => {}) {
  const tabs = [...list.querySelectorAll("[role=tab]")];
  const panelOf = (tab) => document.getElementById(tab.getAttribute("aria-controls"));
  const chosen = () => tabs.find((tab) => tab.ariaSelected === "true");
  const choose = (id) => {
    if (chosen().id === id) return;
    for (const tab of tabs) {
      tab.ariaSelected = String(tab.id === id);
      tab.tabIndex = tab.id === id ? 0 : -1;
      panelOf(tab).hidden = tab.id !== id;
    }
    chose(id);
  };
  list.onclick = ({ target }) => {
    const tab = target.closest("[role=tab]");
    if (tab) choose(tab.id);
  };
  list.onkeydown = (event) => {
    const at = tabs.indexOf(chosen());
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const tab = tabs[(next + tabs.length) % tabs.length];
    choose(tab.id);
    tab.focus();
  };
  return { choose, get chosen() { return chosen().id; } };
}
