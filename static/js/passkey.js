/* Forms with data-passkey ("get" or "create") ask the browser for a passkey and send its answer. They are hidden until
   both the browser and this address can do that: data-domain is what passkeys of the shop belong to. What else makes
   sense only then has that domain in data-with-passkey; what makes sense only without them has data-without-passkey;
   what may be folded away then has it in data-folded-with-passkey */
{
	const reads = window.PublicKeyCredential?.parseRequestOptionsFromJSON;
	const isBelow = (domain) => location.hostname === domain || location.hostname.endsWith(`.${domain}`);

	const optionsOf = async (form) => {
		const block = document.getElementById("passkey-options");
		if (block) return JSON.parse(block.textContent).publicKey;
		const answer = await fetch(form.dataset.options, { method: "POST", body: new FormData(form) });
		if (!answer.ok) throw new DOMException("", "stale");
		return (await answer.json()).publicKey;
	};

	const ask = async (form) => {
		const options = await optionsOf(form);
		if (form.dataset.passkey === "create")
			return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
		return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
	};

	/* One sentence stands in the page for each thing that can go wrong; the browser tells little of it on purpose */
	const say = (form, reason) => {
		const words = [...form.querySelectorAll("[data-when]")];
		const fits = words.find((one) => one.dataset.when === reason) ?? words[0];
		for (const one of words) one.hidden = one !== fits;
	};

	for (const one of document.querySelectorAll("[data-with-passkey]"))
		one.hidden = !reads || !isBelow(one.dataset.withPasskey);

	for (const one of document.querySelectorAll("[data-folded-with-passkey]"))
		one.open = !reads || !isBelow(one.dataset.foldedWithPasskey);

	for (const form of document.querySelectorAll("form[data-passkey]")) {
		if (!reads || !isBelow(form.dataset.domain)) continue;
		for (const one of document.querySelectorAll("[data-without-passkey]")) one.hidden = true;
		form.hidden = false;
		form.addEventListener("submit", async (event) => {
			event.preventDefault();
			try {
				form.elements.credential.value = JSON.stringify(await ask(form));
				form.submit();
			} catch (error) {
				say(form, error.name);
			}
		});
	}
}
