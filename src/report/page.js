
(function () {
  "use strict";
  // Tables are sorted by their headings: upwards, downwards, as they were. Rows stay under the heading of their group.
  var each = function (list, act) { Array.prototype.forEach.call(list, act); };
  var said = document.createElement("p");
  said.className = "said";
  said.setAttribute("role", "status");
  document.querySelector("main").appendChild(said);

  // The words of a cell without the marks of its footnotes.
  function words(cell) {
    var text = "";
    each(cell.childNodes, function (node) {
      if (node.nodeName === "BR") { text += " "; } else if (node.nodeName !== "SUP") { text += node.textContent; }
    });
    return text.replace(/\s+/g, " ").trim();
  }
  // The number with which a text begins; what lies beyond a printed limit comes just before or after the limit.
  function number(text) {
    var found = /^([<>]?) ?([\u2212+-]?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)/.exec(text);
    if (!found) { return NaN; }
    var size = parseFloat(found[3].replace(/,/g, ""));
    var value = found[2] === "\u2212" || found[2] === "-" ? -size : size;
    return value + (found[1] === "<" ? -1e-9 : found[1] === ">" ? 1e-9 : 0);
  }
  function isMissing(text) { return /^(|n\/a|\[c\]|[\u2013\u2014-])$/.test(text); }
  function cellAt(row, column) {
    var at = 0;
    for (var i = 0; i < row.cells.length; i += 1) {
      if (at === column) { return row.cells[i]; }
      at += row.cells[i].colSpan;
    }
    return null;
  }
  // Rows between two headings of groups; such a heading spans several columns.
  function runs(body) {
    var all = [[]];
    each(body.rows, function (row) {
      if (row.cells[0] && row.cells[0].colSpan > 1) { all.push([row], []); } else { all[all.length - 1].push(row); }
    });
    return all;
  }
  function sort(table, column, direction) {
    each(table.tBodies, function (body) {
      if (!body.plain) { body.plain = Array.prototype.slice.call(body.rows); }
      body.plain.forEach(function (row) { body.appendChild(row); });
      if (!direction) { return; }
      var sorted = [];
      runs(body).forEach(function (run) {
        var keyed = run.map(function (row, at) {
          var cell = cellAt(row, column), text = cell ? words(cell) : "";
          return { row: row, at: at, text: text.toLowerCase(), number: number(text), missing: isMissing(text) };
        });
        var numbers = keyed.every(function (key) { return key.missing || !isNaN(key.number); });
        keyed.sort(function (a, b) {
          // What is missing comes last either way.
          if (a.missing || b.missing) { return a.missing - b.missing || a.at - b.at; }
          var order = numbers ? a.number - b.number : a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
          return order * direction || a.at - b.at;
        });
        keyed.forEach(function (key) { sorted.push(key.row); });
      });
      sorted.forEach(function (row) { body.appendChild(row); });
    });
  }
  // Headings with the column in which each stands; one over several columns sorts nothing.
  function headings(table) {
    var taken = [], found = [];
    each(table.tHead ? table.tHead.rows : [], function (row, line) {
      var at = 0;
      each(row.cells, function (cell) {
        while (taken[line] && taken[line][at]) { at += 1; }
        for (var down = 0; down < cell.rowSpan; down += 1) {
          taken[line + down] = taken[line + down] || [];
          for (var right = 0; right < cell.colSpan; right += 1) { taken[line + down][at + right] = true; }
        }
        if (cell.colSpan === 1 && line + cell.rowSpan === table.tHead.rows.length && words(cell)) {
          found.push({ cell: cell, column: at });
        }
        at += cell.colSpan;
      });
    });
    return found;
  }
  each(document.querySelectorAll("table"), function (table) {
    var rows = 0;
    each(table.tBodies, function (body) { rows = Math.max(rows, body.rows.length); });
    if (rows < 2) { return; }
    var all = headings(table);
    all.forEach(function (heading) {
      var button = document.createElement("button");
      var name = words(heading.cell);
      button.type = "button";
      while (heading.cell.firstChild) { button.appendChild(heading.cell.firstChild); }
      heading.cell.appendChild(button);
      button.addEventListener("click", function () {
        var before = heading.cell.getAttribute("aria-sort");
        var now = before === "ascending" ? "descending" : before === "descending" ? "" : "ascending";
        all.forEach(function (other) { other.cell.removeAttribute("aria-sort"); });
        if (now) { heading.cell.setAttribute("aria-sort", now); }
        sort(table, heading.column, now === "ascending" ? 1 : now ? -1 : 0);
        said.textContent = now ? "Sorted by " + name + ", " + now + "." : "In the plain order.";
      });
    });
  });
  // A frame in which nothing is cut needs no stop of the tab key.
  function stops() {
    each(document.querySelectorAll(".scroll"), function (frame) {
      if (frame.scrollWidth > frame.clientWidth) { frame.tabIndex = 0; } else { frame.removeAttribute("tabindex"); }
    });
  }
  stops();
  window.addEventListener("resize", stops);
  document.addEventListener("toggle", stops, true);
}());
