// The page drives its embeds by the methods of the element, and hears of them by its events.
const stale = document.getElementById("stale");
const said = document.getElementById("said");
document.getElementById("play").addEventListener("click", () => stale.play());
document.getElementById("pause").addEventListener("click", () => stale.pause());
document.getElementById("theme").addEventListener("click", () => stale.setAttribute("theme", "dark"));
stale.addEventListener("splitbrain", ({ detail }) => (said.textContent = `Two leaders: ${detail.leaders.join(" and ")}`));
