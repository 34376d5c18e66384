/* At a door there may be no connection.  A form of the helper's is sent only when the server answers; until then the page
   stays as it is, says so, and remembers when it was to be sent.  Nothing is kept in the phone: no storage, no cache. */
(function () {
  var waiting = 0;
  function reachable() {
    var icon = document.querySelector("link[rel=icon]");
    var stop = new AbortController();
    var timer = window.setTimeout(function () { stop.abort(); }, 8000);
    return fetch(icon.href, { cache: "no-store", signal: stop.signal }).then(function (answer) {
      window.clearTimeout(timer);
      return answer.ok;
    }).catch(function () { window.clearTimeout(timer); return false; });
  }
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.classList.contains("door-form") || event.defaultPrevented || waiting) { return; }
    event.preventDefault();
    waiting = 1;
    var said = form.querySelector(".no-connection");
    var pressed = event.submitter;
    reachable().then(function (there) {
      waiting = 0;
      if (there) {
        if (pressed && pressed.name) {
          var named = document.createElement("input");
          named.type = "hidden"; named.name = pressed.name; named.value = pressed.value;
          form.appendChild(named);
        }
        form.submit();
        return;
      }
      form.dataset.sent = "";
      if (!form.elements.noted_at.value) { form.elements.noted_at.value = String(Math.floor(Date.now() / 1000)); }
      said.hidden = false;
      said.scrollIntoView({ block: "center" });
    });
  });
  document.addEventListener("DOMContentLoaded", function () {
    var changed = document.getElementById("meanwhile");
    if (changed && !document.getElementById("mistakes")) { changed.focus(); }
  });
})();
