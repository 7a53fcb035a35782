"""Somebody at a browser who reads words, presses what they say and types."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect


class Visitor:
    """Keyboard and mouse alone: nothing is found but by the words that are seen or read out."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def comes_to(self, address: str) -> None:
        """Type an address into the browser."""
        self.page.goto(address)

    def presses(self, *words: str) -> None:
        """Press links or buttons, one after the other."""
        for word in words:
            # A browser sets hidden words apart by a blank.
            name = re.compile(rf"^{re.escape(word).replace(':', ' ?:')}$")
            link, button = (self.page.get_by_role(role, name=name) for role in ("link", "button"))
            link.or_(button).filter(visible=True).click()

    def types(self, answers: dict[str, str]) -> None:
        """Type answers into the fields of those labels, over what is there."""
        for label, text in answers.items():
            field = self.field(label)
            field.click()
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(text)

    def chooses(self, label: str, choice: str) -> None:
        """Choose from a list by typing how the choice begins."""
        field = self.field(label)
        field.focus()
        self.page.keyboard.type(choice)
        expect(field.locator("option:checked")).to_have_text(choice)

    def ticks(self, *labels: str) -> None:
        """Press the boxes and knobs of those that begin so."""
        for label in labels:
            self.page.get_by_label(re.compile(rf"^{re.escape(label)}\b")).filter(visible=True).click()

    def hands_over(self, words: str, *files: Path) -> None:
        """Choose files in the window that a label opens."""
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_label(words).click()
        chooser.value.set_files(files)

    def reads(self, *words: str) -> None:
        """See those words on the page."""
        for word in words:
            expect(self.page.locator("body")).to_contain_text(word)

    def field(self, label: str) -> Locator:
        """The field of a label, behind which a word such as "optional" may stand."""
        return self.page.get_by_label(re.compile(rf"^{re.escape(label)}( \w+)?$")).filter(visible=True)
