/* When a page could not keep itself, the line that says so stands where "saved" stood; what was typed stays. */
["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach(function (name) {
  document.addEventListener(name, function (event) {
    var form = event.target.closest ? event.target.closest("form[data-autosave]") : null;
    if (!form || event.target !== form) { return; }
    var line = form.querySelector("#autosaved"), status = event.detail.xhr ? event.detail.xhr.status : 0;
    var words = status === 401 || status === 403 ? "没有自动保存：登录已过期。内容还在，点“保存并继续”会告诉您怎样登录后接着保存。" : "没有自动保存：暂时连接不上。内容还在，请稍后再保存。";
    Array.prototype.slice.call(line.childNodes).forEach(function (node) { if (node.nodeType === 3) { line.removeChild(node); } });
    line.appendChild(document.createTextNode(words));
    line.className = "autosaved autosaved-bad";
  });
});
