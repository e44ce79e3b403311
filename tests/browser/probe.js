// Looks at a report in one way of reading it (its address says which) and tells the page around it what is wrong.
(function () {
  "use strict";
  var asked = location.search.slice(1).split("&");
  var mode = asked[0], audited = asked.indexOf("audit") > 0;
  var faults = [], orders = [];
  document.addEventListener("securitypolicyviolation", function (event) {
    faults.push("blocked by the policy: " + event.violatedDirective + " " + event.blockedURI);
  });
  window.addEventListener("error", function (event) { faults.push("error: " + event.message); });
  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }
  function name(element) { return element.tagName + " " + element.textContent.trim().slice(0, 40); }

  // Rules for another medium or scheme hold from here on.
  function hold(condition, against) {
    all("style").forEach(function (style) {
      Array.prototype.forEach.call(style.sheet.cssRules, function (rule) {
        if (!rule.media) { return; }
        if (rule.media.mediaText.indexOf(condition) >= 0) { rule.media.mediaText = "all"; }
        if (against && rule.media.mediaText.indexOf(against) >= 0) { rule.media.mediaText = "not all"; }
      });
    });
  }
  function texts(table) {
    return all("tbody tr", table).map(function (row) {
      return Array.prototype.map.call(row.cells, function (cell) { return cell.textContent; }).join("|");
    });
  }
  function sorting() {
    all("table").forEach(function (table, at) {
      var plain = texts(table).join("\n");
      all("thead button", table).forEach(function (button) {
        var heading = button.parentNode, states = [];
        for (var click = 0; click < 3; click += 1) {
          button.click();
          states.push(heading.getAttribute("aria-sort") || "plain");
          if (table.closest("#table-1")) { orders.push(texts(table)); }
        }
        if (states.join() !== "ascending,descending,plain") { faults.push("states of sorting: " + states.join()); }
        if (texts(table).join("\n") !== plain) { faults.push("the plain order is lost: table " + at); }
        if (document.querySelector("[role=status]").textContent !== "In the plain order.") { faults.push("sorting is not said"); }
      });
    });
    if (!document.querySelector("thead button")) { faults.push("no table can be sorted"); }
  }
  function pictures() {
    all("img").forEach(function (picture) {
      if (!picture.complete || picture.naturalWidth === 0) { faults.push("a picture is not shown"); }
      if (!picture.alt) { faults.push("a picture without words"); }
      var figure = picture.closest("figure");
      if (!figure || !figure.querySelector("figcaption") || !figure.querySelector("details table")) {
        faults.push("a picture without caption or numbers");
      }
    });
  }
  function contents() {
    all("a[href^='#']").forEach(function (link) {
      if (!document.getElementById(link.getAttribute("href").slice(1))) { faults.push("a link to nothing: " + link.textContent); }
    });
  }
  function width() {
    var root = document.documentElement;
    if (root.scrollWidth > window.innerWidth) { faults.push("the page is scrolled sideways: " + root.scrollWidth); }
    all("p, td, th, li, dd, dt, summary, figcaption, a").forEach(function (element) {
      if (element.checkVisibility() && parseFloat(getComputedStyle(element).fontSize) < 12) {
        faults.push("too small to read: " + name(element));
      }
    });
  }
  function paper() {
    all("nav, .skip, thead button").forEach(function (element) {
      var shown = getComputedStyle(element).display;
      if (shown !== "none" && shown !== "contents") { faults.push("on paper: " + name(element)); }
    });
    all("table").filter(function (table) { return table.checkVisibility(); }).forEach(function (table) {
      // The narrower of A4 and Letter within margins of 14 mm, upright (A4) and turned (Letter), at 96 to the inch.
      var room = table.closest(".turned") ? 950 : 688;
      if (table.getBoundingClientRect().width > room) { faults.push("cut on paper: " + name(table)); }
    });
    all("img").forEach(function (picture) {
      if (picture.getBoundingClientRect().right > 689) { faults.push("cut on paper: " + picture.alt); }
    });
  }
  // What is folded is looked at too; of a list of hundreds of equal rows the audit would take minutes.
  function unfold() {
    all("details").forEach(function (part) { part.open = part.querySelectorAll("tr").length < 300; });
  }
  function audit() {
    if (!window.axe || !audited) { return Promise.resolve(); }
    // What would be fetched for the audit is not needed by it.
    return window.axe.run(document, { resultTypes: ["violations"], preload: false }).then(function (found) {
      if (found.passes.length < 10) { faults.push("the audit looked at nothing"); }
      found.violations.forEach(function (violation) {
        faults.push(violation.id + " (" + violation.nodes.length + "): " + violation.nodes[0].html.slice(0, 200));
      });
    });
  }
  window.addEventListener("load", function () {
    var steps = {
      wide: function () { sorting(); pictures(); contents(); unfold(); return audit(); },
      phone: function () { width(); return audit(); },
      dark: function () { hold("dark"); return audit(); },
      paper: function () { hold("print", "screen"); paper(); return Promise.resolve(); }
    };
    Promise.resolve().then(steps[mode]).catch(function (error) { faults.push("error: " + error); }).then(function () {
      performance.getEntriesByType("resource").forEach(function (entry) {
        if (entry.name.indexOf("data:") !== 0) { faults.push("requested: " + entry.name); }
      });
      // What the policy blocks is said a moment later.
      setTimeout(function () {
        parent.postMessage({ page: location.pathname.split("/").pop(), mode: mode, faults: faults, orders: orders }, "*");
      }, 50);
    });
  });
}());
