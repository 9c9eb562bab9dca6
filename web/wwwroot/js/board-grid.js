// Moves and resizes tiles of a dashboard by pointer and by keys. The circuit is called once, when a tile is let go.
const columns = 12;

class BoardGrid {
  #drag = null;
  #stops = [];

  constructor(el, net) {
    this.el = el;
    this.net = net;
    this.#on('pointerdown', e => this.#begin(e));
    this.#on('pointermove', e => this.#drag && this.#move(e));
    this.#on('pointerup', e => this.#drag && this.#end(e));
    this.#on('pointercancel', () => this.#drag && this.#reset());
    this.#on('keydown', e => this.#key(e));
    this.drop = el.querySelector('.drop');
  }

  dispose() {
    this.#stops.forEach(stop => stop());
  }

  #on(name, run) {
    this.el.addEventListener(name, run);
    this.#stops.push(() => this.el.removeEventListener(name, run));
  }

  #begin(e) {
    const grip = e.target.closest('[data-move], [data-size]');
    const tile = grip?.closest('[data-tile-id]');
    if (!tile || e.button !== 0) {
      return;
    }
    e.preventDefault();
    grip.setPointerCapture(e.pointerId);
    grip.focus();
    const style = getComputedStyle(this.el);
    const gap = parseFloat(style.columnGap);
    this.#drag = {
      grip, tile, sizes: grip.hasAttribute('data-size'), x: e.clientX, y: e.clientY, at: { ...this.#placeOf(tile) },
      column: (this.el.clientWidth + gap) / columns, row: parseFloat(style.gridAutoRows) + gap,
    };
    tile.classList.add('moving');
    this.#move(e);
  }

  #placeOf(tile) {
    const { x, y, w, h } = tile.dataset;
    return { x: Number(x), y: Number(y), w: Number(w), h: Number(h) };
  }

  #target(e) {
    const d = this.#drag;
    const dx = Math.round((e.clientX - d.x) / d.column);
    const dy = Math.round((e.clientY - d.y) / d.row);
    return d.sizes
      ? { ...d.at, w: Math.max(1, Math.min(columns - d.at.x, d.at.w + dx)), h: Math.max(2, d.at.h + dy) }
      : { ...d.at, x: Math.max(0, Math.min(columns - d.at.w, d.at.x + dx)), y: Math.max(0, d.at.y + dy) };
  }

  #move(e) {
    const d = this.#drag;
    const to = this.#target(e);
    if (!d.sizes) {
      d.tile.style.transform = `translate(${e.clientX - d.x}px, ${e.clientY - d.y}px)`;
    }
    this.drop.hidden = false;
    this.drop.style.gridArea = `${to.y + 1} / ${to.x + 1} / span ${to.h} / span ${to.w}`;
  }

  #end(e) {
    const { tile, at } = this.#drag;
    const to = this.#target(e);
    this.#reset();
    if (to.x !== at.x || to.y !== at.y || to.w !== at.w || to.h !== at.h) {
      this.#tell('OnPut', tile.dataset.tileId, to.x, to.y, to.w, to.h);
    }
  }

  #reset() {
    const { tile } = this.#drag;
    tile.classList.remove('moving');
    tile.style.transform = '';
    this.drop.hidden = true;
    this.#drag = null;
  }

  // Arrows move, with Shift they resize.
  #key(e) {
    const tile = e.target.closest('[data-move]')?.closest('[data-tile-id]');
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
    if (!tile || !step || e.ctrlKey || e.metaKey || e.altKey) {
      return;
    }
    e.preventDefault();
    this.#tell('OnStep', tile.dataset.tileId, ...(e.shiftKey ? [0, 0, ...step] : [...step, 0, 0]));
  }

  #tell(method, ...args) {
    this.net.invokeMethodAsync(method, ...args).catch(() => {});
  }
}

// The page may have been left while the call was on its way.
export const attach = (el, net) => el && new BoardGrid(el, net);
