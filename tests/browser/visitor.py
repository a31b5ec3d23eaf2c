"""What somebody in front of a browser does."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from assembly_required.contract.people import PASSWORD, Person


@dataclass
class Visitor:
    """Somebody in front of a browser.

    :param page: the page before him.
    :param surprises: dialogs and errors of scripts so far.
    :param site: the URL of the site, with its path prefix.
    """

    page: Page
    surprises: list[str]
    site: str

    def __post_init__(self) -> None:
        """Let ``page.goto`` put the site before a path. With ``base_url``, a path prefix would get lost."""
        go = self.page.goto
        self.page.goto = lambda url, **options: go(self.at(url) if url.startswith("/") else url, **options)

    def register(self, name: str) -> None:
        self.page.goto("/register")
        self.page.fill("input[name=username]", name)
        self.page.fill("input[name=email]", f"{name}@test.com")
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("button[type=submit]")
        expect(self.page).to_have_url(self.at("/"))

    def sign_in(self, person: Person) -> None:
        self.page.goto("/login")
        self.page.fill("input[name=email]", person.email)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("button[type=submit]")
        expect(self.page).to_have_url(self.at("/"))

    def write(self, title: str, description: str = "About", body: str = "Text", tags: Sequence[str] = ()) -> str:
        """Publish an article through the form; its path."""
        self.page.goto("/editor")
        self.page.fill("input[name=title]", title)
        self.page.fill("input[name=description]", description)
        self.page.fill("textarea[name=body]", body)
        for tag in tags:
            self.page.fill('input[placeholder="Enter tags"]', tag)
            self.page.press('input[placeholder="Enter tags"]', "Enter")
        self.page.click("button:has-text('Publish Article')")
        self.page.wait_for_url("**/article/*")
        return self.page.url.removeprefix(self.at(""))

    def read_mail(self, letters: int) -> None:
        """Open the page with the mail until so many letters are on it: they leave when an answer has gone."""
        for _ in range(50):
            self.page.goto("/mail")
            if self.page.locator(".letter").count() >= letters:
                break
            self.page.wait_for_timeout(100)
        expect(self.page.locator(".letter")).to_have_count(letters)

    def at(self, path: str) -> str:
        """The whole address of a path."""
        return self.site + path

    def path(self, path: str) -> str:
        """A path as links on the pages have it, with the path prefix."""
        return urlsplit(self.site).path + path

    def button(self, text: str) -> Locator:
        return self.page.locator("button", has_text=text)
