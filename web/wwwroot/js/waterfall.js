// The part of the lists of spans that must not wait for the server: crosshair, wheel, dragging, keeping keys off the page.
const handled = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'j', 'k', '+', '-', '=', '0']);
const rowHeight = 27;
const headHeight = 28;
const narrowest = 0.001;

const duration = ms => {
  if (ms < 1000) {
    return `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
  }
  return ms < 60_000 ? `${(ms / 1000).toFixed(2)} s` : `${Math.floor(ms / 60_000)} m ${Math.round(ms % 60_000 / 1000)} s`;
};

// The moment that is drawn at a place of an axis whose idle gaps are short: "start,length,place,width" for each gap.
const moment = (place, gaps) => {
  let saved = 0;
  for (const gap of gaps ? gaps.split(';') : []) {
    const [start, length, at, width] = gap.split(',').map(Number);
    if (place < at) {
      break;
    }
    if (place <= at + width) {
      return start + (place - at) / width * length;
    }
    saved = start + length - at - width;
  }
  return place + saved;
};

export function attach(el, net) {
  // The page may have been left while the call was on its way.
  if (!el) {
    return null;
  }

  const scale = el.querySelector('.wf-scale');
  const cross = document.createElement('div');
  const label = document.createElement('span');
  cross.className = 'wf-cross';
  cross.hidden = true;
  cross.append(label);
  const band = document.createElement('div');
  band.className = 'wf-band';
  band.hidden = true;
  el.append(cross, band);

  // The visible part of the axis, as fractions of its whole length.
  let from = 0;
  let to = 1;
  let pending = false;
  let dragged = null;

  const lane = () => {
    const box = scale.getBoundingClientRect();
    return { left: box.left, width: box.width, length: Number(el.dataset.totalMs) };
  };

  const share = clientX => {
    const { left, width } = lane();
    return Math.min(1, Math.max(0, (clientX - left) / width));
  };

  const onMove = e => {
    const { left, width, length } = lane();
    const x = e.clientX - left;
    const own = el.getBoundingClientRect().left;
    cross.hidden = x < 0 || x > width;
    if (dragged !== null) {
      const [a, b] = [dragged, share(e.clientX)].sort((p, q) => p - q);
      band.hidden = false;
      band.style.left = `${left - own + a * width}px`;
      band.style.width = `${(b - a) * width}px`;
      band.style.height = `${el.scrollHeight}px`;
    }
    if (cross.hidden) {
      return;
    }
    cross.style.left = `${e.clientX - own}px`;
    cross.style.height = `${el.scrollHeight}px`;
    cross.classList.toggle('flip', x > width - 70);
    label.textContent = duration(moment((from + (to - from) * x / width) * length, el.dataset.gaps));
  };

  const onLeave = () => { cross.hidden = true; };

  const show = (a, b) => {
    from = a;
    to = b;
    zoomed();
  };

  const onWheel = e => {
    if (!(e.ctrlKey || e.metaKey)) {
      return;
    }
    e.preventDefault();
    const at = share(e.clientX);
    const span = Math.min(1, Math.max(narrowest, (to - from) * (e.deltaY > 0 ? 1.25 : 0.8)));
    const start = Math.min(1 - span, Math.max(0, from + (to - from) * at - span * at));
    show(start, start + span);
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

  const onDown = e => {
    if (e.button === 0) {
      dragged = share(e.clientX);
      scale.setPointerCapture(e.pointerId);
    }
  };

  const onUp = e => {
    const [a, b] = [dragged, share(e.clientX)].sort((p, q) => p - q);
    dragged = null;
    band.hidden = true;
    if (b - a > 0.01 && (to - from) * (b - a) >= narrowest) {
      show(from + (to - from) * a, from + (to - from) * b);
    }
  };

  const onDouble = () => {
    if (from > 0 || to < 1) {
      show(0, 1);
    }
  };

  const onKey = e => {
    if (handled.has(e.key) && !e.ctrlKey && !e.metaKey && !e.altKey) {
      e.preventDefault();
    }
  };

  const listeners = [[el, 'keydown', onKey]];
  if (scale) {
    listeners.push(
      [el, 'pointermove', onMove], [el, 'mouseleave', onLeave], [el, 'wheel', onWheel],
      [scale, 'pointerdown', onDown], [scale, 'pointerup', onUp], [scale, 'dblclick', onDouble]);
  }
  for (const [target, name, listener] of listeners) {
    target.addEventListener(name, listener, { passive: false });
  }

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
    // The server has moved the view itself.
    show(a, b) {
      from = a;
      to = b;
    },
    dispose() {
      for (const [target, name, listener] of listeners) {
        target.removeEventListener(name, listener);
      }
      cross.remove();
      band.remove();
    },
  };
}
