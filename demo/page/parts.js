// Small tools: asking the server, making elements, writing times as people read them.

export async function ask(path, value) {
  const how = value && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(value) };
  const answer = await fetch(path, how);
  if (!answer.ok && answer.status !== 400) throw new Error(`${answer.status}`);
  return answer.json();
}

// Attributes of ours: text, key (found again after drawing), label (for screen readers).
export function element(name, { text, key, label, ...rest } = {}, children = []) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (key) made.dataset.key = key;
  if (label) made.setAttribute("aria-label", label);
  for (const [attribute, value] of Object.entries(rest)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

export function put(parent, children) {
  parent.replaceChildren(...children);
}

// In the office's time: today's as 10:32, others as 16.12.2026, both where `whole`.
export function time(moment, whole = false) {
  const clock = write(moment, { hour: "2-digit", minute: "2-digit" });
  const day = write(moment, { day: "2-digit", month: "2-digit", year: "numeric" });
  if (whole) return `${day}, ${clock} Uhr`;
  return day === write(Date.now(), { day: "2-digit", month: "2-digit", year: "numeric" }) ? clock : day;
}

function write(moment, parts) {
  return new Date(moment).toLocaleString("de-DE", { timeZone: "Europe/Berlin", ...parts });
}
