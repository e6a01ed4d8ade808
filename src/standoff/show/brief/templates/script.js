// Small comforts; everything works without them.
(function () {
  "use strict";
  function open(id) {
    var it = id && document.getElementById(id);
    for (var e = it; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
    if (it) it.scrollIntoView({ block: "center" });
  }
  function here() { open(decodeURIComponent(location.hash.slice(1))); }
  addEventListener("hashchange", here);
  if (location.hash) here();
  addEventListener("beforeprint", function () {
    document.querySelectorAll("details:not(.custody):not(.uses)").forEach(function (d) { d.open = true; });
  });
  document.querySelectorAll("[data-filter]").forEach(function (input) {
    var section = document.getElementById(input.dataset.filter);
    var lines = Array.from(section.querySelectorAll("li"));
    input.closest(".filter").hidden = false;
    input.addEventListener("input", function () {
      var wanted = input.value.trim().toLocaleLowerCase(), shown = 0;
      lines.forEach(function (li) {
        li.hidden = wanted !== "" && !li.textContent.toLocaleLowerCase().includes(wanted);
        if (!li.hidden) shown += 1;
      });
      section.querySelectorAll(".daygroup, details.block").forEach(function (box) {
        box.hidden = !box.querySelector("li:not([hidden])");
      });
      if (wanted) section.querySelectorAll("details").forEach(function (d) { d.open = true; });
      input.closest(".filter").querySelector("output").textContent = wanted ? shown + " of " + lines.length : "";
    });
  });
})();
