/* Pictures are sent as soon as they are chosen or dropped. Without this a button sends them, and it stays where
   somebody was quicker than the script */
{
	const hideButtons = () => {
		for (const row of document.querySelectorAll("[data-upload-button]")) {
			row.hidden = !row.closest(".field").querySelector("[type=file]").files.length;
		}
	};
	hideButtons();
	document.addEventListener("htmx:after:swap", hideButtons);
	document.addEventListener("change", ({ target }) => {
		if (target.closest("[data-upload]") && target.files.length) target.form.requestSubmit();
	});
}
