from django import forms


class StepForm(forms.Form):
    """One place up (-1) or down (1) in a list that the merchant sorts."""

    step = forms.TypedChoiceField(choices=[(-1, "-1"), (1, "1")], coerce=int)
