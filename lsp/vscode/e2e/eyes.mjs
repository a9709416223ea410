/** Runs in the page: lets the tests see where a text stands on the screen, and whether it is underlined there. */
export function addEyes() {
  globalThis.eyes = { boxOf, isUnderlined };

  /** The box of the first place in a numbered line that shows the text unbroken; null where none does. */
  function boxOf(number, text) {
    for (const row of rowsOf(number)) {
      const nodes = textNodes(row);
      // the editor writes spaces so that they do not fold
      const content = nodes
        .map((node) => node.data)
        .join("")
        .replaceAll("\u00a0", " ");
      const start = content.indexOf(text);
      if (start >= 0) {
        const range = document.createRange();
        range.setStart(...place(nodes, start));
        range.setEnd(...place(nodes, start + text.length - 1, 1));
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x, y, width, height };
      }
    }
    return null;
  }

  function isUnderlined(number, text, severity) {
    const box = boxOf(number, text);
    if (box === null) {
      return false;
    }
    const marks = [...document.querySelectorAll(`.editor-instance .squiggly-${severity}`)];
    return marks.some((mark) => {
      const { left, right, top, bottom } = mark.getBoundingClientRect();
      const beside = left >= box.x + box.width - 1 || right <= box.x + 1;
      return !beside && top < box.y + box.height && bottom > box.y;
    });
  }

  /** The rows on the screen that a line of the text takes, from the top. */
  function rowsOf(number) {
    const top = (element) => Math.round(element.getBoundingClientRect().top);
    const numbers = [...document.querySelectorAll(".editor-instance .margin .line-numbers")]
      .filter((element) => element.textContent.trim() !== "")
      .sort((one, other) => top(one) - top(other));
    const at = numbers.findIndex((element) => Number(element.textContent) === number);
    if (at < 0) {
      return [];
    }
    const begin = top(numbers[at]);
    const end = at + 1 < numbers.length ? top(numbers[at + 1]) : Number.POSITIVE_INFINITY;
    return [...document.querySelectorAll(".editor-instance .view-line")]
      .filter((row) => top(row) >= begin && top(row) < end)
      .sort((one, other) => top(one) - top(other));
  }

  function textNodes(row) {
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) {
      nodes.push(walker.currentNode);
    }
    return nodes;
  }

  /** The node that holds the character at the offset, and its place in there, or the place `after` it. */
  function place(nodes, offset, after = 0) {
    let before = 0;
    for (const node of nodes) {
      if (offset < before + node.length) {
        return [node, offset - before + after];
      }
      before += node.length;
    }
    throw new RangeError(`no character ${offset}`);
  }
}
