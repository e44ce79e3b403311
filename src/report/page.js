
(function () {
  "use strict";
  // A click on a heading sorts the rows of each section upwards, the next downwards, the third as they were.
  function key(row, column) {
    var cell = row.children[column];
    var text = cell ? cell.textContent.trim() : "";
    var number = parseFloat(text.replace(/\u2212/g, "-").replace(/,(?=\d{3})/g, "").replace(/^[<>]/, ""));
    return { text: text, number: number };
  }
  function compare(a, b) {
    var first = isNaN(a.number), second = isNaN(b.number);
    if (!first && !second) { return a.number - b.number; }
    if (first !== second) { return first ? 1 : -1; }
    return a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
  }
  Array.prototype.forEach.call(document.querySelectorAll(".table"), function (frame) {
    if (frame.scrollWidth > frame.clientWidth) {
      frame.tabIndex = 0;
      frame.setAttribute("role", "region");
      var caption = frame.querySelector("caption");
      frame.setAttribute("aria-label", caption ? caption.textContent : "Table");
    }
  });
  Array.prototype.forEach.call(document.querySelectorAll(".table > table"), function (table) {
    var headings = table.querySelectorAll("thead th");
    Array.prototype.forEach.call(table.querySelectorAll("tbody tr"), function (row, at) { row.dataset.at = at; });
    Array.prototype.forEach.call(headings, function (heading, column) {
      var button = document.createElement("button");
      button.type = "button";
      while (heading.firstChild) { button.appendChild(heading.firstChild); }
      heading.appendChild(button);
      button.addEventListener("click", function () {
        var before = heading.getAttribute("aria-sort");
        var now = before === "ascending" ? "descending" : before === "descending" ? null : "ascending";
        Array.prototype.forEach.call(headings, function (other) { other.removeAttribute("aria-sort"); });
        if (now) { heading.setAttribute("aria-sort", now); }
        Array.prototype.forEach.call(table.tBodies, function (body) {
          var rows = Array.prototype.filter.call(body.rows, function (row) { return !row.querySelector("th[scope=rowgroup]"); });
          rows.sort(function (a, b) {
            var order = !now ? 0 : compare(key(a, column), key(b, column)) * (now === "ascending" ? 1 : -1);
            return order || a.dataset.at - b.dataset.at;
          });
          rows.forEach(function (row) { body.appendChild(row); });
        });
      });
    });
  });
}());
