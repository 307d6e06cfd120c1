// The page's one loop: the address says what is open, the server says what is there, every two seconds.
import { ask, element, put, time } from "./parts.js";
import { listen, write } from "./composer.js";
import { welcome } from "./welcome.js";

const EVERY = 2000;
const GROUPS = [["citizen", "Von außen"], ["house", "Im Haus"], ["bot", "Das Programm"]];
const $ = (id) => document.getElementById(id);

let start, state, drawn = "", shown = "", plain = false;

// #konto=…&ordner=…&mail=…, #konten, or nothing: the welcome.
function open() {
  const said = new URLSearchParams(location.hash.slice(1));
  return { account: said.get("konto") ?? "", folder: said.get("ordner") ?? "INBOX", uid: said.get("mail") ?? "" };
}

function link(account, folder, uid) {
  const said = new URLSearchParams({ konto: account });
  if (folder && folder !== "INBOX") said.set("ordner", folder);
  if (uid) said.set("mail", uid);
  return `#${said}`;
}

function query({ account, folder, uid }) {
  return new URLSearchParams(uid ? { account, folder, uid } : { account, folder });
}

async function refresh() {
  const at = open();
  try {
    state = await ask(`/api/state?${query({ ...at, uid: "" })}`);
    document.body.classList.remove("away");
  } catch {
    document.body.classList.add("away");
    $("said").textContent = "Der Probebetrieb ist beendet oder nicht erreichbar.";
    return;
  }
  if (JSON.stringify(open()) !== JSON.stringify(at)) return; // something else was opened meanwhile
  const now = JSON.stringify([at, state]);
  if (now !== drawn) draw(at);
  drawn = now;
}

function draw(at) {
  const focused = document.activeElement?.dataset?.key;
  drawAccounts(at);
  drawBox(at);
  const again = focused && document.querySelector(`[data-key="${CSS.escape(focused)}"]`);
  if (again && again !== document.activeElement) again.focus({ preventScroll: true });
}

function drawAccounts(at) {
  const groups = GROUPS.map(([id, title]) => {
    const members = state.accounts.filter((a) => a.group === id).map((a) => accountLine(a, at));
    return [element("h2", { text: title }), element("ul", {}, members)];
  });
  put($("accounts"), groups.flat());
  const unread = state.accounts.reduce((sum, a) => sum + (a.group === "bot" ? 0 : a.unread), 0);
  document.title = unread ? `(${unread}) KRM-Probebetrieb` : "KRM-Probebetrieb";
}

function accountLine(account, at) {
  const attributes = { href: link(account.address), key: `konto ${account.address}` };
  const line = element("a", attributes, [
    element("span", { class: "name", text: account.name }),
    element("span", { class: "role", text: account.role }),
  ]);
  if (account.unread) {
    line.append(element("span", { class: "count", text: account.unread, label: `${account.unread} ungelesen` }));
  }
  if (account.address === at.account) line.setAttribute("aria-current", "true");
  return element("li", {}, [line]);
}

function drawBox(at) {
  const account = state.accounts.find((a) => a.address === at.account);
  $("who").textContent = account?.name ?? "Kein Konto gewählt";
  $("address").textContent = account ? account.address : "";
  $("write").hidden = !account || account.group === "bot";
  put($("folders"), state.folders.map((folder) => {
    const tab = element("a", { href: link(at.account, folder.name), key: `ordner ${folder.name}` });
    tab.textContent = folder.total ? `${folder.label} ${folder.total}` : folder.label;
    if (folder.name === at.folder) tab.setAttribute("aria-current", "true");
    return tab;
  }));
  const empty = element("li", { class: "empty", text: account ? "Hier ist noch nichts." : "Wählen Sie ein Konto." });
  put($("mails"), state.mails.length ? state.mails.map((mail) => mailLine(mail, at)) : [empty]);
}

