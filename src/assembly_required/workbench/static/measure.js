// Show the progress of a measurement every second, and the result when there is one.
const progress = document.getElementById("progress");

async function look() {
  const response = await fetch(location.href);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const now = page.getElementById("progress");
  if (now) progress.textContent = now.textContent;
  else location.replace(location.pathname);
}

setInterval(() => look().catch(() => {}), 1000);
