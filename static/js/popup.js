/* Menus behind a button (details.popup) close on Escape, on a click elsewhere, and when another one opens */
{
	const close = (popup) => popup.removeAttribute("open");
	const opened = () => document.querySelectorAll("details.popup[open]");

	document.addEventListener("click", (event) => {
		for (const popup of opened()) {
			if (!popup.contains(event.target) || event.target.closest("[commandfor]")) close(popup);
		}
	});
	document.addEventListener("keydown", (event) => {
		if (event.key !== "Escape") return;
		for (const popup of opened()) {
			if (popup.contains(document.activeElement)) popup.querySelector("summary").focus();
			close(popup);
		}
	});
	document.addEventListener("focusin", (event) => {
		for (const popup of opened()) if (!popup.contains(event.target)) close(popup);
	});
}
