"""The files for hosts do what they say: on nginx, on Apache, and by the rules of Netlify and Cloudflare Pages."""

import gzip
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from builder import hosting
from builder.project import ROOT
from builder.server import Files, Server, serving
from tests.browser.conftest import DIST, Lab

PATH = f"{os.environ['PATH']}{os.pathsep}/usr/sbin"
APACHE_MODULES = Path("/usr/lib/apache2/modules")
NGINX = """
daemon off; pid {folder}/pid; error_log {folder}/errors;
events {{ }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    location /some/repo/ {{ alias {folder}/page/; include {folder}/page/nginx.conf; }}
  }}
}}
"""
APACHE = """
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/errors
TypesConfig /dev/null
{modules}
User nobody
Group nogroup
Alias /some/repo {folder}/page
<Directory {folder}/page>
  Require all granted
  AllowOverride FileInfo
</Directory>
"""


@contextmanager
def started(program, configuration, arguments, **values):
    """The address of the page below a path of a server that runs on a free port until the end."""
    found = shutil.which(program, path=PATH)
    if not found:
        pytest.skip(f"{program} is not installed (on Debian: apt install {program})")
    with tempfile.TemporaryDirectory() as name, socket.socket() as free:
        folder = Path(name)
        folder.chmod(0o755)  # the servers give up root's rights
        shutil.copytree(DIST, folder / "page")
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        (folder / "conf").write_text(configuration.format(folder=folder, port=port, **values))
        process = subprocess.Popen([found, *arguments, folder / "conf"], cwd=folder)
        try:
            answers(port, process)
            yield f"http://localhost:{port}/some/repo/"
        finally:
            process.terminate()
            process.wait()


def answers(port, process):
    """Wait until a server takes connections."""
    while process.poll() is None:
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise AssertionError(f"the server has ended with the status {process.returncode}")


@contextmanager
def nginx():
    with started("nginx", NGINX, ["-e", "stderr", "-c"]) as url:
        yield url


@contextmanager
def apache2():
    modules = ["mpm_event", "authz_core", "dir", "alias", "mime", "filter", "deflate", "headers"]
    if shutil.which("apache2", path=PATH) and not APACHE_MODULES.exists():
        pytest.skip(f"Apache's modules are not in {APACHE_MODULES}")
    loaded = "\n".join(f"LoadModule {module}_module {APACHE_MODULES}/mod_{module}.so" for module in modules)
    with started("apache2", APACHE, ["-DFOREGROUND", "-f"], modules=loaded) as url:
        yield url


def rules(text):
    """{pattern of paths: {header: value}} of a _headers file."""
    found = {}
    for line in text.splitlines():
        if line.startswith("/"):
            headers = found.setdefault(line, {})
        elif line.strip() and not line.startswith("#"):
            name, value = line.strip().split(": ", 1)
            headers[name] = value
    return found


class ByRules(Files):
    """What Netlify and Cloudflare Pages send: the headers of all rules that fit a path, else their own."""

    rules = {}

    def send_response(self, code, message=None):
        super().send_response(code, message)
        fitting = [headers for path, headers in self.rules.items() if fnmatchcase(self.path.split("?")[0], path)]
        sent = [header for headers in fitting for header in headers.items()]
        assert len(sent) == len(dict(sent))  # they join the values of two rules with a comma
        for name, value in ({"Cache-Control": "public, max-age=0, must-revalidate"} | dict(sent)).items():
            self.send_header(name, value)


@contextmanager
def by_rules():
    ByRules.rules = rules((DIST / "_headers").read_text())
    with serving(DIST, handler=ByRules) as url:
        yield url


@contextmanager
def own():
    with serving(DIST) as url:
        yield url


HOSTS = {host.__name__: host for host in (nginx, apache2, by_rules, own)}
SERVERS = ("nginx", "apache2")  # that compress and know types as their file says


@pytest.fixture(scope="module", params=HOSTS)
def host(request):
    """The address of the page on a host, and the host's name."""
    with HOSTS[request.param]() as url:
        yield url, request.param