function mailLine(mail, at) {
  const line = element("a", { href: link(at.account, at.folder, mail.uid), key: `mail ${mail.uid}` }, [
    element("span", { class: "name", text: mail.own ? `An ${mail.who}` : mail.who }),
    element("span", { class: "when", text: time(mail.arrived) }),
    element("span", { class: "subject", text: mail.subject || "(ohne Betreff)" }),
  ]);
  if (!mail.seen) {
    line.classList.add("unread");
    line.prepend(element("span", { class: "dot", label: "ungelesen" }));
  }
  if (String(mail.uid) === at.uid) line.setAttribute("aria-current", "true");
  return element("li", {}, [line]);
}

async function drawMail(at) {
  const wanted = location.hash;
  if (wanted === shown) return;
  $("home").hidden = Boolean(at.uid);
  $("mail").hidden = !at.uid;
  shown = wanted;
  if (!at.uid) return;
  let mail;
  try {
    mail = await ask(`/api/mail?${query(at)}`);
  } catch {
    location.hash = link(at.account, at.folder);
    return;
  }
  if (wanted !== location.hash) return;
  $("back").href = link(at.account, at.folder);
  $("subject").textContent = mail.subject || "(ohne Betreff)";
  const fields = [["Von", mail.sender], ["An", mail.to], ["Am", time(mail.arrived, true)]];
  if (mail.attachments.length) fields.push(["Anhang", mail.attachments.join(", ")]);
  put($("fields"), fields.flatMap(([name, value]) => [element("dt", { text: name }), element("dd", { text: value })]));
  $("raw").href = `/mail.eml?${query(at)}`;
  $("text").textContent = mail.text || "(ohne Text)";
  const account = state?.accounts.find((a) => a.address === at.account);
  $("reply").hidden = mail.own || account?.group === "bot";
  $("reply").onclick = () => write(at.account, mail.reply, "Antworten");
  for (const id of ["as-html", "as-text"]) $(id).hidden = !mail.html;
  $("frame").src = mail.html ? `/mail.html?${query(at)}` : "about:blank";
  showAs(mail.html && !plain);
  $("pane").scrollTop = 0;
  await ask("/api/seen", { account: at.account, folder: at.folder, uid: Number(at.uid) });
  refresh();
}

function showAs(html) {
  $("frame").hidden = !html;
  $("text").hidden = html;
  $("as-html").setAttribute("aria-pressed", html);
  $("as-text").setAttribute("aria-pressed", !html);
}

// A button in a mail leads to #mailto:…; it opens the composer as the account that is open.
function button(previous) {
  const [to, fields] = location.hash.slice("#mailto:".length).split("?");
  const said = new URLSearchParams((fields ?? "").replaceAll("+", "%2B"));
  history.replaceState(null, "", previous);
  const body = (said.get("body") ?? "").replaceAll("\r\n", "\n");
  write(open().account, { to: decodeURIComponent(to), subject: said.get("subject") ?? "", body }, "Antwort per Knopf");
}

function moved(event) {
  if (location.hash.startsWith("#mailto:")) {
    button(event ? new URL(event.oldURL).hash || "#" : "#");
    if (event) return;
  }
  const at = open();
  document.body.dataset.view = at.uid ? "mail" : at.account ? "box" : location.hash === "#konten" ? "accounts" : "home";
  drawMail(at);
  refresh();
}

// Arrow keys walk through accounts and mails.
function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const list = step && event.target.closest("#accounts, #mails");
  if (!list) return;
  const lines = [...list.querySelectorAll("a")];
  lines[lines.indexOf(event.target) + step]?.focus();
  event.preventDefault();
}

start = await ask("/api/start");
$("office").textContent = `${start.office}: erfundene Menschen, echte Abläufe, alles nur auf diesem Rechner`;
put($("home"), welcome(start, link));
listen(start, () => state, refresh);
for (const [id, text] of [["as-html", false], ["as-text", true]]) {
  $(id).addEventListener("click", () => {
    plain = text;
    showAs(!plain);
  });
}
$("write").addEventListener("click", () => write(open().account, { to: start.krm }, "Neue Nachricht"));
document.addEventListener("keydown", walk);
addEventListener("hashchange", moved);
moved();
setInterval(refresh, EVERY);
