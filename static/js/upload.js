/* Pictures are sent as soon as they are chosen or dropped; without this, a button sends them */
{
	const hideButtons = () => {
		for (const row of document.querySelectorAll("[data-upload-button]")) row.hidden = true;
	};
	hideButtons();
	document.addEventListener("htmx:after:swap", hideButtons);
	document.addEventListener("change", ({ target }) => {
		if (target.closest("[data-upload]") && target.files.length) target.form.requestSubmit();
	});
}
