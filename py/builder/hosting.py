"""What a host sends with the page's files: defined here, for the server and as files that hosts read."""

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"}  # on every answer

TEXT = {  # compressed on the way, in UTF-8
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "json": "application/json",
    "map": "application/json",
    "svg": "image/svg+xml",
    "txt": "text/plain",
}
BINARY = {  # compressed already
    "bin": "application/octet-stream",
    "npz": "application/octet-stream",
    "wasm": "application/wasm",
    "woff2": "font/woff2",
}

HASHED = r"\?[0-9a-f]{12}|-[0-9A-Z]{8}\.|/pyodide-[0-9a-f]{12}/"  # in an address: other content has another address
FOR_EVER, ASK_FIRST = "public, max-age=31536000, immutable", "no-cache"
