// Keys, and answers that survive a lost connection. Everything works without this file, one click more at a time.
"use strict";
(() => {
  const PENDING = "saual-pending:";
  const body = document.body;
  const status = document.getElementById("saved");
  const csrf = document.querySelector("meta[name=csrf]")?.content;
  const say = (text, bad) => {
    if (!status) return;
    status.textContent = text;
    status.classList.toggle("bad", Boolean(bad));
  };

  const back = document.querySelector("[data-back]");
  if (back) back.value = location.pathname + location.search.replace(/([?&])(saved|undone|token)=[^&]*/g, "$1");

  const who = document.querySelector(".who .name")?.textContent ?? "";
  const pending = () => Object.keys(localStorage).filter((name) => name.startsWith(PENDING)).sort()
    .map((name) => [name, JSON.parse(localStorage.getItem(name))]).filter(([, kept]) => kept.who === who);

  // One answer to the server. It stays in the browser until the server says that it is on the disk.
  const send = async (name, kept) => {
    const answer = await fetch(kept.path, {
      method: "POST",
      headers: { "content-type": "application/json", "x-csrf": csrf },
      body: JSON.stringify(kept.body),
    });
    if (answer.ok) {
      localStorage.removeItem(name);
      return answer.json();
    }
    const error = new Error(String(answer.status));
    error.status = answer.status;
    throw error;
  };

  let waiting = 0;
  const flush = async () => {
    for (const [name, kept] of pending()) {
      try {
        await send(name, kept);
        waiting = 0;
        say("✓");
      } catch (error) {
        if (error.status === 401) return say(body.dataset.login, true);
        if (error.status >= 400 && error.status < 500 && error.status !== 429) {
          // The server will never take it: kept aside, so that nothing is lost in silence.
          localStorage.setItem("saual-refused:" + name, localStorage.getItem(name));
          localStorage.removeItem(name);
          return say(body.dataset.refused, true);
        }
        say(body.dataset.unsaved, true);
        waiting = Math.min(30000, waiting ? waiting * 2 : 1000);
        setTimeout(flush, waiting);
        return;
      }
    }
  };

  const form = document.getElementById("decide");
  let sent = false;
  const decide = async (answer) => {
    if (sent || !csrf) return;
    sent = true;
    const fields = new FormData(form);
    const value = Object.fromEntries(["inquiry", "clause", "comment", "reason", "key"].map((name) => [name, fields.get(name) ?? ""]));
    value.answer = answer;
    if (fields.get("alike")) value.alike = true;
    if (answer !== "skip") delete value.reason;
    const name = PENDING + Date.now() + ":" + value.key;
    const kept = { who, path: "/api/v1/decisions", body: value };
    localStorage.setItem(name, JSON.stringify(kept));
    say(body.dataset.saving);
    const next = (at) => location.assign("/?" + (at ? "saved=" + encodeURIComponent(at) : "") + (fields.get("filter") ?? ""));
    try {
      const answered = await send(name, kept);
      next(answered.decisions.at(-1).at);
    } catch (error) {
      if (error.status && error.status < 500 && error.status !== 429 && error.status !== 401) {
        localStorage.removeItem(name);
        sent = false;
        return say(body.dataset.refused, true);
      }
      say(error.status === 401 ? body.dataset.login : body.dataset.unsaved, true);
      const retry = async () => {
        try {
          const answered = await send(name, kept);
          next(answered.decisions.at(-1).at);
        } catch (again) {
          if (again.status !== 401) setTimeout(retry, 2000);
        }
      };
      setTimeout(retry, 1000);
    }
  };

  form?.addEventListener("submit", (event) => {
    if (!event.submitter) return;
    event.preventDefault();
    decide(event.submitter.value);
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

  // Keys by their place on the keyboard: on Kazakh and Russian layouts letters, and even the row of digits, type others.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.code === "Escape" && writing(document.activeElement)) {
      document.activeElement.blur();
      return;
    }
    if (dialog?.open || writing(document.activeElement)) return;
    if (event.code === "KeyH" || event.key === "?" || (event.code === "Slash" && event.shiftKey)) {
      event.preventDefault();
      if (dialog) dialog.showModal(); else location.assign("/keys");
      return;
    }
    if (event.shiftKey || event.repeat) return;
    const jobs = {
      KeyC: () => open("#note", "textarea"), KeyE: () => open("#why"), KeyB: () => open(".codebook"),
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

  if (csrf) flush();
  addEventListener("online", flush);
  window.saualReady = true;
})();
