// The part of the waterfall that must not wait for the server: crosshair, wheel zoom, keeping keys off the page.
const handled = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'j', 'k']);
const rowHeight = 27;
const headHeight = 28;

const duration = ms => {
  if (ms < 1000) {
    return `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
  }
  return ms < 60_000 ? `${(ms / 1000).toFixed(2)} s` : `${Math.floor(ms / 60_000)} m ${Math.round(ms % 60_000 / 1000)} s`;
};

export function attach(el, net) {
  // The waterfall may have left the page while the call was on its way.
  if (!el) {
    return null;
  }

  const cross = document.createElement('div');
  const label = document.createElement('span');
  cross.className = 'wf-cross';
  cross.hidden = true;
  cross.append(label);
  el.append(cross);

  // The visible part of the trace, as fractions of its whole length.
  let from = 0;
  let to = 1;
  let pending = false;

  const lanes = () => {
    const scale = el.querySelector('.wf-scale');
    const box = scale.getBoundingClientRect();
    return { left: box.left, width: box.width, total: Number(el.dataset.totalMs) };
  };

  const onMove = e => {
    const { left, width, total } = lanes();
    const x = e.clientX - left;
    cross.hidden = x < 0 || x > width;
    if (cross.hidden) {
      return;
    }
    cross.style.left = `${e.clientX - el.getBoundingClientRect().left}px`;
    cross.style.height = `${el.scrollHeight}px`;
    cross.classList.toggle('flip', x > width - 70);
    label.textContent = duration((from + (to - from) * x / width) * total);
  };

  const onLeave = () => { cross.hidden = true; };

  const onWheel = e => {
    if (!(e.ctrlKey || e.metaKey)) {
      return;
    }
    e.preventDefault();
    const { left, width } = lanes();
    const at = Math.min(1, Math.max(0, (e.clientX - left) / width));
    const span = Math.min(1, Math.max(0.001, (to - from) * (e.deltaY > 0 ? 1.25 : 0.8)));
    const centre = from + (to - from) * at;
    from = Math.min(1 - span, Math.max(0, centre - span * at));
    to = from + span;
    zoomed();
  };

  // The server places the bars; one call is under way at a time and the newest zoom wins.
  const zoomed = async () => {
    if (pending) {
      return;
    }
    pending = true;
    let sent;
    do {
      sent = `${from} ${to}`;
      try {
        await net.invokeMethodAsync('OnZoom', from, to);
      } catch {
        break;
      }
    } while (sent !== `${from} ${to}`);
    pending = false;
  };

  const onDouble = e => {
    if (e.target instanceof Element && e.target.closest('.wf-scale') && (from > 0 || to < 1)) {
      from = 0;
      to = 1;
      zoomed();
    }
  };

  const onKey = e => {
    if (handled.has(e.key) && !e.ctrlKey && !e.metaKey && !e.altKey) {
      e.preventDefault();
    }
  };

  el.addEventListener('mousemove', onMove);
  el.addEventListener('mouseleave', onLeave);
  el.addEventListener('wheel', onWheel, { passive: false });
  el.addEventListener('dblclick', onDouble);
  el.addEventListener('keydown', onKey);

  return {
    reveal(index) {
      const top = index * rowHeight;
      const low = el.scrollTop;
      const high = low + el.clientHeight - headHeight - rowHeight;
      if (top < low) {
        el.scrollTop = top;
      } else if (top > high) {
        el.scrollTop = top - (el.clientHeight - headHeight - rowHeight);
      }
    },
    dispose() {
      el.removeEventListener('mousemove', onMove);
      el.removeEventListener('mouseleave', onLeave);
      el.removeEventListener('wheel', onWheel);
      el.removeEventListener('dblclick', onDouble);
      el.removeEventListener('keydown', onKey);
      cross.remove();
    },
  };
}
