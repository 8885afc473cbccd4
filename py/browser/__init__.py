"""What only the page's workers can do, for `app` and for `lab`: js and pyodide are imported in its functions."""
