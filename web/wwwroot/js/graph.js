// Moving and zooming a drawing: drag or wheel to move, Ctrl and wheel or the buttons to zoom. Nothing of it concerns the server.
const smallest = 0.15;
const largest = 2;

export function attach(el) {
  // The page may have been left while the call was on its way.
  if (!el) {
    return null;
  }

  const view = el.querySelector('[data-graph-view]');
  const paper = el.querySelector('[data-graph-paper]');
  let scale = 1;
  let x = 0;
  let y = 0;
  let moved = false;
  let drag = null;

  const place = () => { paper.style.transform = `translate(${x}px, ${y}px) scale(${scale})`; };

  const fit = () => {
    const width = paper.offsetWidth;
    const height = paper.offsetHeight;
    scale = Math.min(1, Math.max(smallest, Math.min((view.clientWidth - 24) / width, (view.clientHeight - 24) / height)));
    x = Math.max(12, (view.clientWidth - width * scale) / 2);
    y = 12;
    place();
  };

  const zoom = (factor, atX, atY) => {
    const next = Math.min(largest, Math.max(smallest, scale * factor));
    x = atX - (atX - x) * next / scale;
    y = atY - (atY - y) * next / scale;
    scale = next;
    moved = true;
    place();
  };

  const onWheel = e => {
    e.preventDefault();
    const box = view.getBoundingClientRect();
    if (e.ctrlKey || e.metaKey) {
      zoom(e.deltaY > 0 ? 0.85 : 1.18, e.clientX - box.left, e.clientY - box.top);
    } else {
      x -= e.deltaX;
      y -= e.deltaY;
      moved = true;
      place();
    }
  };

  const onDown = e => {
    if (e.button === 0 && !(e.target instanceof Element && e.target.closest('button'))) {
      drag = { x: e.clientX - x, y: e.clientY - y };
      view.setPointerCapture(e.pointerId);
    }
  };

  const onMove = e => {
    if (drag) {
      x = e.clientX - drag.x;
      y = e.clientY - drag.y;
      moved = true;
      place();
    }
  };

  const onUp = () => { drag = null; };

  const onClick = e => {
    const button = e.target instanceof Element ? e.target.closest('[data-graph]') : null;
    const [middleX, middleY] = [view.clientWidth / 2, view.clientHeight / 2];
    switch (button?.dataset.graph) {
      case 'in': zoom(1.3, middleX, middleY); break;
      case 'out': zoom(1 / 1.3, middleX, middleY); break;
      case 'fit': moved = false; fit(); break;
    }
  };

  // The browser scrolls to a focused step; the drawing is moved instead.
  const onFocus = e => {
    if (!(e.target instanceof Element) || !e.target.matches('.graph-node:focus-visible')) {
      return;
    }
    view.scrollTo(0, 0);
    const box = view.getBoundingClientRect();
    const step = e.target.getBoundingClientRect();
    x += Math.max(0, box.left + 12 - step.left) - Math.max(0, step.right - box.right + 12);
    y += Math.max(0, box.top + 12 - step.top) - Math.max(0, step.bottom - box.bottom + 12);
    place();
  };

  view.addEventListener('wheel', onWheel, { passive: false });
  view.addEventListener('pointerdown', onDown);
  view.addEventListener('pointermove', onMove);
  view.addEventListener('pointerup', onUp);
  view.addEventListener('focusin', onFocus);
  el.addEventListener('click', onClick);

  return {
    drawn() {
      if (!moved) {
        fit();
      }
    },
    dispose() {
      view.removeEventListener('wheel', onWheel);
      view.removeEventListener('pointerdown', onDown);
      view.removeEventListener('pointermove', onMove);
      view.removeEventListener('pointerup', onUp);
      view.removeEventListener('focusin', onFocus);
      el.removeEventListener('click', onClick);
    },
  };
}
