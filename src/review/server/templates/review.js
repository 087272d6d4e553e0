// Keys, and answers that survive a lost connection. Everything works without this file, one click more at a time.
"use strict";
(() => {
  const PENDING = "saual-pending:";
  const KEYS = "saual-keys";
  const body = document.body;
  const status = document.getElementById("saved");
  const csrf = document.querySelector("meta[name=csrf]")?.content;
  const form = document.getElementById("decide");
  const say = (text, bad) => {
    if (!status) return;
    status.textContent = text;
    status.classList.toggle("bad", Boolean(bad));
  };

  // Where the browser keeps nothing for us, this page does.
  const memory = new Map();
  const kept = (() => {
    try {
      localStorage.setItem("saual", "");
      localStorage.removeItem("saual");
      return { get: (name) => localStorage.getItem(name), set: (name, text) => localStorage.setItem(name, text), forget: (name) => localStorage.removeItem(name), names: () => Object.keys(localStorage) };
    } catch {
      return { get: (name) => memory.get(name) ?? null, set: (name, text) => memory.set(name, text), forget: (name) => memory.delete(name), names: () => [...memory.keys()] };
    }
  })();

  const back = document.querySelector("[data-back]");
  if (back) back.value = location.pathname + location.search.replace(/([?&])(saved|undone|token)=[^&]*/g, "$1");
  for (const time of document.querySelectorAll("#saved time")) {
    const moment = new Date(time.dateTime);
    if (!isNaN(moment)) time.textContent = moment.toLocaleTimeString(document.documentElement.lang);
  }

  const who = document.querySelector(".who .name")?.textContent ?? "";
  const pending = () => kept.names().filter((name) => name.startsWith(PENDING)).sort()
    .map((name) => [name, JSON.parse(kept.get(name))]).filter(([, answer]) => answer.who === who);

  // Answers stay in the browser until the server says that they are on the disk. They are sent in the order in which they were
  // given, each under its one key: the server keeps it once, however often it comes.
  let sent = false;
  let busy = false;
  let delay = 0;
  let timer = 0;
  const post = async (answer) => {
    try {
      return await fetch(answer.path, {
        method: "POST",
        headers: { "content-type": "application/json", "x-csrf": csrf },
        body: JSON.stringify(answer.body),
      });
    } catch {
      return { ok: false, status: 0 };
    }
  };
  const flush = async () => {
    if (busy || !csrf) return;
    busy = true;
    clearTimeout(timer);
    let at = "";
    let to = "/";
    for (const [name, answer] of pending()) {
      const answered = await post(answer);
      if (answered.ok) {
        at = (await answered.json()).decisions.at(-1).at;
        to = answer.to;
        kept.forget(name);
        delay = 0;
        continue;
      }
      busy = false;
      // Another session has begun since this page came: with a new page the answer is sent again.
      if (answered.status === 403 && sent) return location.reload();
      if (answered.status === 401 || answered.status === 403) return say(body.dataset.login, true);
      if (answered.status >= 400 && answered.status < 500 && answered.status !== 408 && answered.status !== 429) {
        // The server will never take it: kept aside, so that nothing is lost in silence.
        kept.set("saual-refused:" + name, kept.get(name));
        kept.forget(name);
        sent = false;
        return say(body.dataset.refused, true);
      }
      say(body.dataset.unsaved, true);
      delay = Math.min(10000, delay ? delay * 2 : 1000);
      timer = setTimeout(flush, delay);
      return;
    }
    busy = false;
    // The card on this page is answered; on other pages a word is enough.
    if (form && (at || sent)) location.assign(to + (to.includes("?") ? "&" : "?") + (at ? "saved=" + encodeURIComponent(at) : "") + (form.elements.filter?.value ?? ""));
    else if (at) say(body.dataset.saved);
  };

  const decide = (filled, answer) => {
    if (sent || !csrf) return;
    sent = true;
    const fields = new FormData(filled);
    const value = Object.fromEntries(["inquiry", "clause", "comment", "key"].map((name) => [name, fields.get(name) ?? ""]));
    value.answer = answer;
    if (fields.get("alike")) value.alike = true;
    if (answer === "skip") value.reason = fields.get("reason");
    // After an answer the next card comes; after topics the same one again.
    let to = "/";
    if (answer === "topics") {
      value.taxonomy = fields.get("taxonomy");
      value.topics = [...fields.keys()].filter((name) => name.startsWith("topic:")).map((name) => name.slice(6));
      to = "/inquiries/" + encodeURIComponent(value.inquiry) + "?clause=" + encodeURIComponent(value.clause);
    }
    const name = PENDING + String(Date.now()).padStart(15, "0") + ":" + value.key;
    say(body.dataset.saving);
    try {
      kept.set(name, JSON.stringify({ who, path: "/api/v1/decisions", to, body: value }));
    } catch {
      sent = false;
      return say(body.dataset.refused, true);
    }
    flush();
  };

  for (const filled of [form, document.getElementById("topics-form")]) {
    filled?.addEventListener("submit", (event) => {
      if (!event.submitter) return;
      event.preventDefault();
      decide(filled, event.submitter.value);
    });
  }
  // Taking back while an answer is under way would take back the one before it.
  document.getElementById("undo")?.addEventListener("submit", (event) => {
    if (!sent && pending().length === 0) return;
    event.preventDefault();
    say(body.dataset.wait, true);
  });

  const writing = (element) => element?.matches("input:not([type=checkbox]), textarea, select");
  const dialog = document.getElementById("keys");
  const move = (step) => {
    const all = [...document.querySelectorAll("ol.candidates li")];
    const here = all.findIndex((item) => item.classList.contains("here"));
    all[here + step]?.querySelector("a").click();
  };
  const open = (id, focus) => {
    const details = document.querySelector(id);
    if (!details) return;
    details.open = focus ? true : !details.open;
    (focus ? details.querySelector(focus) : details.querySelector("summary")).focus();
  };

  const choice = document.getElementById("keys-on");
  if (choice) {
    choice.checked = kept.get(KEYS) !== "off";
    choice.addEventListener("change", () => kept.set(KEYS, choice.checked ? "on" : "off"));
  }

  // Keys by their place on the keyboard: on Kazakh and Russian layouts letters, and even the row of digits, type others.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.code === "Escape" && writing(document.activeElement)) {
      document.activeElement.blur();
      return;
    }
    if (dialog?.open || writing(document.activeElement) || kept.get(KEYS) === "off") return;
    if (event.code === "KeyH" || event.key === "?" || (event.code === "Slash" && event.shiftKey)) {
      event.preventDefault();
      if (dialog) dialog.showModal(); else location.assign("/keys");
      return;
    }
    if (event.shiftKey || event.repeat) return;
    const jobs = {
      KeyC: () => open("#note", "textarea"), KeyE: () => open("#why"), KeyB: () => open(".codebook"), KeyT: () => open("#topics", "input[type=checkbox]"),
      KeyJ: () => move(1), KeyK: () => move(-1), Slash: () => document.getElementById("search")?.focus(),
    };
    const button = document.querySelector(`[data-code~="${event.code}"]`);
    const job = jobs[event.code] ?? (button && (() => button.click()));
    if (!job) return;
    event.preventDefault();
    job();
  });
  document.querySelector("[data-help]")?.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });

  flush();
  addEventListener("online", flush);
  // A page that the browser brings back from its memory shows a card of the past.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  window.saualReady = true;
})();
