"""For teachers: solutions switched off by the address, one section on paper, links to states, the licence."""

import re

import pytest

from tests.browser.conftest import ROOT

A4 = {"format": "A4"}
EXERCISES = range(1, 5)


def pages(page):
    """How many pages the printer gets."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(**A4)))


def print_section(page, section):
    """Press a section's button; the dialogue does not open under test."""
    page.evaluate("() => { globalThis.printed = 0; globalThis.print = () => { printed += 1 } }")
    page.locator(f"#{section} > .onward .print-section").click()
    assert page.evaluate("printed") == 1


@pytest.mark.parametrize("section, most", [("dynamics", 3), ("map", 3), ("why-embeddings", 6), ("glossary", 5)])
def test_one_section_is_printed_alone(lab, section, most):
    page = lab.open_without_python().page
    print_section(page, section)
    page.emulate_media(media="print")
    shown = page.locator("main > *").locator("visible=true").evaluate_all("all => all.map((one) => one.id)")
    assert shown == [section]
    assert page.locator("footer .licence").is_visible() and not page.locator("footer p").first.is_visible()
    assert 1 <= pages(page) <= most
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("main > *").locator("visible=true").count() > 10
    assert pages(page) > 40


def test_every_section_has_its_button(still):
    sections = still.page.locator("main > section[id]")
    buttons = still.page.locator("main > section[id] > .onward > .print-section")
    assert sections.count() == buttons.count() > 12
    for width in (1280, 390):
        still.page.set_viewport_size({"width": width, "height": 844})
        assert all(button.bounding_box()["height"] >= 24 for button in buttons.all())
    still.page.set_viewport_size({"width": 1280, "height": 800})


def test_a_figure_that_is_printed_alone_has_its_drawing(lab):
    page = lab.open_without_python().page
    print_section(page, "dynamics")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#dynamics .on-paper").locator("visible=true").count() == 2
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".on-paper").count() == 0
    assert page.locator("html").get_attribute("data-print") is None


def off(lab):
    """A page that came by ?solutions=off, with attempts made at all exercises."""
    names = (
        lab.open("?solutions=off#exercise-1")
        .page.locator(".exercise")
        .evaluate_all("all => all.map((one) => one.dataset.exercise)")
    )
    progress = "{" + ",".join(f'"{name}":{{"tried":true,"solved":true,"hints":9}}' for name in names) + "}"
    lab.page.evaluate("progress => localStorage.setItem('exercises', progress)", progress)
    return lab.open("?solutions=off#exercise-1").page


def test_solutions_that_are_switched_off_cannot_be_opened_and_it_says_so(lab):
    page = off(lab)
    for number in EXERCISES:
        exercise = page.locator(f"#exercise-{number}")
        exercise.scroll_into_view_if_needed()
        exercise.locator(".exercise-links").wait_for()  # the exercises' module is here
        exercise.locator(".solution").evaluate("fold => { fold.hidden = false; fold.open = true }")
        assert exercise.locator(".hint").first.is_visible()
        assert exercise.get_by_text("Solutions are switched off in this address.").is_visible()
        assert not exercise.locator(".solution").is_visible() and not exercise.locator(".solution-locked").is_visible()


def test_they_stay_off_wherever_the_reader_goes_in_the_page(lab):
    page = off(lab)
    page.click("#exercise-1 .exercise-links a >> nth=2")
    page.locator("#word2vec > .onward a[rel=next]").click()
    page.go_back()
    page.reload()
    assert "solutions=off" in page.url and page.locator("html").get_attribute("data-solutions") == "off"
    assert not page.locator("#exercise-3 .solution").is_visible()


def test_without_the_switch_a_solution_opens_after_an_attempt(lab):
    off(lab)
    page = lab.open("#exercise-1").page
    solution = page.locator("#exercise-1 .solution")
    solution.wait_for()
    solution.locator("summary").click()
    assert solution.locator("pre, .listing").first.is_visible()
    assert not page.locator("#exercise-1 .solution-off").is_visible()


@pytest.mark.parametrize("query", ["?solutions=on", "?solutions=offx", "?xsolutions=off", "?a=solutions=off"])
def test_other_addresses_do_not_switch_them_off(lab, query):
    page = lab.open(query).page
    assert page.locator("html").get_attribute("data-solutions") is None


def test_the_teachers_section_leads_to_states_and_says_what_may_be_reused(still):
    section = still.page.locator("#teachers")
    links = section.locator("a").evaluate_all("all => all.map((link) => link.getAttribute('href'))")
    assert {"#dynamics?k=1&play", "#dynamics?k=5&frame=120", "?only=map", "?solutions=off#exercise-1"} <= set(links)
    assert "#map?on=gender,capitals&off=food&plane=pca" in links
    assert {f"#exercise-{number}" for number in EXERCISES} <= set(links)
    licence = "https://creativecommons.org/licenses/by/4.0/"
    assert licence in links
    assert section.locator(".minutes").count() == 0
    footer = still.page.locator("footer .licence")
    assert footer.locator(f"a[rel=license][href='{licence}']").count() == 1 and "MIT" in footer.inner_text()
    assert still.page.locator(footer.locator("a").last.get_attribute("href")).is_visible()
    assert still.page.locator("nav[aria-labelledby=contents-title] a[href='#teachers']").count() == 1


def test_the_licence_file_has_both_parts():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Permission is hereby granted, free of charge" in text and "CC BY 4.0" in text
    assert "CC BY 4.0" in (ROOT / "README.md").read_text(encoding="utf-8")
