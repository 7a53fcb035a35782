"""Django's Jinja backend, with `page.jinja#block` for the block of a page that htmx asks for."""

from django.template import TemplateDoesNotExist
from django.template.backends import jinja2


class Templates(jinja2.Jinja2):
    """The project's only template engine."""

    def get_template(self, template_name: str) -> jinja2.Template:
        """Load a page or, with `#` and its name behind, one block of it."""
        name, _, block = template_name.partition("#")
        template = super().get_template(name)
        return jinja2.Template(Block(template.template, block), self) if block else template


class Block:
    """One block of a page, rendered as the backend renders a template.

    It runs on its own: imports and `set` at the top of the file are not seen in it.
    """

    def __init__(self, template, name: str) -> None:
        if name not in template.blocks:
            raise TemplateDoesNotExist(f"{template.name}#{name}")
        self.template, self.filename, self.name = template, template.filename, f"{template.name}#{name}"
        self.write = template.blocks[name]

    def render(self, context: dict) -> str:
        """Return the HTML of the block."""
        environment = self.template.environment
        try:
            return environment.concat(self.write(self.template.new_context(context)))
        except Exception:
            environment.handle_exception()
