"""What a host sends with the page's files: defined here, for the server and as the files that hosts read."""

import re

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
    "webmanifest": "application/manifest+json",
}
BINARY = {  # compressed already
    "bin": "application/octet-stream",
    "npz": "application/octet-stream",
    "png": "image/png",
    "wasm": "application/wasm",
    "whl": "application/octet-stream",
    "woff2": "font/woff2",
}
TYPES = TEXT | BINARY

HASHED = r"\?[0-9a-f]{12}|-[0-9A-Z]{8}\.|/pyodide-[0-9a-f]{12}/"  # in an address: other content has another address
FOR_EVER, ASK_FIRST = "public, max-age=31536000, immutable", "no-cache"


def files(folder):
    """{name: text} of the files for hosts that belong into a finished folder of the page."""
    return {"nginx.conf": nginx(), ".htaccess": apache(), "_headers": netlify(folder)}


def lines(template, values):
    """A line for each of {name: value}."""
    return "\n".join(template.format(name=name, value=value) for name, value in values.items())


def compressed():
    """The types that are compressed on the way, in a line."""
    return " ".join(dict.fromkeys(TEXT.values()))


def nginx():
    also = compressed().removeprefix("text/html ")  # which nginx has in both lists by itself
    return f"""\
# Embedding Lab on nginx. Include this file where the page is served:
#
#   location /lab/ {{
#     alias /srv/embedding-lab/;
#     include /srv/embedding-lab/nginx.conf;
#   }}

types {{
{lines("  {value} {name};", TYPES)}
}}
charset utf-8;
charset_types {also};

gzip on;
gzip_vary on;
gzip_types {also};

{lines('add_header {name} "{value}" always;', HEADERS)}

# What has a hash in its address never changes there; all else is asked for again.
set $lab_caching "{ASK_FIRST}";
if ($request_uri ~ "{HASHED}") {{
  set $lab_caching "{FOR_EVER}";
}}
add_header Cache-Control $lab_caching;
"""


def apache():
    return f"""\
# Embedding Lab on Apache 2.4, which reads this file where AllowOverride FileInfo (or All) is set.
# It needs mod_headers (on Debian: a2enmod headers); mod_deflate and mod_filter, to compress.

{lines("AddType {value} .{name}", TYPES)}
AddCharset utf-8 {" ".join(f".{ending}" for ending in TEXT)}
# By the time of the last change alone can a compressed file be asked for again.
FileETag None

<IfModule mod_deflate.c>
  <IfModule mod_filter.c>
    AddOutputFilterByType DEFLATE {compressed()}
  </IfModule>
</IfModule>

<IfModule mod_headers.c>
{lines('  Header always set {name} "{value}"', HEADERS)}

  # What has a hash in its address never changes there; all else is asked for again.
  Header set Cache-Control "{ASK_FIRST}"
  Header set Cache-Control "{FOR_EVER}" "expr=%{{THE_REQUEST}} =~ m#{HASHED}#"
</IfModule>
"""


def netlify(folder):
    hashed = "\n".join(f"/{name}\n  Cache-Control: {FOR_EVER}" for name in with_hash(folder))
    return f"""\
# Embedding Lab on Netlify and Cloudflare Pages, which compress, know the types, and have all else asked for again.
# The page has to be the root of the site.

/*
{lines("  {name}: {value}", HEADERS)}

{hashed}
"""


def hashed_addresses(folder):
    """The addresses with a hash that a finished page names."""
    return re.findall(r"[\w./-]+\?[0-9a-f]{12}", (folder / "index.html").read_text(encoding="utf-8"))


def with_hash(folder):
    """The files that are only asked for by an address with a hash, without source maps, which developers ask for."""
    asked = {address.split("?")[0] for address in hashed_addresses(folder)}
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".map")
    names = (path.relative_to(folder).as_posix() for path in files)
    return [name for name in names if name in asked or re.search(HASHED, f"/{name}")]
