from collections.abc import Mapping
from copy import copy
from functools import partial

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.utils import ErrorDict
from django.utils.translation import gettext, gettext_lazy, ngettext

from orders.catalogue.languages import TextsByLanguage
from orders.catalogue.pictures import MOST, TooManyPictures, add_pictures
from orders.models import Product, ProductPicture
from shopadmin.edit_conflicts import caught_up
from shopadmin.pictures.encoding import EncodedPicture, PictureRefused
from shopadmin.pictures.upload import ACCEPTED, encoded

FORM = "pictures-form"


class SeveralFiles(forms.FileInput):
    """A control that takes several files."""

    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Several files, each with what is wrong with it, called by its name."""

    widget = SeveralFiles(attrs={"accept": ACCEPTED})

    def clean(self, data: list[UploadedFile], initial=None) -> list[EncodedPicture]:
        """Return the pictures, made into the files that the shop shows."""
        if not data:
            raise forms.ValidationError(self.error_messages["required"])
        pictures, problems = [], []
        for file in data:
            try:
                pictures.append(encoded(file))
            except PictureRefused as reason:
                problems.append(f"{file.name}: {reason}")
        if problems:
            raise forms.ValidationError(problems)
        return pictures


class UploadForm(forms.Form):
    """Pictures to add to a product: all of them or none."""

    pictures = PicturesField(label=gettext_lazy("Add pictures"))

    def __init__(self, data=None, files=None, *, product: Product) -> None:
        super().__init__(data, files)
        self.product = product
        self.room = MOST - product.pictures.count()
        self.fields["pictures"].widget.attrs["form"] = "upload-form"

    def is_valid(self) -> bool:
        """Look into no file as long as there are more than fit."""
        if self.is_bound and len(self.files.getlist("pictures")) > self.room:
            self._errors = ErrorDict(pictures=self.error_class([self._no_room()]))
        return super().is_valid()

    def save(self) -> list[ProductPicture]:
        """Add them; nothing where somebody else filled the room meanwhile, which is an error of the field."""
        try:
            return add_pictures(self.product, self.cleaned_data["pictures"])
        except TooManyPictures:
            self.add_error("pictures", self._no_room())
            return []

    def _no_room(self) -> str:
        words = ngettext(
            "A product has up to %(most)d pictures: you can add %(room)d more.",
            "A product has up to %(most)d pictures: you can add %(room)d more.",
            self.room,
        )
        return words % {"most": MOST, "room": self.room}


class PictureForm(forms.ModelForm):
    """What a picture shows, in each language of the shop."""

    class Meta:
        model = ProductPicture
        fields = ["description"]

    def __init__(self, data: Mapping | None, *, instance: ProductPicture) -> None:
        super().__init__(data, instance=instance, prefix=f"picture_{instance.pk}")
        entered = {code: {"description": text} for code, text in instance.translations.items()}
        self.translations = TextsByLanguage(self, ["description"], entered)
        self.translations.name_the_language()
        for field in self.fields.values():
            field.widget.attrs["form"] = FORM

    def save(self, commit: bool = True) -> ProductPicture:
        typed = self.translations.typed()
        self.instance.translations = {code: texts["description"] for code, texts in typed.items() if texts}
        return super().save(commit)


class PictureForms:
    """The descriptions of all pictures of a product, sent together."""

    def __init__(self, product: Product, data: Mapping | None = None) -> None:
        self.forms = [caught_up(partial(_form, picture), data) for picture in product.pictures.all()]

    def is_valid(self) -> bool:
        """Whether all make sense and nobody wrote the same one meanwhile; each is asked, and says what is wrong."""
        for form in self.forms:
            for conflict in form.conflicts:
                words = gettext("Someone else has saved “%(theirs)s” here. Save again to replace it.")
                form.add_error(conflict.bound.name, words % {"theirs": conflict.theirs_shown})
        problems = [form.errors for form in self.forms]
        return not any(problems)

    def save(self) -> None:
        """Save those in which something was typed."""
        for form in self.forms:
            if form.has_changed():
                form.save()


def _form(picture: ProductPicture, data: Mapping | None) -> PictureForm:
    return PictureForm(data, instance=copy(picture))
