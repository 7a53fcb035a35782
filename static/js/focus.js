/* What asks for attention, such as the summary of errors, has the focus when the page comes up */
document.querySelector("[data-focus]")?.focus();
