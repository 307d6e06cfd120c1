// What a newcomer reads first: three steps, with letters ready to send.
import { element } from "./parts.js";
import { write } from "./composer.js";

export function welcome(start, link) {
  const { citizen, officer, krm } = start;
  return [
    element("h2", { text: "So probieren Sie es aus" }),
    element("p", { text: "Bürgerinnen und Bürger schreiben dem Jobcenter. Das Programm liest mit, schlägt vor, was zu tun ist, und fragt die KRM-Beauftragte. Sie bestätigt mit einer Antwort per E-Mail." }),
    element("ol", {}, [
      step(`Schreiben Sie als ${citizen.name}`, `Wählen Sie einen Brief. Er geht an ${krm}. Sie können ihn vorher ändern.`, [
        element("div", { class: "picks" }, start.examples.map((example) => pick(example, start, link))),
      ]),
      step(`Antworten Sie als ${officer.name}`, "Nach wenigen Sekunden liegt in ihrem Posteingang „Bitte bestätigen“. Antworten Sie „ok“, oder drücken Sie einen Knopf in der Nachricht.", [
        element("a", { class: "go", href: link(officer.address), text: `Posteingang von ${officer.name}` }),
      ]),
      step("Sehen Sie nach, was ankommt", `${citizen.name} bekommt eine Eingangsbestätigung, ${officer.name} eine Quittung und die zuständige Teamleitung einen Auftrag.`, [
        element("a", { class: "go", href: link(citizen.address), text: `Posteingang von ${citizen.name}` }),
      ]),
    ]),
  ];
}

function step(title, words, more) {
  return element("li", {}, [element("h3", { text: title }), element("p", { text: words }), ...more]);
}

function pick(example, { citizen, krm }, link) {
  const button = element("button", { type: "button" }, [
    element("strong", { text: example.label }),
    element("span", { text: example.look_for }),
  ]);
  button.addEventListener("click", () => {
    location.hash = link(citizen.address);
    write(citizen.address, { to: krm, subject: example.subject, body: example.body }, `Schreiben als ${citizen.name}`);
  });
  return button;
}
