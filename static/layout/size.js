// Remembers how large a reader wants the type, in a cookie the server reads too (?size= works without this file).
"use strict";
(() => {
  const root = document.documentElement;
  const change = document.querySelector("[data-size-switch]");
  const show = (larger) => {
    if (larger) root.dataset.size = "larger";
    else delete root.dataset.size;
    if (!change) return;
    change.querySelector("span").textContent = larger ? "标准字" : "大字";
    change.search = larger ? "?size=standard" : "?size=larger";
  };
  if (/(?:^|; )size=larger/.test(document.cookie)) show(true);
  if (!change) return;
  change.addEventListener("click", (event) => {
    event.preventDefault();
    const larger = root.dataset.size !== "larger";
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `size=${larger ? "larger" : "standard"}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
    show(larger);
  });
})();
