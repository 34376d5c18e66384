/* When a page could not keep itself, the line that says so stands where "saved" stood; what was typed stays. */
function notKept(form, words) {
  var line = form.querySelector("#autosaved");
  Array.prototype.slice.call(line.childNodes).forEach(function (node) { if (node.nodeType === 3) { line.removeChild(node); } });
  line.appendChild(document.createTextNode(words));
  line.className = "autosaved autosaved-bad";
}
function keptBy(event) {
  var asker = event.detail.requestConfig ? event.detail.requestConfig.elt : event.detail.elt;
  return asker && asker.matches && asker.matches("form[data-autosave]") ? asker : null;
}
document.addEventListener("htmx:beforeSwap", function (event) {
  var form = keptBy(event);
  if (!form || event.detail.xhr.status < 400) { return; }
  event.detail.shouldSwap = false;
  event.detail.isError = false;
  var over = event.detail.xhr.status === 401 || event.detail.xhr.status === 403;
  notKept(form, over ? "没有自动保存：登录已过期。内容还在，点“保存并继续”会告诉您怎样登录后接着保存。" : "没有自动保存：暂时不能办理。内容还在，请稍后再保存。");
});
["htmx:sendError", "htmx:timeout"].forEach(function (name) {
  document.addEventListener(name, function (event) {
    var form = keptBy(event);
    if (form) { notKept(form, "没有自动保存：暂时连接不上。内容还在，请稍后再保存。"); }
  });
});
/* Pages that keep themselves say in which order, so that a late request never undoes a later one. */
document.addEventListener("htmx:configRequest", function (event) {
  if (keptBy(event)) { event.detail.parameters.order = String(Date.now()); }
});
