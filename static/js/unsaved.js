/* A form with data-unsaved warns before what was changed in it is lost; one with data-ctrl-s is saved by that key.
   What stands in it is compared with what the page came with, so that nothing is asked once all is set back. */
{
	const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
	let sent = null;

	const differs = (control) => {
		if (control.type === "file") return control.files.length > 0;
		if (control.matches("[type=checkbox], [type=radio]")) return control.checked !== control.defaultChecked;
		if (!control.options) return control.value !== control.defaultValue;
		const all = [...control.options];
		const isPreset = control.multiple || all.some((option) => option.defaultSelected);
		return isPreset ? all.some((option) => option.selected !== option.defaultSelected) : control.selectedIndex > 0;
	};
	/* A page that came back with errors holds what is not saved yet */
	const isUnsaved = (form) =>
		form !== sent &&
		(form.querySelector("[data-focus]") ||
			[...form.elements].some((control) => control.matches("input, select, textarea") && differs(control)));
	const unsaved = () => [...document.querySelectorAll("form[data-unsaved]")].filter(isUnsaved);

	window.addEventListener("beforeunload", (event) => unsaved().length && event.preventDefault());
	/* A part of the page that is about to be swapped, with a form in it */
	document.addEventListener("htmx:before:request", (event) => {
		const { target } = event.detail.ctx;
		const form = unsaved().find((form) => target?.contains?.(form) && form.dataset.unsaved);
		if (form && !window.confirm(form.dataset.unsaved)) event.preventDefault();
	});
	document.addEventListener("submit", (event) => {
		if (event.target.matches("[data-unsaved]")) sent = event.target;
	});
	window.addEventListener("pageshow", () => (sent = null));

	document.addEventListener("keydown", (event) => {
		const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
		const isSave = key.toLowerCase() === "s" && (isMac ? metaKey && !ctrlKey : ctrlKey && !metaKey);
		const form = isSave && !altKey && !shiftKey && document.querySelector("form[data-ctrl-s]");
		if (!form || document.querySelector("dialog:modal")) return;
		event.preventDefault();
		form.requestSubmit();
	});
}
