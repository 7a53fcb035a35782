from django import forms


class ApprovalForm(forms.Form):
    """Which of the two buttons was pressed: let in, or turn down."""

    decision = forms.ChoiceField(choices=[("approve", ""), ("refuse", "")])


class BlockingForm(forms.Form):
    """Which button was pressed: shut the account, or open it again."""

    decision = forms.ChoiceField(choices=[("block", ""), ("unblock", "")])
