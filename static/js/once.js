/* A form with data-once is sent once, however often its button is pressed; coming back to the page frees it */
{
	const sent = new WeakSet();
	const setDisabled = (form, disabled) => {
		for (const button of form.elements) if (button.type === "submit") button.disabled = disabled;
	};

	document.addEventListener("submit", (event) => {
		const form = event.target;
		if (!form.matches("form[data-once]")) return;
		if (sent.has(form)) return event.preventDefault();
		sent.add(form);
		/* Later, or the pressed button's own name and value would not be sent */
		setTimeout(() => setDisabled(form, true));
	});
	window.addEventListener("pageshow", () => {
		for (const form of document.querySelectorAll("form[data-once]")) {
			sent.delete(form);
			setDisabled(form, false);
		}
	});
}
