"""The gallery: every macro rendered with invented values, photographed at phone and desk width.

Run as `python -m tests.support.gallery OUTDIR`.
"""

import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from qrcode import QRCode
from weasyprint import CSS, HTML

from assemblies.foundation.templating import dress
from tests.support import gallery_values as values

ROOT = Path(__file__).resolve().parents[2]
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:"
PAGES = {
    "staff": ("staff.html", values.STAFF_FRAME),
    "owner": ("owner.html", values.OWNER_FRAME),
    "owner-larger": ("owner.html", values.LARGE_FRAME),
    "entry": ("entry.html", values.OWNER_FRAME),
    "error": ("errors/error.html", values.OWNER_FRAME),
}
PRINTS = ("print_notice", "print_letters")
WIDTHS = (390, 1280)
MACROS = {
    "rail": ("staff", ".rail"),
    "twin_bars": ("staff", ".twin"),
    "building_grid": ("staff", ".building"),
    "verdict_card": ("staff", ".verdict"),
    "step_list": ("staff", ".steps"),
    "data_table": ("staff", ".table[role=table]:has(.row-warn)"),
    "notice": ("staff", ".notice-error"),
    "form": ("staff", "#item"),
    "choice_row": ("owner", ".choices-row"),
    "choice_stack": ("owner", "#f-item-2"),
    "receipt_card": ("entry", ".receipt"),
}


class StrictHandler(SimpleHTTPRequestHandler):
    """Serves the gallery under the policy the product answers with."""

    def end_headers(self) -> None:
        """Add the policy to every answer."""
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def environment() -> Environment:
    """Set up the templates as the application does, with stand-ins for what Flask adds."""
    folders = [
        FileSystemLoader(ROOT / "templates"),
        FileSystemLoader(ROOT / "tests/support/gallery_pages"),
    ]
    made = Environment(loader=ChoiceLoader(folders), autoescape=True)
    dress(made)
    made.globals["url_for"] = lambda _endpoint, filename: f"/static/{filename}"
    made.globals["get_flashed_messages"] = lambda **_options: [("ok", "已保存。")]
    return made


def write_pages(folder: Path) -> None:
    """Write every page of the gallery and the static files it links."""
    templates = environment()
    folder.mkdir(parents=True, exist_ok=True)
    for name, (template, frame) in PAGES.items():
        text = templates.get_template(template).render(**values.VALUES, frame=frame, **values.ERROR)
        (folder / f"{name}.html").write_text(text, "utf-8")
    shutil.copytree(ROOT / "static", folder / "static", dirs_exist_ok=True)


def qr_source() -> str:
    """Draw an invented address as a QR picture that needs no file."""
    code = QRCode(mask_pattern=3, border=2)
    code.add_data("https://zhongjue.example/v/K7QM3XTD")
    picture = BytesIO()
    code.make_image().get_image().convert("1").save(picture, "PNG")
    return f"data:image/png;base64,{b64encode(picture.getvalue()).decode('ascii')}"


def write_prints(folder: Path) -> None:
    """Write the printed samples as PDF."""
    templates = environment()
    folder.mkdir(parents=True, exist_ok=True)
    sheet = CSS(filename=ROOT / "static/css/print.css")
    for name in PRINTS:
        text = templates.get_template(f"{name}.html").render(
            **values.VALUES, qr_source=qr_source(), nine_items=values.NINE_ITEMS
        )
        HTML(string=text).write_pdf(folder / f"{name}.pdf", stylesheets=[sheet])


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on a free local port and give its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(StrictHandler, directory=folder)) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the system's Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--disable-background-networking", "--lang=zh-CN"],
        )
        yield chromium
        chromium.close()


def photograph(folder: Path) -> None:
    """Take every page at every width, whole."""
    with served(folder) as address, browser() as chromium:
        for width in WIDTHS:
            page = chromium.new_page(viewport={"width": width, "height": 844}, locale="zh-CN")
            for name in PAGES:
                page.goto(f"{address}/{name}.html")
                page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
            page.close()


def photograph_macros(folder: Path) -> None:
    """Take the macros of the manual one by one, in few colours, for docs/look/."""
    (folder / "look").mkdir(exist_ok=True)
    with served(folder) as address, browser() as chromium:
        page = chromium.new_page(viewport={"width": 900, "height": 900}, locale="zh-CN")
        for name, (source, selector) in MACROS.items():
            page.goto(f"{address}/{source}.html")
            picture = folder / "look" / f"{name}.png"
            page.locator(selector).first.screenshot(path=picture)
            Image.open(picture).convert("RGB").quantize(64).save(picture, optimize=True)


def photograph_prints(folder: Path) -> None:
    """Turn the printed samples into pictures."""
    for name in PRINTS:
        target = folder / "look" / name
        subprocess.run(["pdftoppm", "-png", "-r", "60", folder / f"{name}.pdf", target], check=True)


if __name__ == "__main__":
    out = Path(sys.argv[1])
    write_pages(out)
    photograph(out)
    photograph_macros(out)
    write_prints(out)
    photograph_prints(out)
