/* Search everywhere: what is found is chosen with the arrow keys while the cursor stays in the field.
   Enter opens it, with Ctrl in a new tab; whoever is quicker than the answer gets its first result. */
{
	const finder = document.getElementById("finder");
	const field = finder.querySelector("[role=combobox]");
	const options = () => [...finder.querySelectorAll("[role=option]")];
	const chosen = () => finder.querySelector("[aria-selected=true]");
	let isStale = false, opensNext = false;

	/* The field names what belongs to it while that is there */
	const tie = (attribute, element) =>
		element ? field.setAttribute(attribute, element.id) : field.removeAttribute(attribute);
	const choose = (option) => {
		chosen()?.setAttribute("aria-selected", "false");
		option?.setAttribute("aria-selected", "true");
		option?.scrollIntoView({ block: "nearest" });
		tie("aria-activedescendant", option);
	};
	const move = (step) => {
		const all = options();
		choose(all.at((all.indexOf(chosen()) + step) % all.length));
		field.focus();
	};
	const open = (event) => {
		if (isStale && !opensNext) opensNext = true;
		else if (event.ctrlKey || event.metaKey) chosen() && window.open(chosen().href, "_blank", "noopener");
		else chosen()?.click();
	};

	finder.addEventListener("keydown", (event) => {
		const { key, target } = event;
		if (event.isComposing || event.altKey) return;
		if (key === "Escape") finder.close();
		else if (key === "ArrowDown" || key === "ArrowUp") move(key === "ArrowDown" ? 1 : -1);
		else if (key === "Enter" && (target === field || target.matches("[role=listbox]"))) open(event);
		else return;
		event.preventDefault();
	});
	field.addEventListener("input", () => (isStale = true));
	/* What the page itself still waits for, such as the total of a list, is no answer to the field */
	document.addEventListener("htmx:after:swap", (event) => {
		if (!finder.open || event.target !== field) return;
		isStale = false;
		field.setAttribute("aria-expanded", String(options().length > 0));
		tie("aria-controls", finder.querySelector("[role=listbox]"));
		choose(options()[0]);
		if (opensNext) chosen()?.click();
		opensNext = false;
	});
	/* Opened again, the next letter replaces what was searched for */
	finder.addEventListener("focusin", (event) => event.target === field && !isStale && field.select());
}
