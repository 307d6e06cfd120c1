// Writing a mail: always from the account that is open.
import { ask } from "./parts.js";

const $ = (id) => document.getElementById(id);

let account = "", draft = {}, told = "";

export function write(from, opened, title) {
  if (!from) {
    say("Bitte wählen Sie zuerst ein Konto.");
    return;
  }
  account = from;
  draft = opened;
  $("composer-title").textContent = title;
  $("from").textContent = from;
  $("to").value = opened.to ?? "";
  $("topic").value = opened.subject ?? "";
  $("words").value = opened.body ?? "";
  $("fault").textContent = "";
  $("composer").showModal();
  const first = opened.to ? $("words") : $("to");
  first.focus();
  if (first === $("words")) first.setSelectionRange(0, 0);
  first.scrollTop = 0;
}

export function listen(start, state, refresh) {
  told = start.krm;
  $("discard").addEventListener("click", () => $("composer").close());
  $("words").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) $("draft").requestSubmit();
  });
  $("draft").addEventListener("submit", async (event) => {
    event.preventDefault();
    const known = state()?.accounts.find((a) => a.address === account);
    await send(known?.name ?? account);
    refresh();
  });
}

async function send(name) {
  const { in_reply_to = "", references = "" } = draft;
  const written = { to: $("to").value, subject: $("topic").value, body: $("words").value };
  let answer;
  try {
    answer = await ask("/api/send", { account, ...written, in_reply_to, references });
  } catch {
    answer = { fault: "Die Nachricht ging nicht hinaus. Läuft der Probebetrieb noch?" };
  }
  $("fault").textContent = answer.fault ?? "";
  if (answer.fault) return;
  $("composer").close();
  const soon = written.to.includes(told) ? " Das Programm antwortet in wenigen Sekunden." : "";
  say(`Gesendet als ${name}.${soon}`);
}

function say(words) {
  $("said").textContent = words;
  setTimeout(() => {
    if ($("said").textContent === words) $("said").textContent = "";
  }, 6000);
}
