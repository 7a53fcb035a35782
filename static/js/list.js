/* A list by keyboard: arrows go through its rows and up to the search, Enter opens one, Space or x picks it, and Shift
   picks all from the last one.
   Whatever htmx swaps, the rows are looked up when a key is pressed. */
{
	const links = () => [...document.querySelectorAll("#results tbody .cover")];
	const picks = () => [...document.querySelectorAll("#results tbody [name=picked]")];
	const rowOf = (element) => element.closest?.("#results tbody tr");
	const search = () => document.getElementById("id_q");

	const move = (from, step) => {
		const all = links();
		const here = rowOf(from);
		const next = here ? all.findIndex((link) => here.contains(link)) + step : step > 0 ? 0 : -1;
		if (next < 0 && here) search()?.focus();
		all[next]?.focus();
		return Boolean(all[next] || (next < 0 && here));
	};
	const pick = (row) => {
		const box = row?.querySelector("[name=picked]");
		box?.click();
		return Boolean(box);
	};
	const open = (row) => {
		row.querySelector(".cover").click();
		return true;
	};

	/* Where one writes, a key writes; only the arrow down leaves the search */
	const act = ({ key, target }) => {
		if (target === search()) return key === "ArrowDown" && move(target, 1);
		if (target.matches("input:not([type=checkbox]), textarea, select, [open] *, [popover] *")) return false;
		const row = rowOf(target);
		if (!row && target !== document.body) return false;
		if (key === "ArrowDown") return move(target, 1);
		if (key === "ArrowUp") return move(target, -1);
		if (key === "x" || (key === " " && target.matches(".cover"))) return pick(row);
		return key === "Enter" && target.matches("[name=picked]") && open(row);
	};
	document.addEventListener("keydown", (event) => {
		if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
		if (act(event)) event.preventDefault();
	});

	/* How many are picked, and all of them at once */
	const tell = () => {
		const all = document.querySelector("[data-pick-all]");
		if (!all) return;
		const picked = picks().filter((box) => box.checked).length;
		all.closest("label").hidden = false;
		all.checked = picked > 0 && picked === picks().length;
		all.indeterminate = picked > 0 && !all.checked;
		document.querySelector("[data-picked]").textContent = picked;
	};
	let last, withShift;
	const pickFromLastTo = (box) => {
		const all = picks();
		const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((one, other) => one - other);
		if (withShift && from >= 0) for (const between of all.slice(from, to + 1)) between.checked = box.checked;
		last = box;
	};
	document.addEventListener("keydown", (event) => (withShift = event.shiftKey), true);
	document.addEventListener("mousedown", (event) => {
		withShift = event.shiftKey;
		/* Shift would mark the text between, too */
		if (withShift && event.target.closest(".is-tick")) event.preventDefault();
	}, true);
	document.addEventListener("change", (event) => {
		if (event.target.matches("[data-pick-all]")) for (const box of picks()) box.checked = event.target.checked;
		if (event.target.matches("[name=picked]")) pickFromLastTo(event.target);
		if (event.target.matches("[data-pick-all], [name=picked]")) tell();
	});
	window.addEventListener("pageshow", tell);

	/* What is exported is what is shown */
	document.addEventListener("htmx:after:swap", () => {
		tell();
		for (const link of document.querySelectorAll("[data-query]")) {
			link.search = [location.search.slice(1), link.dataset.query].filter(Boolean).join("&");
		}
	});
}