def get(url, **headers):
    """(status, headers, body) of an answer."""
    request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def files():
    return [path for path in DIST.rglob("*") if path.suffix[1:] in hosting.TYPES]


def test_the_page_is_live_without_a_complaint_and_keeps_what_has_a_hash(host, browser):
    url, _ = host
    lab, answers = Lab(browser, url), []
    lab.page.on("response", lambda answer: answers.append(answer))
    lab.open().ready()
    assert lab.page.evaluate("lab.run('6 * 7')")["result"] == "42"
    caching = {a.url.removeprefix(url): a.headers["cache-control"] for a in answers if a.url.startswith(url)}
    kept = {name for name in caching if "immutable" in caching[name]}
    assert kept == {name for name in caching if re.search(r"[?-][0-9a-f]{12}(/|$)|-[0-9A-Z]{8}\.js$", name)}
    assert {"static/main.js", "static/worker.js", "runtime/app.zip.bin"} <= {name.split("?")[0] for name in kept}
    assert {"", "static/fonts/inter-latin-wght-normal.woff2"} <= set(caching) - kept
    lab.close()


def test_every_file_has_the_policy_and_its_type_and_can_be_asked_for_again(host):
    url, name = host
    for path in [DIST / "index.html", *files()]:
        address = f"{url}{path.relative_to(DIST).as_posix()}"
        status, headers, body = get(address)
        assert status == 200 and body == path.read_bytes()
        assert headers["Content-Security-Policy"] == hosting.POLICY
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers.get_content_type() == hosting.TYPES[path.suffix[1:]], path
        if path.suffix[1:] in hosting.TEXT:
            assert headers.get_content_charset() == "utf-8", path
        assert get(address, If_Modified_Since=headers["Last-Modified"])[0] == 304


def test_what_is_missing_has_the_policy_and_is_not_kept(host):
    status, headers, _ = get(f"{host[0]}static/missing-ABCDEFGH.js")
    assert status == 404 and headers["Content-Security-Policy"] == hosting.POLICY
    assert "immutable" not in headers.get("Cache-Control", "")


def test_text_is_compressed_on_the_way_and_what_is_compressed_is_not(host):
    for path in files():
        address = f"{host[0]}{path.relative_to(DIST).as_posix()}"
        _, headers, body = get(address, Accept_Encoding="gzip")
        if path.suffix[1:] in hosting.TEXT and path.stat().st_size > 1000:
            assert headers["Content-Encoding"] == "gzip" and "Accept-Encoding" in headers["Vary"], path
            assert gzip.decompress(body) == path.read_bytes()
            validators = {"If_Modified_Since": headers["Last-Modified"]}
            if headers["ETag"]:
                validators["If_None_Match"] = headers["ETag"]
            assert get(address, Accept_Encoding="gzip", **validators)[0] == 304, path
        elif path.suffix[1:] in hosting.BINARY:
            assert headers["Content-Encoding"] is None, path


def test_connections_of_a_class_that_opens_the_page_at_once_are_kept_waiting():
    with Server(("127.0.0.1", 0), Files) as server, ExitStack() as clients:  # it does not answer yet
        for _ in range(60 * 6):  # a browser opens six
            clients.enter_context(socket.create_connection(server.server_address, timeout=5))


def test_the_readme_names_the_policy_that_is_sent():
    assert f"`{hosting.POLICY}`" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_rules_stay_within_what_cloudflare_takes():
    text = (DIST / "_headers").read_text()
    assert len(rules(text)) <= 100 and max(map(len, text.splitlines())) <= 2000


def test_the_service_worker_is_asked_for_again_each_time_and_the_manifest_has_its_type(host):
    status, headers, body = get(f"{host[0]}sw.js")
    assert status == 200 and headers.get_content_type() == "text/javascript" and b"integrity" in body
    assert {"no-cache", "max-age=0"} & set(re.split(r",\s*", headers["Cache-Control"]))
    assert get(f"{host[0]}static/app.webmanifest")[1].get_content_type() == "application/manifest+json"
