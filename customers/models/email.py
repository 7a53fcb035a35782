from django import forms
from django.db import models

from customers.email_addresses import normalise_email, validate_mailbox
from customers.record.email_field import EmailField


class NormalisedEmailField(models.EmailField):
    """An email address that is normalised whichever way it comes in: form, lookup, save or bulk."""

    default_validators = [validate_mailbox]

    def formfield(self, **kwargs) -> forms.Field:
        return super().formfield(**{"form_class": EmailField, **kwargs})

    def to_python(self, value: str | None) -> str | None:
        value = super().to_python(value)
        return normalise_email(value) if value else value

    def get_prep_value(self, value: str | None) -> str | None:
        value = super().get_prep_value(value)
        return normalise_email(value) if value else value

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value
