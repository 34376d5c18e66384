/* A form is sent once: a second click while it is under way does nothing (the server would not act twice either). */
document.addEventListener("submit", function (event) {
  var form = event.target;
  if (form.dataset.sent === "1") { event.preventDefault(); return; }
  if ((form.method || "").toLowerCase() === "post") {
    form.dataset.sent = "1";
    window.setTimeout(function () { form.dataset.sent = ""; }, 8000);
  }
});
window.addEventListener("pageshow", function () {
  document.querySelectorAll("form[data-sent]").forEach(function (form) { form.dataset.sent = ""; });
});
/* After a page with mistakes the keyboard is at their summary. */
document.addEventListener("DOMContentLoaded", function () {
  var mistakes = document.getElementById("mistakes");
  if (mistakes) { mistakes.focus(); }
});
