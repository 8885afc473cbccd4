// Before the first paint: the theme that the user chose, if any; else the system's, by CSS.
{
  const chosen = (() => { try { return localStorage.getItem("theme"); } catch { return null; } })();
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
}
