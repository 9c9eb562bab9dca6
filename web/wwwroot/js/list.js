// What a list hears: a click on a row, a drag on the edge of a column's head, and keys that would scroll instead of choosing.
const handled = new Set(['ArrowUp', 'ArrowDown', 'Home', 'End']);
const plain = e => e.button === 0 && !e.ctrlKey && !e.metaKey && !e.shiftKey && !e.altKey;
const clamp = width => Math.round(Math.min(1200, Math.max(40, width)));

export function attach(el, net, canPick) {
  // The list may have left the page while the call was on its way; the next render asks again.
  if (!el) {
    return null;
  }

  const call = (name, ...args) => net.invokeMethodAsync(name, ...args).catch(() => {});

  const onKey = e => {
    if (handled.has(e.key) && !e.ctrlKey && !e.metaKey && !e.altKey) {
      e.preventDefault();
    }
  };

  // A plain click shows the row beside the list; with a modifier, or another button, its link does what links do.
  const onClick = e => {
    const row = e.target.closest('[data-index]');
    if (e.target.closest('input')) {
      el.focus({ preventScroll: true });
    } else if (canPick && row && plain(e) && !e.defaultPrevented && !e.target.closest('button, label, a:not(.stretch)')) {
      e.preventDefault();
      el.focus({ preventScroll: true });
      call('OnPick', Number(row.dataset.index));
    }
  };

  const onPointer = e => {
    const grip = e.target.closest('.grip');
    if (!grip || e.button !== 0) {
      return;
    }
    e.preventDefault();
    const head = grip.parentElement;
    const grid = head.closest('.grid');
    const place = [...head.parentElement.children].indexOf(head);
    const tracks = getComputedStyle(head.parentElement).gridTemplateColumns.split(' ');
    const [from, width] = [e.clientX, head.offsetWidth];
    let now = width;
    grip.setPointerCapture(e.pointerId);

    const onMove = move => {
      now = clamp(width + move.clientX - from);
      grid.style.setProperty('--cols', tracks.with(place, `${now}px`).join(' '));
    };
    const onUp = () => {
      grip.removeEventListener('pointermove', onMove);
      if (now !== width) {
        call('OnResize', head.dataset.col, now);
      }
    };
    grip.addEventListener('pointermove', onMove);
    grip.addEventListener('lostpointercapture', onUp, { once: true });
  };

  el.addEventListener('keydown', onKey);
  el.addEventListener('click', onClick);
  el.addEventListener('pointerdown', onPointer);

  return {
    reveal(index, rowHeight) {
      const top = index * rowHeight;
      // The head of the list lies over its first row.
      const room = el.clientHeight - 2 * rowHeight;
      if (top < el.scrollTop) {
        el.scrollTop = top;
      } else if (top > el.scrollTop + room) {
        el.scrollTop = top - room;
      }
    },
    top() { el.scrollTop = 0; },
    dispose() {
      el.removeEventListener('keydown', onKey);
      el.removeEventListener('click', onClick);
      el.removeEventListener('pointerdown', onPointer);
    },
  };
}
