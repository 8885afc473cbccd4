"""What the tests of the buttons below figures share: choosing in the form, catching the file."""

from pathlib import Path


def row(page, name):
    return page.locator(f".take[data-of={name}]")


def ask(page, name, action, **answers):
    """Press a button and answer its questions; gives the form."""
    row(page, name).locator(f"[data-take={action}]").click()
    form = row(page, name).locator(".take-choice")
    form.wait_for()
    for question, answer in answers.items():
        field = form.locator(f"[name='{question}']")
        if field.first.evaluate("field => field.localName") == "select":
            field.select_option(answer)
        else:
            form.locator(f"[name='{question}'][value={answer}]").check()
    return form


def saved(page, name, action, **answers):
    """The file that a figure's button saves: (its name, its bytes)."""
    form = ask(page, name, action, **answers)
    with page.expect_download(timeout=120_000) as download:
        form.locator("[type=submit]").click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def told(page, name):
    """What stands beside the buttons, once there is something."""
    return row(page, name).locator("[role=status]:not(:empty)").inner_text()
