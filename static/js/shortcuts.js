/* Keys that work on every page of the backoffice: Ctrl K or / searches everywhere, ? lists the shortcuts.
   Those of a single key are silent where one types, and for whoever switched them off. */
{
	const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
	const typesIn = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
	/* The switch in the list of shortcuts, once it is there, is newer than the page */
	const singleKeys = () => [...document.querySelectorAll("[data-single-keys]")].at(-1)?.dataset.singleKeys === "on";

	const dialogOf = ({ key, ctrlKey, metaKey, altKey, shiftKey, target }) => {
		if (altKey) return;
		if (isMac ? metaKey && !ctrlKey : ctrlKey && !metaKey) return !shiftKey && key.toLowerCase() === "k" && "finder";
		if (ctrlKey || metaKey || target.matches(typesIn) || !singleKeys()) return;
		return { "/": "finder", "?": "shortcuts" }[key];
	};
	document.addEventListener("keydown", (event) => {
		const dialog = !event.isComposing && document.getElementById(dialogOf(event));
		if (!dialog) return;
		event.preventDefault();
		if (!document.querySelector("dialog:modal")) dialog.showModal();
	});

	/* Along the list that the page was opened from */
	document.addEventListener("keydown", ({ key, ctrlKey, metaKey, altKey, isComposing, target }) => {
		if (ctrlKey || metaKey || altKey || isComposing || target.matches(typesIn) || !singleKeys()) return;
		const rel = { j: "next", k: "prev" }[key];
		if (rel && !document.querySelector("dialog:modal")) document.querySelector(`.pager [rel=${rel}]`)?.click();
	});

	/* The keys as this machine names them */
	const nameKeys = () => {
		if (isMac) for (const key of document.querySelectorAll("[data-mac]")) key.textContent = key.dataset.mac;
	};
	nameKeys();
	document.addEventListener("htmx:after:swap", nameKeys);
}
