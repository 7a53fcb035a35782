"""What a person gives to an import: the file, and where each of its columns goes."""

from collections.abc import Callable
from pathlib import Path

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.importing import files as importing_files
from customers.importing.columns import IMPORTED
from customers.importing.encodings import ENCODINGS, encoding_name
from customers.importing.reading import NoKeyColumn, Source, Unreadable
from customers.models import Address, Customer, FileImport
from customers.privacy.erasure import noted_people
from shopadmin.storage.kept import OutOfReach

MOST_COLUMNS = 300
SIGNS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
SEPARATORS = {
    "comma": gettext_lazy("comma"),
    "semicolon": gettext_lazy("semicolon"),
    "tab": gettext_lazy("tab"),
    "bar": gettext_lazy("vertical bar"),
}


class UploadForm(forms.Form):
    """A CSV file; one that nothing can be taken from is answered here and not kept."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv,text/plain"}),
        error_messages={"required": gettext_lazy("Choose a file."), "empty": gettext_lazy("The file is empty.")},
    )

    def __init__(self, *args, model: type[FileImport], examine: Callable[..., Source], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.model, self.examine = model, examine

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_MAX_SIZE:
            raise ValidationError(too_large())
        try:
            self._keep(file)
        except Unreadable as error:
            raise ValidationError(str(error)) from error
        except OutOfReach as error:
            raise ValidationError(cannot_be_reached()) from error
        except OSError as error:
            raise ValidationError(cannot_be_stored()) from error
        return file

    def _keep(self, file: UploadedFile) -> None:
        """Look at the file where it lies, and keep it unless it is there already."""
        with importing_files.as_it_came(file) as path:
            self.source = _usable(path, self.examine)
            self.earlier = unfinished(self.model, self.source.fingerprint)
            self.kept = ""
            if self.earlier is None or not importing_files.is_there(self.earlier):
                self.kept = importing_files.keep(file, noted_people.numbers_in(path, self.source.encoding))

    def save(self, *, by: Customer) -> tuple[FileImport, bool]:
        """The import of this file, and whether it is an earlier one that is not over yet."""
        source = self.source
        facts = {name: getattr(source, name) for name in ("encoding", "delimiter", "fingerprint", "lines")}
        if self.earlier is None:
            name = self.cleaned_data["file"].name[:200]
            return self.model.objects.create(name=name, file=self.kept, by=by, **facts), False
        if self.kept:
            self.model.objects.filter(pk=self.earlier.pk).update(file=self.kept, lines=source.lines)
        return self.earlier, True


def cannot_be_stored() -> str:
    return _("The file could not be stored, possibly because the server's disk is full. Nothing was imported.")


def cannot_be_reached() -> str:
    return _("The shop's files cannot be reached at the moment. Nothing was imported. Try again in a few minutes.")


def too_large() -> str:
    return _("The file is too large. The maximum size is %(most)s.") % {
        "most": filesizeformat(settings.UPLOAD_MAX_SIZE)
    }


def unfinished(model: type[FileImport], fingerprint: str) -> FileImport | None:
    """The import of the same file, brought here before, that did not come to its end."""
    same = model.objects.that_may_go_on().filter(fingerprint=fingerprint)
    brought, forgotten = same.exclude(file=""), same.filter(file="", path="")
    return next((one for one in brought | forgotten if one.is_new or one.is_under_way or one.is_half_done), None)


def _usable(path: Path, examine: Callable[..., Source]) -> Source:
    """The file, read far enough to know that there is something in it to import."""
    try:
        source = examine(path)
    except NoKeyColumn as error:
        if not any(error.source.fields):
            known = _("No columns were recognised. The first row must contain the column names, as in the template.")
            raise Unreadable(known) from error
        source = error.source
    if len(source.header) > MOST_COLUMNS:
        raise Unreadable(_("The file has more than %(most)s columns.") % {"most": MOST_COLUMNS})
    if next(source.rows(), None) is None:
        raise Unreadable(_("The file has no rows below the column names."))
    return source


class ReadingForm(forms.Form):
    """How a file is to be read, where what was found out is wrong."""

    encoding = forms.ChoiceField(label=gettext_lazy("Encoding"), choices=list(ENCODINGS.items()))
    separator = forms.ChoiceField(label=gettext_lazy("Separator"))

    def __init__(self, job: FileImport, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.job, encoding = job, job.encoding.removesuffix("-sig")
        if encoding and encoding not in ENCODINGS:
            self.fields["encoding"].choices = [(encoding, encoding_name(encoding)), *ENCODINGS.items()]
        signs = SEPARATORS if job.delimiter in SIGNS.values() else {**SEPARATORS, job.delimiter: job.delimiter}
        self.fields["separator"].choices = list(signs.items())
        found = next((name for name, sign in SIGNS.items() if sign == job.delimiter), job.delimiter)
        self.initial = {"encoding": encoding, "separator": found}

    def save(self) -> None:
        """Read it so from now on; what the columns are has to be seen again."""
        chosen = self.cleaned_data["separator"]
        self.job.encoding, self.job.delimiter = self.cleaned_data["encoding"], SIGNS.get(chosen, chosen)
        self.job.columns = []
        self.job.save(update_fields=["encoding", "delimiter", "columns"])


class ColumnsForm(forms.Form):
    """Where each column of a file goes."""

    def __init__(self, source: Source, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choices = self.column_choices()
        for place, (title, name) in enumerate(zip(source.header, source.fields, strict=True)):
            label = title or _("Column %(number)s") % {"number": place + 1}
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=label, required=False, choices=choices, initial=name
            )

    def clean(self) -> dict:
        missing = self.missing()
        if missing and not self.errors:
            self.add_error("column_0", missing)
        return self.cleaned_data

    def missing(self) -> str:
        """What no column goes to that every row needs."""
        words = _("Choose a column for the email address. It identifies the customer.")
        return "" if "email" in self.chosen else words

    @property
    def chosen(self) -> list[str]:
        """The field of each column, in their order; empty for one that is left out."""
        return [self.cleaned_data.get(name, "") for name in self.fields]

    @staticmethod
    def column_choices() -> list[tuple]:
        """Every field that a column can go to, the addresses' among themselves."""
        of_customers = [(column.name, capfirst(column.label)) for column in IMPORTED if not column.kind]
        addresses = [
            (kind.label, [(column.name, capfirst(column.label)) for column in IMPORTED if column.kind == kind])
            for kind in Address.Kind
        ]
        return [("", _("Do not import")), (_("Customer"), of_customers), *addresses]
