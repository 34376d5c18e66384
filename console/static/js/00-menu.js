/* The menu: a heading that is open closes again on Escape, and when one goes on elsewhere.  Without this it stays open. */
(function () {
  "use strict";
  function open() { return document.querySelector(".menu details[open]"); }
  document.addEventListener("keydown", function (event) {
    var found = event.key === "Escape" && open();
    if (!found) return;
    var within = found.contains(document.activeElement);
    found.open = false;
    if (within) found.querySelector("summary").focus();
  });
  ["click", "focusin"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      var found = open();
      if (found && !found.contains(event.target)) found.open = false;
    });
  });
})();
