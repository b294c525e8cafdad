// Runs before the page is drawn, so that a chosen theme does not flash. The choice stays in this browser alone.
{
  const chosen = localStorage.getItem("catgan-theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
}
