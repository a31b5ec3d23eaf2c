// In the editor, Enter turns the typed text into a pill, and unticking a pill removes it. Without this script, the form
// works with commas and checkboxes.
const field = document.querySelector(".tag-field");
const typed = field.querySelector("input[placeholder]");
const list = field.querySelector(".tag-list");
const pill = field.querySelector("template").content;

function add(tag) {
  const known = [...list.querySelectorAll("input")].some((tick) => tick.value === tag);
  if (tag && !known) {
    const made = pill.cloneNode(true);
    made.querySelector("input").value = tag;
    made.querySelector("span").textContent = tag;
    list.append(made);
  }
}

typed.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    typed.value.split(",").forEach((tag) => add(tag.trim()));
    typed.value = "";
  }
});

list.addEventListener("change", (event) => {
  event.target.closest("label").remove();
  typed.focus();
});
