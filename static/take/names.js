// Names of saved files.

/** The name of a file of a figure: embedding-lab-map.png. */
export const fileName = (...parts) => `embedding-lab-${parts.join("-")}`.replace(/-(?=[a-z0-9]+$)/, ".");
