// What is chosen on a page of items: read back in words, and as voting/ballot.py reads it when it is opened.

const groupsOf = (item) => Array.from(item.querySelectorAll("fieldset"));
const chosenIn = (group) => group.querySelector("input:checked");
const isElection = (item) => item.dataset.kind === "election";
const labelOf = (input) => input.closest("label").querySelector(".choice-label").textContent;
const candidateOf = (group) => group.querySelector("input").name.split(".").slice(1).join(".");

export const isAnswered = (item) => groupsOf(item).some(chosenIn);
export const titleOf = (item) => item.querySelector("h2").textContent;
export const approved = (item) => item.querySelectorAll("input[value=agree]:checked").length;
export const tooMany = (item) => isElection(item) && approved(item) > Number(item.dataset.seats);

// One word for an item, or one for each candidate: a candidate without a word abstains.
function answerOf(item, pick) {
  const word = (group) => pick(Array.from(group.querySelectorAll("input")), chosenIn(group));
  if (!isElection(item)) return word(groupsOf(item)[0]);
  return Object.fromEntries(groupsOf(item).map((group) => [candidateOf(group), word(group)]));
}

export const choicesOf = (items) => Object.fromEntries(
  items.filter(isAnswered).map((item) => [item.dataset.item, answerOf(item, (_, chosen) => (chosen ? chosen.value : "abstain"))]),
);

const byLength = (one, other) => other.value.length - one.value.length;
export const longestOf = (items) => Object.fromEntries(
  items.map((item) => [item.dataset.item, answerOf(item, (inputs) => inputs.sort(byLength)[0].value)]),
);

// What the reader is shown of an item: pairs of a name and a word; `leftOut` is the pair of an item without any.
export function wordsOf(item, leftOut, chose = "您选的是") {
  if (!isAnswered(item)) return [leftOut];
  if (!isElection(item)) return [[chose, labelOf(chosenIn(groupsOf(item)[0]))]];
  return groupsOf(item).map((group) => {
    const chosen = chosenIn(group);
    return [group.querySelector("legend").textContent, chosen ? labelOf(chosen) : "弃权"];
  });
}
