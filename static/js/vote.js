// While one types the result of a vote, say whether the counts hold together: data-vote on the
// inputs, data-vote-said on the line that speaks. The server says the same once the form is sent.

const inputs = new Map(
  [...document.querySelectorAll("[data-vote]")].map((input) => [input.dataset.vote, input]),
);
const said = document.querySelector("[data-vote-said]");

// An empty box is not a zero: nothing is said until the three counts are there.
function count(name) {
  const typed = inputs.get(name)?.value.trim();
  return typed ? Number(typed) : null;
}

function sentence() {
  const [votesFor, against, abstentions] = ["votes_for", "votes_against", "abstentions"].map(count);
  if ([votesFor, against, abstentions].includes(null)) return "";
  const voters = votesFor + against + abstentions;
  const inOffice = count("members_in_office");
  if (count("voters") !== null && count("voters") !== voters) {
    return `Pour, contre et abstentions font ${voters}, et non ${count("voters")} votants.`;
  }
  if (inOffice !== null && voters > inOffice) {
    return `${voters} votants, pour ${inOffice} élus en exercice : vérifiez le nombre de voix.`;
  }
  const carried = votesFor > against ? "adoptée" : "sans majorité des suffrages exprimés";
  return `${voters} votants, ${votesFor + against} suffrages exprimés : ${carried}.`;
}

if (said && inputs.size) {
  // Close to what one types, rather than under the whole form.
  inputs.get("members_in_office")?.closest(".fieldset__body")?.append(said);
  const speak = () => {
    said.textContent = sentence();
    said.hidden = !said.textContent;
  };
  for (const input of inputs.values()) input.addEventListener("input", speak);
  speak();
}
