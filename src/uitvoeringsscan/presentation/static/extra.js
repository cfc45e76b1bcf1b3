// Improvements only: every page works without this file. It asks no one but this site, and keeps nothing but one switch.
"use strict";
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];

  // How long until then, in the words of presentation/dutch.py.
  const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;
  const span = (ms) => {
    const minutes = Math.floor(ms / 60000), days = Math.floor(minutes / 1440);
    const hours = Math.floor((minutes % 1440) / 60), rest = minutes % 60;
    const parts = days
      ? [count(days, "dag", "dagen"), hours && `${hours} uur`]
      : [hours && `${hours} uur`, rest && count(rest, "minuut", "minuten")];
    return parts.filter(Boolean).join(" en ") || "minder dan een minuut";
  };
  const clocks = all("[data-until]");
  const tick = () => clocks.forEach((clock) => {
    const left = Date.parse(clock.dataset.until) - Date.now();
    const words = left >= 0 ? `nog ${span(left)}` : `${span(-left)} te laat`;
    if (clock.textContent !== words) clock.textContent = words;
  });
  if (clocks.length) { tick(); setInterval(tick, 15000); }

  // A note and the words it is about light up together.
  const pair = (target) => {
    const link = target.closest && target.closest("sup a[href*='-noot-'], li[id*='-noot-'], mark[id]");
    if (!link) return [];
    const id = link.hash ? link.hash.slice(1) : link.id.includes("-noot-") ? link.id : link.id.replace(/-(\d+)$/, "-noot-$1");
    return [id, id.replace("-noot-", "-")].map((one) => document.getElementById(one)).filter(Boolean);
  };
  const light = (event) => {
    all(".us-lit").forEach((lit) => lit.classList.remove("us-lit"));
    if (event.type === "mouseover" || event.type === "focusin") pair(event.target).forEach((one) => one.classList.add("us-lit"));
  };
  if (document.querySelector("mark[id]")) {
    ["mouseover", "mouseout", "focusin", "focusout"].forEach((name) => document.addEventListener(name, light));
  }

  // Answers are kept while somebody types. What could not be kept stays on the page and is tried again.
  const form = document.querySelector("form[data-autosave]");
  if (form) {
    const status = document.querySelector("[data-saved]");
    let waiting = 0, busy = null, dirty = false;
    const say = (words) => { status.hidden = false; if (status.textContent !== words) status.textContent = words; };
    const later = (ms) => { clearTimeout(waiting); waiting = setTimeout(save, ms); };
    const take = async (answer) => {
      const told = (answer.headers.get("content-type") || "").includes("json") ? await answer.json() : {};
      say(told.melding || "Nog niet bewaard. Druk op een van de knoppen hieronder.");
      for (const [code, mark] of Object.entries(told.merken || {})) {
        const field = form.elements[`${code}.was`];
        if (field) field.value = mark;
      }
      if (told.versie) form.elements.versie.value = told.versie;
    };
    const save = async () => {
      if (busy || !dirty) return;
      dirty = false;
      busy = fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), credentials: "same-origin" })
        .then(take)
        .catch(() => { dirty = true; say("Geen verbinding. Wat u typte staat nog op deze pagina. Wij proberen het zo weer."); later(15000); });
      await busy;
      busy = null;
      if (dirty) later(3000);
    };
    form.addEventListener("input", (event) => { if (!event.target.name.startsWith(".")) { dirty = true; later(3000); } });
    window.addEventListener("online", () => later(0));
    form.addEventListener("submit", (event) => {
      clearTimeout(waiting);
      if (!busy) return;
      event.preventDefault(); // first what is under way: two saves of one form would meet as strangers
      busy.then(() => form.requestSubmit(event.submitter));
    });
  }

  // What is under way tells by itself how far it is; what somebody is using is left alone. It stops when the work is done.
  const renew = async () => {
    let wait = 30;
    try {
      const answer = document.hidden ? null : await fetch(location.href, { credentials: "same-origin" });
      if (answer && answer.ok && !answer.redirected) {
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
        wait = Number(fresh.querySelector("[data-refresh]")?.dataset.refresh || 0);
        all("[data-live]").forEach((old) => {
          const now = fresh.getElementById(old.id);
          if (old.contains(document.activeElement) || old.innerHTML === now?.innerHTML) return;
          old.replaceChildren(...(now ? now.childNodes : []));
        });
      }
    } catch { /* no connection: later again */ }
    if (wait) setTimeout(renew, wait * 1000);
  };
  const working = document.querySelector("[data-refresh]");
  if (working) setTimeout(renew, working.dataset.refresh * 1000);

  // Keys for the board. They can be switched off, and are silent while somebody types (WCAG 2.1.4).
  const list = document.querySelector("[data-keys]");
  if (list) {
    const box = document.getElementById("sneltoetsen");
    const kept = (value) => {
      try { return value === undefined ? localStorage.getItem("sneltoetsen") : localStorage.setItem("sneltoetsen", value); } catch { return null; }
    };
    list.hidden = false;
    box.checked = kept() !== "uit";
    box.addEventListener("change", () => kept(box.checked ? "aan" : "uit"));
    const rows = all("[data-row]");
    const row = () => rows.findIndex((link) => link.closest("tr").contains(document.activeElement));
    const go = (step) => { const at = row(); rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1)]?.focus(); };
    const open = (details) => { details.open = true; details.querySelector("summary").focus(); };
    const keys = {
      j: () => go(1),
      k: () => go(-1),
      x: () => rows[row()]?.closest("tr").querySelector("input[type=checkbox]").click(),
      f: () => open(document.getElementById("veld-organisatie").closest("details")),
      "?": () => open(list.querySelector("details")),
    };
    document.addEventListener("keydown", (event) => {
      const typing = event.target.matches("textarea, select, input:not([type=checkbox]):not([type=radio])");
      if (!box.checked || typing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
      event.preventDefault();
      keys[event.key]();
    });
  }
})();
