// "Copy link": the address of a figure as it is on show.

/** Copy the address of a figure. */
export async function perform({ name, tell, addresses }) {
  const link = addresses.link(name);
  try {
    await navigator.clipboard.writeText(link);
    tell(`Copied. ${addresses.omitted(name)}`);
  } catch {
    tell(`The browser does not let the page copy it: ${link}`);
  }
}
