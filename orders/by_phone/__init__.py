"""Orders that a merchant enters for a customer: searched, typed, reviewed, and placed as any other by the checkout."""
