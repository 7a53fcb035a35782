/* A link with data-dialog leads to a page that asks; where its dialog is at hand, it becomes a button that opens it */
{
	const upgrade = (link) => {
		if (!document.getElementById(link.dataset.dialog)?.showModal) return;
		const button = document.createElement("button");
		button.type = "button";
		button.className = link.className;
		button.setAttribute("command", "show-modal");
		button.setAttribute("commandfor", link.dataset.dialog);
		button.append(...link.childNodes);
		link.replaceWith(button);
	};
	const upgradeAll = () => document.querySelectorAll("a[data-dialog]").forEach(upgrade);
	upgradeAll();
	document.addEventListener("htmx:after:swap", upgradeAll);

	/* Browsers that do not know command and commandfor yet */
	if (!("commandForElement" in HTMLButtonElement.prototype)) {
		document.addEventListener("click", (event) => {
			const button = event.target.closest("button[commandfor]");
			const dialog = button && document.getElementById(button.getAttribute("commandfor"));
			if (!dialog?.showModal) return;
			button.getAttribute("command") === "close" ? dialog.close() : dialog.showModal();
		});
	}
}
