/* A toast can be closed; its button is hidden where nothing runs */
for (const button of document.querySelectorAll("[data-close]")) {
	button.hidden = false;
	button.addEventListener("click", () => button.closest(".toast").remove());
}
