// Keeps the chosen row of a fixed-height list in view, and keeps the arrow keys for choosing instead of scrolling.
const handled = new Set(['ArrowUp', 'ArrowDown', 'Home', 'End']);

export function attach(el, rowHeight, headHeight) {
  // The list may have left the page while the call was on its way; the next render asks again.
  if (!el) {
    return null;
  }

  const onKey = e => {
    if (handled.has(e.key) && !e.ctrlKey && !e.metaKey && !e.altKey) {
      e.preventDefault();
    }
  };
  el.addEventListener('keydown', onKey);

  return {
    reveal(index) {
      const top = index * rowHeight;
      const room = el.clientHeight - headHeight - rowHeight;
      if (top < el.scrollTop) {
        el.scrollTop = top;
      } else if (top > el.scrollTop + room) {
        el.scrollTop = top - room;
      }
    },
    top() { el.scrollTop = 0; },
    dispose: () => el.removeEventListener('keydown', onKey),
  };
}
